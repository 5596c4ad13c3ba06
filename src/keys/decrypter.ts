import { decryptBy, decryptOaep, type Field } from '../encryption/oaep.ts'
import { EncryptionError } from '../errors.ts'
import { isCryptoKey } from './crypto-key.ts'
import { checkKey } from './import.ts'
import { importDecryptionKey } from './oaep-key.ts'
import { isSigner, type PrivateKey } from './signer.ts'

/** Decrypts the sensitive fields that WeChat Pay encrypted for a merchant. */
export interface Decrypter {
  /**
   * @param base64 the ciphertext: RSA-OAEP with SHA-1
   * @param field for messages
   * @returns the plaintext
   * @throws {EncryptionError} ERR_DECRYPT, ERR_DECRYPT_KEY
   */
  decrypt(base64: string, field?: Field): Promise<string>
}

/**
 * Makes a decrypter from the merchant's private key. The key is imported once, at the first decryption, and separately
 * from the one that signs: WebCrypto ties a key to its use.
 *
 * @param privateKey as for signatures; a remote signer needs `decrypt` too
 * @param where the option's name, for messages
 * @throws {KeyError} at once for a PEM that is certainly wrong
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function decrypter(privateKey: PrivateKey, where = 'privateKey'): Decrypter {
  if (isSigner(privateKey)) {
    return {
      async decrypt(base64, field) {
        if (typeof privateKey.decrypt === 'function') {
          return decryptBy((cipher) => privateKey.decrypt!(cipher), base64, field)
        }
        const { place = 'the text', ...context } = field ?? {}
        throw new EncryptionError('ERR_DECRYPT_KEY', `${place} cannot be decrypted: ${where} can only sign`, {
          ...context,
          hint: 'Add decrypt(ciphertext) to it, beside sign(message)',
        })
      },
    }
  }
  // Not checked for a CryptoKey: here it may be for decryption only, which checkKey refuses.
  if (!isCryptoKey(privateKey)) checkKey(privateKey, 'private', where)
  let imported: Promise<CryptoKey> | undefined
  return {
    async decrypt(base64, field) {
      imported ??= importDecryptionKey(privateKey, where)
      return decryptOaep(await imported, base64, field)
    },
  }
}
