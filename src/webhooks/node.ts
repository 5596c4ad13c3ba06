import { concat } from '../bytes.ts'
import type { Handler } from './dispatch.ts'
import type { Receiver } from './notifications.ts'
import { BodyTooLong, bodyConsumed, brokenBody, rawBytes } from './raw-body.ts'

/** The used part of `http.IncomingMessage`, with the properties that frameworks add. */
export interface NodeRequest {
  method?: string | undefined
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** True when somebody has read from the body. */
  readableDidRead?: boolean
  /** True when the connection is closed. */
  destroyed?: boolean
  /** Set by body parsers. */
  body?: unknown
  /** Set by serverless platforms. */
  rawBody?: unknown
  on(event: string, listener: (value?: unknown) => void): unknown
  pause(): unknown
}

/** The used part of `http.ServerResponse`. */
export interface NodeResponse {
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(body?: Uint8Array): unknown
}

/**
 * Receives notifications in `node:http`, Express and similar servers. It reads the body itself: put it before any body
 * parser, or use one that keeps the bytes (`express.raw`).
 *
 * ```ts
 * app.post('/notify', nodeHandler(notifications, { 'TRANSACTION.SUCCESS': ({ resource }) => … }))
 * app.use(express.json())
 * ```
 *
 * @param notifications made by `createNotifications`
 * @param on one function for all events, or an object with one for each
 * @returns a function that sends the response and never rejects
 */
export function nodeHandler<Resources>(
  notifications: Receiver<Resources>,
  on: Handler<NoInfer<Resources>>,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const { method, headers } = request
    const body = (limit: number) => readNodeBody(request, limit)
    const reply = await notifications.respond({ method, headers, body }, on)
    response.statusCode = reply.status
    for (const [name, value] of reply.headers) response.setHeader(name, value)
    response.end(new Uint8Array(await reply.arrayBuffer()))
  }
}

async function readNodeBody(request: NodeRequest, limit: number): Promise<Uint8Array> {
  const { rawBody, body } = request
  const kept = [rawBody, body].find((one) => typeof one === 'string' || ArrayBuffer.isView(one))
  if (kept === undefined) return readStream(request, limit)
  const bytes = rawBytes(kept)
  if (bytes.length > limit) throw new BodyTooLong(limit)
  return bytes
}

/** Reads by events, because leaving an async iterator early would close the connection before the response is sent. */
function readStream(request: NodeRequest, limit: number): Promise<Uint8Array> {
  // Such a request emits no event, not even an error.
  if (request.destroyed && !request.readableDidRead) throw brokenBody()
  if (request.readableDidRead) throw bodyConsumed(request.body ? 'was parsed' : 'was read before')
  if (Number(request.headers['content-length']) > limit) throw new BodyTooLong(limit)
  const parts: Uint8Array[] = []
  let length = 0
  return new Promise<Uint8Array>((resolve, reject) => {
    request.on('data', (part) => {
      const bytes = rawBytes(part)
      length += bytes.length
      parts.push(bytes)
      if (length <= limit) return
      request.pause()
      reject(new BodyTooLong(limit))
    })
    request.on('end', () => resolve(concat(parts)))
    request.on('error', reject)
    request.on('close', reject)
  }).catch((error: unknown) => {
    throw error instanceof BodyTooLong ? error : brokenBody()
  })
}
