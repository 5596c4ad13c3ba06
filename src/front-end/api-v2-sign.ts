import { type Bytes, toHex, utf8 } from '../bytes.ts'
import { ConfigError, RequestError } from '../errors.ts'
import { ownProperties } from '../own.ts'

/** Fields to sign. Those that are undefined or empty are left out, and so is `sign`. */
export type SignedFields = Readonly<Record<string, string | undefined>>

/** The algorithm of a signature. */
export type SignType = 'HMAC-SHA256' | 'MD5'

/** Signs fields with one APIv2 key. */
export type ApiV2Sign = (fields: SignedFields, type?: SignType) => Promise<string>

/**
 * Signs with one APIv2 key: fields in the order of their names as `a=1&b=2`, then `&key=` and the key; upper-case
 * hexadecimal. The key is imported once, with the first signature.
 *
 * @throws {ConfigError} for a key that is not 32 characters; the message does not quote it
 * @see https://pay.weixin.qq.com/doc/v2/merchant/4011985891
 */
export function apiV2Sign(apiV2Key: string): ApiV2Sign {
  checkKey(apiV2Key)
  let imported: Promise<CryptoKey> | undefined

  async function hmac(message: Bytes): Promise<Uint8Array> {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    imported ??= crypto.subtle.importKey('raw', utf8(apiV2Key), algorithm, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', await imported, message))
  }

  return async (fields, type = 'HMAC-SHA256') => {
    const message = utf8(`${joined(fields)}&key=${apiV2Key}`)
    if (type === 'HMAC-SHA256') return upperHex(await hmac(message))
    if (type === 'MD5') return upperHex(await md5(message))
    throw new RequestError('ERR_REQUEST', "the type of a signature must be 'HMAC-SHA256' or 'MD5'")
  }
}

function checkKey(key: unknown): void {
  if (typeof key === 'string' && /^[!-~]{32}$/.test(key)) return
  const problem = key === undefined || key === '' ? 'is missing' : 'must be a text of 32 characters'
  throw new ConfigError('ERR_CONFIG', `apiV2Key ${problem}`, {
    hint: 'It is the APIv2 key that you set on the merchant platform (账户中心, API安全), not the APIv3 key',
  })
}

/** The values are signed as they are. They are escaped only where they are sent. */
function joined(fields: SignedFields): string {
  const pairs = Object.entries(ownProperties(fields))
    .filter(([name, value]) => name !== 'sign' && value !== undefined && value !== '')
    .map(([name, value]) => [name, text(name, value)] as const)
  if (pairs.length === 0) throw new RequestError('ERR_REQUEST', 'there are no fields to sign')
  // By the names alone: sorted as a whole, `stock_id10=` would come before `stock_id1=`.
  pairs.sort(([a], [b]) => (a < b ? -1 : 1))
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string') {
    throw new RequestError('ERR_REQUEST', `${name} must be a string, but is of type ${typeof value}`, {
      hint: 'WeChat takes strings alone, also for a timestamp: pass the same string to the front end',
    })
  }
  if (!/\p{Surrogate}/u.test(value)) return value
  throw new RequestError('ERR_REQUEST', `${name} has an unpaired surrogate`, {
    hint: 'The text was cut in the middle of a character',
  })
}

/** Loaded late, as pay score and coupons are signed with HMAC-SHA256 alone. */
async function md5(message: Bytes): Promise<Uint8Array> {
  const { md5 } = await import('@noble/hashes/legacy.js')
  return md5(message)
}

function upperHex(bytes: Uint8Array): string {
  return toHex(bytes).toUpperCase()
}
