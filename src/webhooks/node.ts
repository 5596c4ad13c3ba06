import { concat } from '../bytes.ts'
import type { NotificationHandler } from './dispatch.ts'
import type { Notifications } from './notifications.ts'
import { BodyTooLong, bodyConsumed, rawBytes, throwBrokenBody } from './raw-body.ts'

/** What is used of `http.IncomingMessage`, and of what frameworks add to it. */
export interface NodeRequest {
  method?: string | undefined
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** True when something began to read the body. */
  readableDidRead?: boolean
  /** True when the client is gone. */
  destroyed?: boolean
  /** Of a body parser. */
  body?: unknown
  /** Of serverless platforms. */
  rawBody?: unknown
  on(event: string, listener: (value?: unknown) => void): unknown
  pause(): unknown
}

/** What is used of `http.ServerResponse`. */
export interface NodeResponse {
  statusCode: number
  setHeader(name: string, value: string): unknown
  end(body?: Uint8Array): unknown
}

/**
 * Receives notifications in `node:http`, Express and the like. It reads the body itself: put it before any body
 * parser, or let that one keep the bytes (`express.raw`).
 *
 * ```ts
 * app.post('/notify', nodeHandler(notifications, { 'TRANSACTION.SUCCESS': ({ resource }) => … }))
 * app.use(express.json())
 * ```
 *
 * @returns a function that answers and never rejects
 */
export function nodeHandler(
  notifications: Notifications,
  on: NotificationHandler,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const { method, headers } = request
    const body = (limit: number) => readNodeBody(request, limit)
    const answer = await notifications.respond({ method, headers, body }, on)
    response.statusCode = answer.status
    for (const [name, value] of answer.headers) response.setHeader(name, value)
    response.end(new Uint8Array(await answer.arrayBuffer()))
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

/** By events: an iterator that is left early would close the connection before the answer. */
function readStream(request: NodeRequest, limit: number): Promise<Uint8Array> {
  // It would never tell.
  if (request.destroyed && !request.readableDidRead) throwBrokenBody()
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
    if (error instanceof BodyTooLong) throw error
    return throwBrokenBody()
  })
}
