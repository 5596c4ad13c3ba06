import { concat, utf8 } from '../bytes.ts'
import { ConfigError, NotificationError } from '../errors.ts'

/** A body as received. A string means its UTF-8 bytes. */
export type RawBody = Uint8Array | ArrayBuffer | string

/** A body longer than the limit. */
export class BodyTooLong extends NotificationError {
  constructor(limit: number) {
    super('ERR_NOTIFICATION_MALFORMED', `the body is longer than ${limit} bytes`)
  }
}

/**
 * The bytes of a body that has been read.
 *
 * @throws {ConfigError} when it is missing or was parsed, because the signature covers the bytes
 */
export function rawBytes(body: unknown): Uint8Array {
  if (typeof body === 'string') return utf8(body)
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
  // Looks at the tag, because it may come from another realm.
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') {
    return new Uint8Array(body as ArrayBuffer)
  }
  throw bodyConsumed(body === undefined || body === null ? 'is missing' : 'was parsed')
}

/** The error for a body whose raw bytes are not available. */
export function bodyConsumed(what: 'is missing' | 'was parsed' | 'was read before'): ConfigError {
  return new ConfigError('ERR_CONFIG', `the body of the notification ${what}, but its raw bytes are needed`, {
    hint: 'The signature covers the bytes as received. In Express, put this handler before express.json(), or use express.raw({ type: () => true }) on its path',
  })
}

/**
 * Reads the body of a web request.
 *
 * @param limit in bytes
 * @throws {ConfigError} when it was read before
 * @throws {NotificationError} when it is longer than the limit or breaks off
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw bodyConsumed('was read before')
  if (Number(request.headers.get('Content-Length')) > limit) throw new BodyTooLong(limit)
  const parts: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read().catch(() => {
      throw brokenBody()
    })
    if (done) break
    length += value.length
    if (length > limit) {
      reader.cancel().catch(() => {})
      throw new BodyTooLong(limit)
    }
    parts.push(value)
  }
  return concat(parts)
}

/** The error for a body that breaks off or takes too long. */
export function brokenBody(): NotificationError {
  return new NotificationError('ERR_NOTIFICATION_MALFORMED', 'the body of the notification broke off')
}
