import type { CryptoKey } from '../web-types.ts'
import { checkCryptoKey, isCryptoKey } from './crypto-key.ts'
import { type KeyKind, pemBlock } from './pem.ts'

/** What a key is imported for: signatures or sensitive fields. The names are those of `jose`. */
type KeyUse = 'RS256' | 'RSA-OAEP'

/**
 * Imports a merchant's private key, to detect a wrong one at start-up. Pass the result to `createClient`.
 *
 * ```ts
 * const privateKey = await importPrivateKey(process.env.WECHATPAY_PRIVATE_KEY)
 * ```
 *
 * @param key an RSA key of 2048 bits: PKCS#8 or PKCS#1 in PEM (`apiclient_key.pem`), or a CryptoKey, which is checked
 * @param where the option's name, for messages
 * @throws {KeyError} that says what was passed instead, and how to convert it
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053053
 */
export async function importPrivateKey(key: string | CryptoKey, where = 'privateKey'): Promise<CryptoKey> {
  const signing = await importSigningKey(key, where)
  if (!isCryptoKey(key)) twins.set(signing, await importPem(key, 'private', 'RSA-OAEP', where))
  return signing
}

/** By signing key: the same key for decryption. The one cannot be made from the other, which is not extractable. */
const twins = new WeakMap<CryptoKey, CryptoKey>()

/** The same key for `decrypt`, when {@link importPrivateKey} imported it from a PEM. */
export function decryptingTwin(key: CryptoKey): CryptoKey | undefined {
  return twins.get(key)
}

/**
 * Imports a private key for signatures only.
 *
 * @throws {KeyError}
 */
export async function importSigningKey(key: string | CryptoKey, where: string): Promise<CryptoKey> {
  return importKey(key, 'private', where)
}

/**
 * Imports a WeChat Pay public key, to detect a wrong one at start-up. Pass the result to `createClient`.
 *
 * @param key an RSA key of 2048 bits: SPKI (`pub_key.pem`), PKCS#1 or a certificate in PEM, or a CryptoKey, which is
 *   checked
 * @param where the option's name, for messages
 * @throws {KeyError} that says what was passed instead, and how to convert it
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012153196
 */
export async function importPublicKey(key: string | CryptoKey, where = 'publicKey'): Promise<CryptoKey> {
  return importKey(key, 'public', where)
}

/**
 * Checks a key as far as that is possible synchronously, so that a mistake is reported when the client is created and
 * not by its first call.
 *
 * @throws {KeyError}
 */
export function checkKey(key: unknown, kind: KeyKind, where: string): void {
  if (isCryptoKey(key)) checkCryptoKey(key, kind, where)
  else pemBlock(key, kind, where)
}

/**
 * Imports a PEM for one use. The same key may be imported again for the other.
 *
 * @throws {KeyError}
 * @throws {ConfigError} ERR_CONFIG_RUNTIME where there is no WebCrypto
 */
export async function importPem(pem: string, kind: KeyKind, use: KeyUse, where: string): Promise<CryptoKey> {
  const block = pemBlock(pem, kind, where)
  // Loaded here, as it takes longer to load than all the rest and is needed once per key.
  const { importPKCS8, importSPKI } = await import('jose/key/import')
  try {
    return await (kind === 'private' ? importPKCS8 : importSPKI)(block, use)
  } catch {
    throw (await import('./unreadable-key.ts')).unreadableKey(where)
  }
}

async function importKey(key: string | CryptoKey, kind: KeyKind, where: string): Promise<CryptoKey> {
  if (isCryptoKey(key)) return checkCryptoKey(key, kind, where)
  return checkCryptoKey(await importPem(key, kind, 'RS256', where), kind, where)
}
