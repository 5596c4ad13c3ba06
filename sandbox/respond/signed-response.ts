import { createHash, randomBytes } from 'node:crypto'
import { type Account, sealedFor } from '../keys/accounts.ts'
import { type Keyring, signatureOf } from '../keys/keyring.ts'
import type { Route } from '../receive/operation-router.ts'
import type { Refusal } from '../receive/refusal.ts'
import { dereference } from '../spec/spec-types.ts'
import { walk } from '../spec/visit-fields.ts'
import { sample } from './sample-value.ts'

/** What goes back over the socket. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/**
 * The documented success: the first 2xx of the operation, its body made from the schema, its sensitive
 * fields encrypted for who called.
 */
export function success(route: Route, account: Account | undefined): Answer {
  const { document, operation } = route
  const [status = '200', given] =
    Object.entries(operation.responses ?? {}).find(([code]) => /^2\d\d$/.test(code)) ?? []
  const response = given && dereference(document, given)
  const [type, media] = Object.entries(response?.content ?? {})[0] ?? []
  const answer: Answer = { status: Number(status), headers: requestId(), body: Buffer.alloc(0) }
  if (!type || !media || answer.status === 204) return answer
  answer.headers['Content-Type'] = type.replace('/*', '/png')
  const schema = media.schema ?? {}
  const value = media.example ?? sample(document, schema)
  answer.body = type.startsWith('application/json')
    ? json(account ? sealed(route, schema, value, account) : value).body
    : Buffer.from(String(value))
  return answer
}

/** A value as the body of an answer. */
export function json(value: unknown): Answer {
  const headers = { ...requestId(), 'Content-Type': 'application/json' }
  return { status: 200, headers, body: Buffer.from(JSON.stringify(value)) }
}

function sealed({ document }: Route, schema: object, value: unknown, account: Account): unknown {
  return walk(document, schema, value, '', {
    // Long samples are cipher texts of the page.
    encrypted: (text) => sealedFor(account, text.length > 64 ? 'text-1' : text),
    embedded: (text, _place, _schema, inside) => JSON.stringify(inside(JSON.parse(text))),
  })
}

/** An error of the API. Unsigned, as WeChat Pay's errors often are: nobody shall rely on a signature. */
export function failure({ status, code, message, detail }: Refusal): Answer {
  return { ...json({ code, message, detail }), status }
}

/** What the signature of an answer says; by default the sandbox's clock and a random nonce. */
export interface SignedWith {
  /** Unix seconds. */
  timestamp?: number | string
  nonce?: string
  /** Which of the platform's keys: by default the one that the request asked for. */
  serial?: string
}

/** The headers of a signature over some bytes. */
export function signatureHeaders(
  body: Buffer,
  keys: Keyring,
  now: () => number,
  given: SignedWith = {},
): Record<string, string> {
  const { timestamp = Math.floor(now() / 1000), nonce = randomBytes(16).toString('hex') } = given
  const key = (given.serial === undefined ? undefined : keys.find(given.serial)) ?? keys.usual()
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')])
  return {
    'Wechatpay-Serial': key.serial,
    'Wechatpay-Timestamp': String(timestamp),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': signatureOf(message, key),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

/**
 * Signs an answer's body as it is, and returns the answer with the headers that say so.
 *
 * @param digest the header of an operation whose answers are signed by the digest of their content: SHA-1
 *   of what is sent, or what the header says already, as the content may be compressed
 */
export function signed(
  answer: Answer,
  keys: Keyring,
  now: () => number,
  given: SignedWith = {},
  digest?: string,
): Answer {
  const { headers, body } = answer
  if (!digest) return { ...answer, headers: { ...headers, ...signatureHeaders(body, keys, now, given) } }
  const sha1 = headers[digest] ?? createHash('sha1').update(body).digest('hex')
  const covered = Buffer.from(JSON.stringify({ sha1 }))
  return {
    ...answer,
    headers: { ...headers, [digest]: sha1, ...signatureHeaders(covered, keys, now, given) },
  }
}

function requestId(): Record<string, string> {
  return { 'Request-ID': randomBytes(16).toString('hex').toUpperCase() }
}
