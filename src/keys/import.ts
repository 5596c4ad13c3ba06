import { KeyError } from '../errors.ts'
import { type CryptoKey, checkCryptoKey, isCryptoKey } from './crypto-key.ts'
import { type KeyKind, pemBlock } from './pem.ts'

/** What a key is imported for: signatures, or sensitive fields. WebCrypto wants to know, and `jose` names it so. */
type KeyUse = 'RS256' | 'RSA-OAEP'

/**
 * Imports a merchant's private key, to find a wrong one early. `createClient` takes what this returns.
 *
 * ```ts
 * const privateKey = await importPrivateKey(process.env.WECHATPAY_PRIVATE_KEY)
 * ```
 *
 * @param key PKCS#8 or PKCS#1 in PEM (`apiclient_key.pem`), RSA of 2048 bits; or a CryptoKey, which is checked
 * @param where what messages call it
 * @throws {KeyError} that says what it is instead and how to convert it
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053053
 */
export async function importPrivateKey(key: string | CryptoKey, where = 'privateKey'): Promise<CryptoKey> {
  const signing = await importSigningKey(key, where)
  if (!isCryptoKey(key)) twins.set(signing, await importPem(key, 'private', 'RSA-OAEP', where))
  return signing
}

/** A private CryptoKey cannot be exported, and sensitive fields need it for another use. */
const twins = new WeakMap<CryptoKey, CryptoKey>()

/** The same key for `decrypt`, when {@link importPrivateKey} made it of a PEM. */
export function decryptingTwin(key: CryptoKey): CryptoKey | undefined {
  return twins.get(key)
}

/**
 * Imports a private key for signatures alone.
 *
 * @throws {KeyError}
 */
export async function importSigningKey(key: string | CryptoKey, where: string): Promise<CryptoKey> {
  return importKey(key, 'private', where)
}

/**
 * Imports a WeChat Pay public key, to find a wrong one early. `createClient` takes what this returns.
 *
 * @param key in PEM: SPKI (`pub_key.pem`), PKCS#1, or a certificate; RSA of 2048 bits; or a CryptoKey, which is
 *   checked
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

/**
 * Imports a PEM for one use; one key may be imported for both.
 *
 * @throws {KeyError}
 */
export async function importPem(pem: string, kind: KeyKind, use: KeyUse, where: string): Promise<CryptoKey> {
  const block = pemBlock(pem, kind, where)
  // It is needed once for each key, and takes longer to load than all the rest.
  const { importPKCS8, importSPKI } = await import('jose/key/import')
  try {
    return await (kind === 'private' ? importPKCS8 : importSPKI)(block, use)
  } catch {
    // Its reason is left out: it may quote what it could not read.
    throw new KeyError('ERR_KEY_INVALID', `${where} is a PEM of an RSA key that cannot be read`, {
      hint: 'It is damaged: take it from the original file again',
    })
  }
}

async function importKey(key: string | CryptoKey, kind: KeyKind, where: string): Promise<CryptoKey> {
  if (isCryptoKey(key)) return checkCryptoKey(key, kind, where)
  return checkCryptoKey(await importPem(key, kind, 'RS256', where), kind, where)
}
