import { createPublicKey, type KeyLike, type KeyObject, verify } from 'node:crypto'
import type { RequestRecord } from './record.ts'
import { signError } from './refusal.ts'

/** A merchant that the sandbox knows. */
export interface Merchant {
  mchid: string
  /** Serial number of its API certificate. */
  serial: string
  /** PEM or KeyObject. */
  publicKey: KeyLike
}

const scheme = 'WECHATPAY2-SHA256-RSA2048'
const names = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const

type Fields = Record<(typeof names)[number], string>

/**
 * Makes the judge of the Authorization header. It builds the signed text itself, from the bytes that
 * came, and asks OpenSSL: it shares no code with the client that it judges.
 *
 * @returns a check that throws a Refusal (401)
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function authorizationJudge(
  merchants: Merchant[],
  now: () => number,
): (request: RequestRecord) => void {
  const keys = new Map<string, KeyObject>()
  for (const { mchid, serial, publicKey } of merchants) {
    keys.set(
      `${mchid} ${serial}`,
      typeof publicKey === 'object' && 'asymmetricKeyType' in publicKey
        ? publicKey
        : createPublicKey(publicKey),
    )
  }
  const seen = new Set<string>()
  return (request) => {
    const fields = parse(request)
    const { mchid, serial_no: serial, timestamp, nonce_str: nonce, signature } = fields
    if (!merchants.some((merchant) => merchant.mchid === mchid)) throw signError('mchid', 'unknown merchant')
    const key = keys.get(`${mchid} ${serial}`)
    if (!key) throw signError('serial_no', 'not the serial of a certificate of this merchant')
    const skew = /^\d+$/.test(timestamp) ? Math.abs(now() / 1000 - Number(timestamp)) : Number.NaN
    if (!(skew < 300)) throw signError('timestamp', 'not within 300 seconds of now, in unix seconds')
    const text = `${request.method}\n${request.target}\n${timestamp}\n${nonce}\n`
    const message = Buffer.concat([Buffer.from(text), request.body, Buffer.from('\n')])
    if (!verify('sha256', message, key, Buffer.from(signature, 'base64'))) {
      throw signError('signature', 'sign not match', {
        sign_information: {
          method: request.method,
          url: request.target,
          sign_message_length: message.length,
          truncated_sign_message: message.subarray(0, text.length + 32).toString(),
        },
      })
    }
    // Only a nonce that was signed counts as used.
    if (seen.has(`${mchid} ${nonce}`)) throw signError('nonce_str', 'used before')
    seen.add(`${mchid} ${nonce}`)
  }
}

function parse(request: RequestRecord): Fields {
  const { rawHeaders, headers } = request
  const count = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'authorization').length
  if (count !== 1) throw signError('Authorization', count ? 'sent more than once' : 'missing')
  const [, given, list = ''] = /^(\S+) (.*)$/.exec(headers.authorization ?? '') ?? []
  if (given !== scheme) throw signError('Authorization', `the scheme is not ${scheme}`)
  const fields: Partial<Fields> = {}
  for (const pair of list.split(',')) {
    const [, name, value] = /^\s*(\w+)="([^"]*)"\s*$/.exec(pair) ?? []
    const known = names.find((one) => one === name)
    if (!known || !value)
      throw signError('Authorization', 'not a list of name="value" with the five known names')
    if (known in fields) throw signError(known, 'given more than once')
    fields[known] = value
  }
  for (const name of names) if (!(name in fields)) throw signError(name, 'missing')
  return fields as Fields
}
