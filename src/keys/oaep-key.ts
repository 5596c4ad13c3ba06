import { EncryptionError } from '../errors.ts'
import { isCryptoKey } from './crypto-key.ts'
import { decryptingTwin, importPem } from './import.ts'

const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' } as const

/**
 * Imports a public key of WeChat Pay for the encryption of sensitive fields. The one that verifies may not encrypt:
 * WebCrypto ties a key to its use, so it is imported a second time.
 *
 * @param key as `platform` has it, or what `importPublicKey` made of it
 * @param where what messages call it
 * @throws {KeyError} for a PEM that is not a public key
 * @throws {EncryptionError} ERR_ENCRYPT_KEY for a CryptoKey that may neither encrypt nor be exported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function importEncryptionKey(key: string | CryptoKey, where = 'publicKey'): Promise<CryptoKey> {
  if (!isCryptoKey(key)) return importPem(key, 'public', 'RSA-OAEP', where)
  if (fits(key, 'encrypt')) return key
  if (key.extractable && key.type === 'public') return again(key, 'spki', 'encrypt')
  throw new EncryptionError('ERR_ENCRYPT_KEY', `${where} is a CryptoKey that may not encrypt`, {
    hint: 'Import it as extractable, or give the PEM itself',
  })
}

/**
 * Imports a merchant's private key for the decryption of sensitive fields.
 *
 * @param key as for signatures
 * @param where what messages call it
 * @throws {KeyError} for a PEM that is not a private key
 * @throws {EncryptionError} ERR_DECRYPT_KEY for a CryptoKey that may neither decrypt nor be exported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function importDecryptionKey(key: string | CryptoKey, where = 'privateKey'): Promise<CryptoKey> {
  if (!isCryptoKey(key)) return importPem(key, 'private', 'RSA-OAEP', where)
  const twin = decryptingTwin(key)
  if (twin || fits(key, 'decrypt')) return twin ?? key
  if (key.extractable && key.type === 'private') return again(key, 'pkcs8', 'decrypt')
  throw new EncryptionError('ERR_DECRYPT_KEY', `${where} is a CryptoKey that may not decrypt`, {
    hint: 'Give the PEM, what importPrivateKey made of it, or { sign, decrypt }',
  })
}

function fits(key: CryptoKey, usage: 'encrypt' | 'decrypt'): boolean {
  const { name, hash } = key.algorithm as Partial<RsaHashedKeyAlgorithm>
  return name === algorithm.name && hash?.name === algorithm.hash && key.usages.includes(usage)
}

async function again(
  key: CryptoKey,
  format: 'spki' | 'pkcs8',
  usage: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const der = await crypto.subtle.exportKey(format, key)
  return crypto.subtle.importKey(format, der, algorithm, false, [usage])
}
