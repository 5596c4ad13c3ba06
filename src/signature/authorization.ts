import { ConfigError } from '../errors.ts'

/** The signature scheme of merchants; also the `Wechatpay-Signature-Type` of responses. */
export const scheme = 'WECHATPAY2-SHA256-RSA2048'

/** The same for brands. */
export const brandScheme = 'WECHATPAY-BRAND-SHA256-RSA2048'

/** Who signs: a merchant by its number, or a brand by its id. */
export type Principal = { mchid: string; brandId?: undefined } | { brandId: string; mchid?: undefined }

/** The parts of an Authorization header that differ by request. */
export interface AuthorizationFields {
  nonce: string
  /** Unix seconds. */
  timestamp: number
  /** Base64. */
  signature: string
}

/**
 * Returns a function that writes Authorization headers for one merchant or brand.
 *
 * @param serial serial number of the merchant API certificate
 * @throws {ConfigError} when a field holds a quote or a character that a header cannot carry
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365336
 */
export function authorizationWriter(
  { mchid, brandId }: Principal,
  serial: string,
): (fields: AuthorizationFields) => string {
  const [name, id, type] =
    brandId === undefined ? ['mchid', mchid, scheme] : ['brand_id', brandId, brandScheme]
  const start = `${type} ${name}="${safe(name, id)}",nonce_str="`
  const end = `",serial_no="${safe('serial_no', serial)}"`
  return ({ nonce, timestamp, signature }) =>
    `${start}${safe('nonce_str', nonce)}",signature="${safe('signature', signature)}",timestamp="${timestamp}${end}`
}

function safe(name: string, value: string): string {
  if (/^[\w+/=-]+$/.test(value)) return value
  throw new ConfigError('ERR_CONFIG', `${name} has a character that an Authorization header must not have`, {
    hint: 'Use letters, digits and + / = - _ only, without quotes and line breaks',
  })
}
