import { type Bytes, fromBase64, toBase64, utf8 } from '../bytes.ts'
import { ConfigError, EncryptionError } from '../errors.ts'
import { randomNonce } from '../signature/nonce.ts'

/** What WeChat Pay encrypts with the APIv3 key: the `resource` of a notification, a platform certificate. */
export interface Ciphertext {
  /** Base64: the encrypted bytes with the 16 bytes of the tag behind them. */
  ciphertext: string
  /** The initialisation vector, as text: 12 bytes. */
  nonce: string
  /** Not encrypted, but covered by the tag; may be empty or absent. */
  associated_data?: string | undefined
}

/** AEAD_AES_256_GCM with one APIv3 key. */
export interface Aead {
  /**
   * Opens what WeChat Pay encrypted. The tag is always checked: a changed bit in any part is refused.
   *
   * @throws {EncryptionError} ERR_DECRYPT; it quotes nothing of what was given
   */
  decrypt(sealed: Ciphertext): Promise<Bytes>
  /** Encrypts as WeChat Pay does, for a test or a sandbox; the nonce is random unless it is given. */
  encrypt(plain: {
    plaintext: string | Uint8Array
    nonce?: string
    associated_data?: string
  }): Promise<Ciphertext>
}

const tagLength = 16

/**
 * The cipher of notifications and platform certificates. The key is imported once, with the first use.
 *
 * @param apiV3Key the APIv3 key, 32 bytes of UTF-8
 * @throws {ConfigError} when it is not of 32 bytes
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function aead(apiV3Key: string): Aead {
  const raw = typeof apiV3Key === 'string' ? utf8(apiV3Key) : undefined
  if (raw?.length !== 32) {
    throw new ConfigError('ERR_CONFIG', `apiV3Key is ${apiV3Key ? 'not of 32 bytes' : 'missing'}`, {
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
        // What is no base64, or too short for a tag, is refused by the engine like a changed bit.
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
  // Absent and empty are the same to GCM; some engines refuse an empty one.
  return associated ? { ...algorithm, additionalData: utf8(associated) } : algorithm
}

function refused(): EncryptionError {
  return new EncryptionError('ERR_DECRYPT', 'the text does not open with apiV3Key', {
    hint: 'It was changed on its way, or apiV3Key is not the one set on the merchant platform',
  })
}
