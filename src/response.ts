import { type Bytes, concat } from './bytes.ts'
import { NetworkError } from './errors.ts'

/** A response whose body nobody has read. */
export interface Received {
  response: Response
  /** Reads the body up to a limit in bytes, when it is not that of `response`. Undefined when it is longer. */
  read?(limit: number): Promise<Bytes | undefined>
  /** Drops that body. */
  cancel?(): void
}

/** A response whose body was read, unless it is a file. */
export interface Judged {
  response: Response
  /** Undefined for a file, which is the body of `response`. */
  bytes?: Uint8Array | undefined
}

/** The largest body that is read before it is verified, in bytes: 4 MiB. */
export const defaultMaxBytes = 4 * 1024 * 1024

const withoutBody = new Set([204, 205, 304])

/**
 * What `fetch` returned, if it is a response that can be read.
 *
 * @throws {NetworkError} ERR_NETWORK for anything else: nothing, `Response.error()`, a status that HTTP does not have
 */
export function usableResponse(returned: Response, operation: string): Response {
  const { status, type } = (returned ?? {}) as Partial<Response>
  // A browser reports a redirect that it does not follow as status 0.
  if (typeof status === 'number' && ((status >= 200 && status <= 599) || type === 'opaqueredirect'))
    return returned
  const what = typeof status !== 'number' ? 'no response' : `a response of status ${status}`
  throw new NetworkError('ERR_NETWORK', `fetch returned ${what}`, { operation })
}

/** What a response has besides its body. */
export type Head = Pick<Response, 'status' | 'statusText'> & {
  headers: Headers | [name: string, value: string][]
}

/** A response with the same status and headers and another body. */
export function withBody(
  { status, statusText, headers }: Head,
  body: Uint8Array | ReadableStream<Uint8Array> | undefined,
): Response {
  const empty = body === undefined || withoutBody.has(status) || ('length' in body && body.length === 0)
  // A reason phrase outside of Latin-1 arrives intact and cannot be written into a new Response.
  const reason = /^[\t\x20-\x7e\x80-\xff]*$/.test(statusText) ? statusText : ''
  return new Response(empty ? null : (body as BodyInit), { status, statusText: reason, headers })
}

/**
 * Reads a body up to a limit.
 *
 * @param limit in bytes, after decompression
 * @returns undefined when the body is longer; its stream is cancelled then
 */
export async function readBody(
  { response, read: readElsewhere }: Received,
  limit: number,
): Promise<Bytes | undefined> {
  if (readElsewhere) return readElsewhere(limit)
  const { headers, body } = response
  const length = headers.get('Content-Length')
  // The usual case. An engine reads no more than Content-Length, unless it decompresses.
  if (!body || (length !== null && Number(length) <= limit && !headers.has('Content-Encoding')))
    return new Uint8Array(await response.arrayBuffer())
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  let read = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return concat(parts)
    read += value.length
    if (read > limit) {
      reader.cancel().catch(() => {})
      return undefined
    }
    parts.push(value)
  }
}
