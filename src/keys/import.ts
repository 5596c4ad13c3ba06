import { importPKCS8, importSPKI } from 'jose/key/import'
import { KeyError } from '../errors.ts'
import { checkCryptoKey, isCryptoKey } from './crypto-key.ts'
import { type KeyKind, pemBlock } from './pem.ts'

/**
 * Imports a merchant's private key, to find a wrong one early. `createClient` takes what this returns.
 *
 * ```ts
 * const privateKey = await importPrivateKey(process.env.WECHATPAY_PRIVATE_KEY)
 * ```
 *
 * @param key PKCS#8 in PEM (`apiclient_key.pem`), RSA of 2048 bits; or a CryptoKey, which is checked
 * @param where what messages call it
 * @throws {KeyError} that says what it is instead and how to convert it
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053053
 */
export async function importPrivateKey(key: string | CryptoKey, where = 'privateKey'): Promise<CryptoKey> {
  return importKey(key, 'private', where)
}

/**
 * Imports a WeChat Pay public key, to find a wrong one early. `createClient` takes what this returns.
 *
 * @param key SPKI in PEM (`pub_key.pem`), RSA of 2048 bits; or a CryptoKey, which is checked
 * @param where what messages call it
 * @throws {KeyError} that says what it is instead and how to convert it
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012153196
 */
export async function importPublicKey(key: string | CryptoKey, where = 'publicKey'): Promise<CryptoKey> {
  return importKey(key, 'public', where)
}

/**
 * What can be told without waiting: throws when the key is certainly wrong, so that a mistake shows when
 * the client is made and not with its first call.
 *
 * @throws {KeyError}
 */
export function checkKey(key: unknown, kind: KeyKind, where: string): void {
  if (isCryptoKey(key)) checkCryptoKey(key, kind, where)
  else pemBlock(key, kind, where)
}

async function importKey(key: string | CryptoKey, kind: KeyKind, where: string): Promise<CryptoKey> {
  if (isCryptoKey(key)) return checkCryptoKey(key, kind, where)
  const pem = pemBlock(key, kind, where)
  let imported: CryptoKey
  try {
    imported = await (kind === 'private' ? importPKCS8 : importSPKI)(pem, 'RS256')
  } catch {
    // Its reason is left out: it may quote what it could not read.
    throw new KeyError('ERR_KEY_INVALID', `${where} is a PEM of an RSA key that cannot be read`, {
      hint: 'It is damaged: take it from the original file again',
    })
  }
  return checkCryptoKey(imported, kind, where)
}
