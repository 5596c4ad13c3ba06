import { createHash, randomBytes } from 'node:crypto'
import { type Keyring, signWith } from '../keys/keyring.ts'
import { merchantScheme, schemeAt } from '../keys/signature-scheme.ts'
import type { RequestRecord } from '../receive/request-record.ts'
import type { SandboxResponse } from './sandbox-response.ts'

/** Values to sign with. By default the time of the sandbox's clock, a random nonce and the key of the request. */
export interface SignatureOptions {
  /** Unix seconds. */
  timestamp?: number | string
  nonce?: string
  /** Serial of the WeChat Pay key that signs. */
  serial?: string
  /** `Wechatpay-Signature-Type`; by default that of a merchant or a brand, whoever receives it. */
  type?: string
}

/** Who signs a response, unless a fault says otherwise: the key that the request names, with the caller's scheme. */
export function signatureDefaults({ headers, target }: RequestRecord): SignatureOptions {
  const serial = headers['wechatpay-serial']
  return { type: schemeAt(target), ...(typeof serial === 'string' && { serial }) }
}

/** Signs bytes and returns the `Wechatpay-…` headers. */
export function signatureHeaders(
  body: Buffer,
  keys: Keyring,
  now: () => number,
  options: SignatureOptions = {},
): Record<string, string> {
  const { timestamp = Math.floor(now() / 1000), nonce = randomBytes(16).toString('hex') } = options
  const key = (options.serial === undefined ? undefined : keys.find(options.serial)) ?? keys.defaultKey()
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')])
  return {
    'Wechatpay-Serial': key.serial,
    'Wechatpay-Timestamp': String(timestamp),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': signWith(key, message),
    'Wechatpay-Signature-Type': options.type ?? merchantScheme,
  }
}

/**
 * Signs the body of a response as it is, and returns the response with the signature in its headers.
 *
 * @param digestHeader set for an operation that signs the SHA-1 of its content instead of the body. A digest that the
 *   response already has in this header is kept, because the body may be compressed.
 */
export function signResponse(
  response: SandboxResponse,
  keys: Keyring,
  now: () => number,
  options: SignatureOptions = {},
  digestHeader?: string,
): SandboxResponse {
  const { headers, body } = response
  if (!digestHeader) {
    return { ...response, headers: { ...headers, ...signatureHeaders(body, keys, now, options) } }
  }
  const sha1 = headers[digestHeader] ?? createHash('sha1').update(body).digest('hex')
  const signed = Buffer.from(JSON.stringify({ sha1 }))
  return {
    ...response,
    headers: { ...headers, [digestHeader]: sha1, ...signatureHeaders(signed, keys, now, options) },
  }
}
