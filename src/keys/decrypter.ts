import { decryptBy, decryptOaep, type Field } from '../encryption/oaep.ts'
import { EncryptionError } from '../errors.ts'
import { isCryptoKey } from './crypto-key.ts'
import { checkKey } from './import.ts'
import { importDecryptionKey } from './oaep-key.ts'
import { isSigner, type PrivateKey } from './signer.ts'

/** Opens what WeChat Pay encrypted for a merchant. */
export interface Decrypter {
  /**
   * @param base64 RSA-OAEP with SHA-1
   * @param field what messages say of it
   * @returns the plain text
   * @throws {EncryptionError} ERR_DECRYPT, ERR_DECRYPT_KEY
   */
  decrypt(base64: string, field?: Field): Promise<string>
}

/**
 * Makes a decrypter of whatever holds the private key. The key is imported once, with the first text: one that
 * signs may not decrypt, so it is not the key of the signatures.
 *
 * @param privateKey as for signatures; a remote one needs `decrypt` beside `sign`
 * @param where what messages call it
 * @throws {KeyError} for a PEM that is certainly wrong
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
        throw new EncryptionError('ERR_DECRYPT_KEY', `${place} cannot be decrypted: ${where} signs only`, {
          ...context,
          hint: 'Give it a decrypt(cipher) beside sign(message)',
        })
      },
    }
  }
  // A CryptoKey for decryption alone is right here, and wrong where signatures are made.
  if (!isCryptoKey(privateKey)) checkKey(privateKey, 'private', where)
  let imported: Promise<CryptoKey> | undefined
  return {
    async decrypt(base64, field) {
      imported ??= importDecryptionKey(privateKey, where)
      return decryptOaep(await imported, base64, field)
    },
  }
}
