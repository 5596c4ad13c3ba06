import { type Clock, systemClock } from '../clock.ts'
import { aead } from '../encryption/aead.ts'
import { ConfigError } from '../errors.ts'
import { type Hooks, notify } from '../hooks.ts'
import { isCryptoKey } from '../keys/crypto-key.ts'
import { checkKey } from '../keys/import.ts'
import { isSigner, type PrivateKey } from '../keys/signer.ts'
import { loadedOnce } from '../loaded-once.ts'
import type { Places } from '../operations/traits.ts'
import { ownProperties } from '../own.ts'
import { type KeySource, knownKeys, type PlatformKeys } from '../verification/platform.ts'
import { dispatch, type Handler } from './dispatch.ts'
import { type MessageHeaders, signatureHeaders } from './headers.ts'
import type { AnyNotification } from './notification.ts'
import { BodyTooLong, brokenBody, type RawBody, rawBytes, readBody } from './raw-body.ts'
import { accepted, failed, refused, wrongMethod } from './reply.ts'
import { type ReceiveParts, verifyThenDecrypt } from './verify-then-decrypt.ts'

/** Options of `createNotifications`. */
export interface NotificationOptions {
  /** The APIv3 key, 32 bytes. It decrypts the resources of notifications. */
  apiV3Key: string
  /**
   * WeChat Pay's keys by serial. List the old and the new one while WeChat Pay switches keys: for a week, either may
   * have signed a notification.
   */
  platform?: PlatformKeys | undefined
  /** The keys of a client, `platformKeys(client)`, instead of `platform`. They include certificates it fetches. */
  keys?: KeySource | undefined
  /** The merchant's private key. Only a few events have fields that need it to be decrypted. */
  privateKey?: PrivateKey | undefined
  /** Returns milliseconds since 1970. Default: the system's clock. */
  clock?: Clock | undefined
  /** `key` is called with the key that verified each notification. */
  hooks?: Pick<Hooks, 'key'> | undefined
  /** The maximum length of a body, in bytes. Default: 1 MiB. */
  limit?: number | undefined
  /**
   * Called when a notification is not accepted, with the error of the handler or a {@link WechatpayError}. By default
   * errors with a 5xx response are written to the console. Those with 4xx are not, as anybody can cause them.
   */
  onError?: ((error: unknown) => void) | undefined
}

/** A notification as a server received it. */
export interface ReceivedMessage {
  headers: MessageHeaders
  /** As received: neither parsed nor changed. */
  body: RawBody
}

/** A request as a server received it, for {@link Receiver.respond}. */
export interface ReceivedRequest {
  headers: MessageHeaders
  /** Default: `POST`. */
  method?: string | undefined
  /** As received, or a function that reads it and rejects when it exceeds the limit in bytes. */
  body: RawBody | ((limit: number) => Promise<Uint8Array>)
}

/** Receives the notifications of one merchant. */
export interface Receiver<Resources> {
  /**
   * Verifies and decrypts a notification. Reply 4xx or 5xx when it throws.
   *
   * @throws {VerificationError} when it is not WeChat Pay's, or is a probe
   * @throws {NotificationError} when it is verified, but cannot be parsed or decrypted
   * @throws {CertificateError} when certificates are needed and could not be fetched
   * @throws {ConfigError} when the body is not raw
   */
  receive(message: ReceivedMessage): Promise<AnyNotification<Resources>>
  /** A handler for servers with `Request` and `Response`: Hono, Next.js, Workers, Bun, Deno. It never rejects. */
  handler(on: Handler<Resources>): (request: Request) => Promise<Response>
  /** The same for other servers. It never rejects. */
  respond(request: ReceivedRequest, on: Handler<Resources>): Promise<Response>
}

const mebibyte = 1 << 20
/** After this time WeChat Pay stops waiting for the response. */
const timeout = 5_000

/**
 * Receives notifications: verifies each over its raw bytes, decrypts it, and passes it to the app's handler. What
 * `generate` writes calls it, and gives it its types.
 *
 * @param places where a decrypted resource still has encrypted fields or JSON text, by `event_type`
 * @throws {ConfigError} for an option that is missing or malformed
 * @throws {KeyError} for a key that is certainly wrong
 */
export function receiverOf<Resources>(
  places: Readonly<Record<string, Places>>,
  given: NotificationOptions,
): Receiver<Resources> {
  const options = ownProperties(given)
  const { apiV3Key, privateKey, clock = systemClock, hooks = {}, limit = mebibyte } = options
  const onError = options.onError ?? ((error: unknown) => console.error(error))
  const parts: ReceiveParts = {
    keys: keysOf(options),
    places,
    cipher: aead(apiV3Key),
    decrypter: decrypterOf(privateKey),
    clock,
    hooks,
  }

  function reported(error: unknown, response: Response): Response {
    if (options.onError || response.status >= 500) notify(onError, error)
    return response
  }

  async function respond({ method = 'POST', headers, body }: ReceivedRequest, on: Handler<Resources>) {
    const context = { signal: AbortSignal.timeout(timeout) }
    if (method !== 'POST') return wrongMethod()
    let notification: AnyNotification<Resources>
    try {
      const read =
        typeof body === 'function'
          ? () => untilAborted(body(limit), context.signal)
          : async () => checkLength(rawBytes(body), limit)
      notification = await verifyThenDecrypt<Resources>(
        { headers: signatureHeaders(headers), body: read },
        parts,
      )
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
      return verifyThenDecrypt<Resources>(
        { headers: signatureHeaders(headers), body: async () => bytes },
        parts,
      )
    },
    handler: (on) => async (request) => {
      if (!isRequest(request)) {
        const error = notRequest()
        return reported(error, refused(error))
      }
      const { method, headers } = request
      return respond({ method, headers, body: (maximum) => readBody(request, maximum) }, on)
    },
    respond,
  }
}

// Loaded late, as few events have fields that are encrypted again. The key is imported once.
function decrypterOf(privateKey: PrivateKey | undefined): ReceiveParts['decrypter'] {
  if (privateKey === undefined) return async () => undefined
  // A CryptoKey may be for decryption only, which checkKey refuses.
  if (!isSigner(privateKey) && !isCryptoKey(privateKey)) checkKey(privateKey, 'private', 'privateKey')
  return loadedOnce(async () => (await import('../keys/decrypter.ts')).decrypter(privateKey))
}

function keysOf({ keys, platform }: NotificationOptions): KeySource {
  if (!keys) return knownKeys(platform ?? {})
  if (!platform) return keys
  throw new ConfigError('ERR_CONFIG', 'platform and keys exclude each other', {
    hint: 'Pass platform to createClient instead: platformKeys(client) includes it',
  })
}

// The sender is not verified yet, so a body that never ends must not keep the server waiting.
function untilAborted(reading: Promise<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const late = () => reject(brokenBody())
    signal.addEventListener('abort', late, { once: true })
    reading.then(resolve, reject).finally(() => signal.removeEventListener('abort', late))
  })
}

function checkLength(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.length > limit) throw new BodyTooLong(limit)
  return bytes
}

/** Looks at the used properties, because some frameworks have their own request class. */
function isRequest(value: Partial<Request> | undefined): value is Request {
  return typeof value?.method === 'string' && typeof value.headers?.get === 'function'
}

function notRequest(): ConfigError {
  return new ConfigError('ERR_CONFIG', 'the handler must be called with a Request', {
    hint: 'In node:http and Express use nodeHandler of wechatpay-fetch/webhooks/node; in Hono pass c.req.raw',
  })
}

/** Looks at the tag, because it may come from another realm. */
function isResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]'
}
