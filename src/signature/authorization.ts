import { ConfigError } from '../errors.ts'

/** The one signature scheme of APIv3; also a signed answer's `Wechatpay-Signature-Type`. */
export const scheme = 'WECHATPAY2-SHA256-RSA2048'

/** What an Authorization header says. */
export interface AuthorizationFields {
  /** Merchant number. */
  mchid: string
  /** Serial number of the merchant API certificate. */
  serial: string
  nonce: string
  /** Unix seconds. */
  timestamp: number
  /** Base64. */
  signature: string
}

/**
 * The value of a request's Authorization header.
 *
 * @throws {ConfigError} when a field holds a quote or a character that a header cannot carry
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365336
 */
export function authorization({ mchid, serial, nonce, timestamp, signature }: AuthorizationFields): string {
  const fields = { mchid, nonce_str: nonce, signature, timestamp: String(timestamp), serial_no: serial }
  const pairs = Object.entries(fields).map(([name, value]) => {
    if (/^[\w+/=-]+$/.test(value)) return `${name}="${value}"`
    throw new ConfigError('ERR_CONFIG', `${name} cannot stand in an Authorization header`)
  })
  return `${scheme} ${pairs.join(',')}`
}
