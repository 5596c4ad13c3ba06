import { utf8 } from '../bytes.ts'
import type { Authorized } from './authorizer.ts'

const lines = ['method', 'URL', 'timestamp', 'nonce']

/** How many bytes of a body WeChat Pay's error quotes. */
const quoted = 8

/** What a `SIGN_ERROR` says. */
export interface SignError {
  message?: unknown
  detail?: unknown
  /** The response's `Date`. */
  date?: string | null | undefined
}

/**
 * A hint for `SIGN_ERROR`: a clock that is wrong, by the response's `Date`; where what WeChat Pay received differs from
 * what was signed, by `sign_information`; or a serial that it does not know, by its message.
 *
 * @param signed what was signed; its body is not quoted
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012072670
 */
export function signatureHint(
  { message, detail, date }: SignError,
  signed: Pick<Authorized, 'head' | 'body'>,
): string {
  const ahead = Number(signed.head[2]) - Math.floor(Date.parse(date ?? '') / 1000)
  if (Math.abs(ahead) >= 300)
    return `The clock of this machine is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} WeChat Pay's: set it right, or pass clock`
  const seen = signInformation(detail)
  if (seen === undefined) return String(message).includes('序列号') ? wrongSerial : together
  const [head, body] = [seen.split('\n', 4), seen.split('\n').slice(4).join('\n')]
  const differs = signed.head.findIndex((line, index) => head[index] !== undefined && head[index] !== line)
  if (differs >= 0) {
    const [ours, other] = [signed.head[differs]!, head[differs]!].map((line) =>
      JSON.stringify(line.slice(0, 300)),
    )
    return `Line ${differs + 1} of the signed message (${lines[differs]}) is ${ours}, but WeChat Pay received ${other}: what changes the request in transit?`
  }
  if (head.length < 4 || body === '') return together
  return startOf(body.replace(/\n$/, '')) === startOf(signed.body)
    ? 'What WeChat Pay quotes of the message matches what was signed: is privateKey the key of this serial, or does the body change in transit?'
    : 'Line 5 of the signed message (body) differs from what WeChat Pay received: what changes the body in transit?'
}

const wrongSerial =
  'serial is not that of a merchant API certificate of this merchant: see it with openssl x509 -in apiclient_cert.pem -noout -serial'
const together =
  'Do the merchant number, serial and privateKey belong together, and is the clock of this machine right?'

function startOf(body: Authorized['body'] = ''): string {
  const bytes = typeof body === 'string' ? utf8(body) : body
  return new TextDecoder().decode(bytes.subarray(0, quoted))
}

function signInformation(detail: unknown): string | undefined {
  const information = member(detail, 'sign_information')
  const message = member(information, 'truncated_sign_message') ?? member(information, 'sign_message')
  return typeof message === 'string' ? message : undefined
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
