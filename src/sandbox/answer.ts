import { type KeyLike, randomBytes, sign } from 'node:crypto'
import { dereference } from './document.ts'
import type { Refusal } from './refusal.ts'
import type { Route } from './route.ts'
import { sample } from './sample.ts'

/** The key that answers are signed with. */
export interface Platform {
  /** `PUB_KEY_ID_…`, or the serial of a platform certificate. */
  serial: string
  /** PEM or KeyObject. */
  privateKey: KeyLike
}

/** What goes back over the socket. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** The documented success: the first 2xx of the operation, its body made from the schema. */
export function success({ document, operation }: Route): Answer {
  const [status = '200', given] =
    Object.entries(operation.responses ?? {}).find(([code]) => /^2\d\d$/.test(code)) ?? []
  const response = given && dereference(document, given)
  const [type, media] = Object.entries(response?.content ?? {})[0] ?? []
  const answer: Answer = { status: Number(status), headers: requestId(), body: Buffer.alloc(0) }
  if (!type || !media || answer.status === 204) return answer
  answer.headers['Content-Type'] = type
  const value = media.example ?? sample(document, media.schema ?? {})
  answer.body = Buffer.from(type.startsWith('application/json') ? JSON.stringify(value) : String(value))
  return answer
}

/** An error of the API. Unsigned, as WeChat Pay's errors often are: nobody shall rely on a signature. */
export function failure({ status, code, message, detail }: Refusal): Answer {
  const headers = { ...requestId(), 'Content-Type': 'application/json' }
  return { status, headers, body: Buffer.from(JSON.stringify({ code, message, detail })) }
}

/** What the signature of an answer says; by default the sandbox's clock and a random nonce. */
export interface SignedWith {
  /** Unix seconds. */
  timestamp?: number | string
  nonce?: string
}

/** Signs an answer's body as it is, and returns the answer with the headers that say so. */
export function signed(
  answer: Answer,
  platform: Platform,
  now: () => number,
  given: SignedWith = {},
): Answer {
  const { timestamp = Math.floor(now() / 1000), nonce = randomBytes(16).toString('hex') } = given
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), answer.body, Buffer.from('\n')])
  const headers = {
    ...answer.headers,
    'Wechatpay-Serial': platform.serial,
    'Wechatpay-Timestamp': String(timestamp),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': sign('sha256', message, platform.privateKey).toString('base64'),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
  return { ...answer, headers }
}

function requestId(): Record<string, string> {
  return { 'Request-ID': randomBytes(16).toString('hex').toUpperCase() }
}
