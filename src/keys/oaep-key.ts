import { EncryptionError } from '../errors.ts'
import { isCryptoKey } from './crypto-key.ts'
import { decryptingTwin, importPem } from './import.ts'

const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' } as const

/**
 * Imports a public key of WeChat Pay for encrypting sensitive fields. The key that verifies cannot encrypt, because
 * WebCrypto ties a key to its use, so it is imported a second time.
 *
 * @param key as in `platform`, or a result of `importPublicKey`
 * @param where the option's name, for messages
 * @throws {KeyError} for a PEM that is not a public key
 * @throws {EncryptionError} ERR_ENCRYPT_KEY for a CryptoKey that can neither encrypt nor be exported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function importEncryptionKey(key: string | CryptoKey, where = 'publicKey'): Promise<CryptoKey> {
  if (!isCryptoKey(key)) return importPem(key, 'public', 'RSA-OAEP', where)
  if (fits(key, 'encrypt')) return key
  if (key.extractable && key.type === 'public') return reimport(key, 'spki', 'encrypt')
  throw new EncryptionError('ERR_ENCRYPT_KEY', `${where} is a CryptoKey that cannot encrypt`, {
    hint: 'Import it as extractable, or pass the PEM',
  })
}

/**
 * Imports a merchant's private key for decrypting sensitive fields.
 *
 * @param key as for signatures
 * @param where the option's name, for messages
 * @throws {KeyError} for a PEM that is not a private key
 * @throws {EncryptionError} ERR_DECRYPT_KEY for a CryptoKey that can neither decrypt nor be exported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function importDecryptionKey(key: string | CryptoKey, where = 'privateKey'): Promise<CryptoKey> {
  if (!isCryptoKey(key)) return importPem(key, 'private', 'RSA-OAEP', where)
  const twin = decryptingTwin(key)
  if (twin || fits(key, 'decrypt')) return twin ?? key
  if (key.extractable && key.type === 'private') return reimport(key, 'pkcs8', 'decrypt')
  throw new EncryptionError('ERR_DECRYPT_KEY', `${where} is a CryptoKey that cannot decrypt`, {
    hint: 'Pass the PEM, the result of importPrivateKey(pem), or { sign, decrypt }',
  })
}

function fits(key: CryptoKey, usage: 'encrypt' | 'decrypt'): boolean {
  const { name, hash } = key.algorithm as Partial<RsaHashedKeyAlgorithm>
  return name === algorithm.name && hash?.name === algorithm.hash && key.usages.includes(usage)
}

async function reimport(
  key: CryptoKey,
  format: 'spki' | 'pkcs8',
  usage: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const der = await crypto.subtle.exportKey(format, key)
  return crypto.subtle.importKey(format, der, algorithm, false, [usage])
}
