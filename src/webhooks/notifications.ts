import { type Clock, systemClock } from '../clock.ts'
import { aead } from '../encryption/aead.ts'
import { ConfigError } from '../errors.ts'
import { type Hooks, notify } from '../hooks.ts'
import { decrypter } from '../keys/decrypter.ts'
import type { PrivateKey } from '../keys/signer.ts'
import { type KeySource, knownKeys, type PlatformKeys } from '../verification/platform.ts'
import { dispatch, type NotificationHandler } from './dispatch.ts'
import { type MessageHeaders, signatureHeaders } from './headers.ts'
import type { Notification } from './notification.ts'
import { BodyTooLong, type RawBody, rawBytes, readBody, throwBrokenBody } from './raw-body.ts'
import { accepted, failed, refused, wrongMethod } from './reply.ts'
import { type Trust, verifiedThenDecrypted } from './verify-then-decrypt.ts'

/** What {@link createNotifications} needs, and what it takes. */
export interface NotificationOptions {
  /** The APIv3 key, 32 bytes: it opens what a notification carries. */
  apiV3Key: string
  /**
   * WeChat Pay's keys by serial. Hold the old and the new one while WeChat Pay switches: notifications come signed
   * by either for a week.
   */
  platform?: PlatformKeys | undefined
  /** Where the keys come from, in place of `platform`: automatic certificates. */
  keys?: KeySource | undefined
  /** The merchant's private key. Only a few events have fields that need it. */
  privateKey?: PrivateKey | undefined
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: Clock | undefined
  /** `key` is told which key verified each notification. */
  hooks?: Pick<Hooks, 'key'> | undefined
  /** The longest body that is read, in bytes; 1 MiB by default. */
  limit?: number | undefined
  /**
   * Told why a notification was not accepted: the handler's own error, or a {@link WechatpayError}. By default what
   * is answered with 5xx is written to the console; anybody can send what is answered with 4xx.
   */
  onError?: ((error: unknown) => void) | undefined
}

/** A notification as a server got it. */
export interface ReceivedMessage {
  headers: MessageHeaders
  /** As it came: neither parsed nor changed. */
  body: RawBody
}

/** A request as a server got it, for {@link Notifications.respond}. */
export interface ReceivedRequest {
  headers: MessageHeaders
  /** `POST` unless told. */
  method?: string | undefined
  /** As it came, or a function that reads it and gives up beyond the limit. */
  body: RawBody | ((limit: number) => Promise<Uint8Array>)
}

/** Receives the notifications of one merchant. */
export interface Notifications {
  /**
   * Verifies and decrypts.
   *
   * @throws {VerificationError} when it is not WeChat Pay's, or a probe: answer 4xx or 5xx
   * @throws {NotificationError} when it is verified, but cannot be read
   * @throws {CertificateError} when the certificates to verify it with cannot be had
   * @throws {ConfigError} when the body is not raw
   */
  receive(message: ReceivedMessage): Promise<Notification>
  /** A handler for servers that speak `Request` and `Response`: Hono, Next.js, Workers, Bun, Deno. It never rejects. */
  handler(on: NotificationHandler): (request: Request) => Promise<Response>
  /** The same for servers that do not. It never rejects. */
  respond(request: ReceivedRequest, on: NotificationHandler): Promise<Response>
}

const mebibyte = 1 << 20
/** After this time WeChat Pay counts an answer as failed. */
const patience = 5_000

/**
 * Receives notifications: verifies each over its raw bytes, then decrypts it, then hands it to the app.
 *
 * ```ts
 * const notifications = createNotifications({ platform: { 'PUB_KEY_ID_…': pem }, apiV3Key })
 *
 * app.post('/notify', (c) => handle(c.req.raw))
 * const handle = notifications.handler({
 *   async 'TRANSACTION.SUCCESS'({ id, resource }) {
 *     await markAsPaid(id, resource.out_trade_no, resource.amount?.total)
 *   },
 * })
 * ```
 *
 * What the app processed is answered 204. When its handler throws, the answer is 500 and WeChat Pay sends the
 * notification again, up to 15 times within a day; a handler that takes longer than 5 s counts as failed as well.
 *
 * The same notification comes more than once, and at the same time. Make it harmless where the money is: store `id`
 * under a unique index in the transaction that changes the order, and take a conflict for success.
 *
 * @throws {ConfigError} for an option that is missing or malformed
 * @throws {KeyError} for a key that is certainly wrong
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function createNotifications(options: NotificationOptions): Notifications {
  const { apiV3Key, privateKey, clock = systemClock, hooks = {}, limit = mebibyte } = options
  const onError = options.onError ?? ((error: unknown) => console.error(error))
  const trust: Trust = {
    keys: keysOf(options),
    cipher: aead(apiV3Key),
    decrypter: privateKey === undefined ? undefined : decrypter(privateKey),
    clock,
    hooks,
  }

  function reported(error: unknown, response: Response): Response {
    if (options.onError || response.status >= 500) notify(onError, error)
    return response
  }

  async function respond({ method = 'POST', headers, body }: ReceivedRequest, on: NotificationHandler) {
    const context = { signal: AbortSignal.timeout(patience) }
    if (method !== 'POST') return wrongMethod()
    let notification: Notification
    try {
      const read =
        typeof body === 'function'
          ? () => timely(body(limit), context.signal)
          : async () => within(limit, rawBytes(body))
      notification = await verifiedThenDecrypted({ headers: signatureHeaders(headers), body: read }, trust)
    } catch (error) {
      return reported(error, refused(error))
    }
    try {
      const result = await dispatch(on, notification, context)
      return isResponse(result) ? result : accepted()
    } catch (error) {
      return reported(error, failed())
    }
  }

  return {
    async receive({ headers, body }) {
      const bytes = rawBytes(body)
      return verifiedThenDecrypted({ headers: signatureHeaders(headers), body: async () => bytes }, trust)
    },
    handler: (on) => async (request) => {
      if (!isRequest(request)) {
        const error = notRequest()
        return reported(error, refused(error))
      }
      const { method, headers } = request
      return respond({ method, headers, body: (most) => readBody(request, most) }, on)
    },
    respond,
  }
}

function keysOf({ keys, platform }: NotificationOptions): KeySource {
  if (!keys) return knownKeys(platform ?? {})
  if (!platform) return keys
  throw new ConfigError('ERR_CONFIG', 'platform and keys are both given', {
    hint: 'Give platform where keys is made: the two are then trusted together',
  })
}

// Nothing is verified yet: a body that never ends shall not keep anybody waiting.
function timely(reading: Promise<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const late = () => new Promise<never>(() => throwBrokenBody()).catch(reject)
    signal.addEventListener('abort', late, { once: true })
    reading.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}

function within(limit: number, bytes: Uint8Array): Uint8Array {
  if (bytes.length > limit) throw new BodyTooLong(limit)
  return bytes
}

/** By what is used of it: frameworks have requests of their own. */
function isRequest(value: Partial<Request> | undefined): value is Request {
  return typeof value?.method === 'string' && typeof value.headers?.get === 'function'
}

function notRequest(): ConfigError {
  return new ConfigError('ERR_CONFIG', 'the handler was called with something else than a Request', {
    hint: 'In node:http and Express use nodeHandler of wechatpay-fetch/webhooks/node; in Hono give c.req.raw',
  })
}

/** By its tag, as it may come from another realm. */
function isResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]'
}
