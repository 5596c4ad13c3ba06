import { type Bytes, fromBase64, toBase64, utf8 } from '../bytes.ts'
import { ConfigError, EncryptionError } from '../errors.ts'
import { randomNonce } from '../signature/nonce.ts'

/** Data encrypted with the APIv3 key: the `resource` of a notification, or a platform certificate. */
export interface Ciphertext {
  /** Base64: the encrypted bytes, followed by the tag of 16 bytes. */
  ciphertext: string
  /** The initialisation vector: a text of 12 bytes. */
  nonce: string
  /** Not encrypted, but authenticated by the tag. May be empty or absent. */
  associated_data?: string | undefined
}

/** AEAD_AES_256_GCM with one APIv3 key. */
export interface Aead {
  /**
   * Decrypts, and checks the tag: a single changed bit in any part is refused.
   *
   * @throws {EncryptionError} ERR_DECRYPT; it quotes none of the input
   */
  decrypt(encrypted: Ciphertext): Promise<Bytes>
  /** Encrypts as WeChat Pay does, for tests. The nonce is random by default. */
  encrypt(plain: {
    plaintext: string | Uint8Array
    nonce?: string
    associated_data?: string
  }): Promise<Ciphertext>
}

const tagLength = 16

/**
 * Makes the cipher of notifications and platform certificates. The key is imported once, at the first use.
 *
 * @param apiV3Key 32 bytes in UTF-8
 * @throws {ConfigError} when it is missing or has another length
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function aead(apiV3Key: string): Aead {
  const raw = typeof apiV3Key === 'string' ? utf8(apiV3Key) : undefined
  if (raw?.length !== 32) {
    throw new ConfigError('ERR_CONFIG', `apiV3Key ${apiV3Key ? 'must be 32 bytes' : 'is missing'}`, {
      hint: 'It is the APIv3 key that you set on the merchant platform',
    })
  }
  let imported: Promise<CryptoKey> | undefined
  const key = () => {
    imported ??= crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
    return imported
  }
  return {
    async decrypt({ ciphertext, nonce, associated_data }) {
      try {
        // Not base64, or too short for a tag: WebCrypto refuses it like a changed bit.
        const bytes = fromBase64(ciphertext) as Bytes
        return new Uint8Array(await crypto.subtle.decrypt(gcm(nonce, associated_data), await key(), bytes))
      } catch {
        throw refused()
      }
    },
    async encrypt({ plaintext, nonce = randomNonce().slice(0, 12), associated_data = '' }) {
      const bytes = typeof plaintext === 'string' ? utf8(plaintext) : new Uint8Array(plaintext)
      const sealed = await crypto.subtle.encrypt(gcm(nonce, associated_data), await key(), bytes)
      return { ciphertext: toBase64(new Uint8Array(sealed)), nonce, associated_data }
    },
  }
}

function gcm(nonce: string, associated: string | undefined): AesGcmParams {
  const algorithm: AesGcmParams = { name: 'AES-GCM', iv: utf8(nonce), tagLength: tagLength * 8 }
  // Empty means the same as absent in GCM, but some engines refuse it.
  return associated ? { ...algorithm, additionalData: utf8(associated) } : algorithm
}

function refused(): EncryptionError {
  return new EncryptionError('ERR_DECRYPT', 'the ciphertext cannot be decrypted with apiV3Key', {
    hint: 'It was changed in transit, or apiV3Key is not the one set on the merchant platform',
  })
}
