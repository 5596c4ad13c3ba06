import { type Bytes, utf8 } from './bytes.ts'
import { ownProperties } from './own.ts'

interface Process {
  versions?: Readonly<Record<string, string | undefined>>
}

/** Whether the platform's `fetch` is Node's, which sends a request again after HTTP 421 when its body can be read again. */
const repeats = /* @__PURE__ */ isNodeFetch()

/**
 * Builds a request that is sent once, whatever sends it. In Node its body is a stream that one reader gets: `fetch` does
 * not repeat it after HTTP 421, and neither does a wrapper that sends clones. Elsewhere it is an ordinary request, as no
 * other server runtime repeats one, and browsers do not stream bodies over HTTP/1.1.
 *
 * @param body even an empty one is given to Node as a stream, since it repeats a request without a body, too
 */
export function requestOnce(
  input: string | Request,
  init: RequestInit,
  body: string | Bytes | undefined,
): Request {
  if (!repeats) return new Request(input, whole(init, body))
  const bytes = bytesOf(body)
  const stream = streamOnce(bytes)

  function build(headers: RequestInit): Request {
    const request = new Request(input, streamed({ ...init, ...headers }, stream()))
    // Otherwise the length is unknown, and the body is sent in chunks.
    request.headers.set('Content-Length', String(bytes.length))
    const clone = () => legible(build({ headers: request.headers }), bytes)
    return Object.defineProperty(request, 'clone', { value: clone })
  }

  return build({})
}

/** The same for `fetch(url, init)`. */
export function initOnce(
  init: Omit<RequestInit, 'headers'> & { headers?: Headers },
  body: string | Bytes | undefined,
): RequestInit {
  if (!repeats) return whole(init, body)
  const bytes = bytesOf(body)
  const headers = new Headers(init.headers)
  headers.set('Content-Length', String(bytes.length))
  return streamed({ ...init, headers }, streamOnce(bytes)())
}

function whole(init: RequestInit, body: string | Bytes | undefined): RequestInit {
  const plain = body === undefined || body.length === 0 ? null : (body as BodyInit)
  return ownProperties({ ...init, body: plain })
}

function bytesOf(body: string | Bytes | undefined): Bytes {
  return typeof body === 'string' ? utf8(body) : (body ?? new Uint8Array())
}

function streamed(init: RequestInit, body: ReadableStream<Uint8Array>): RequestInit {
  return ownProperties({ ...init, body, duplex: 'half' }) as RequestInit
}

/** Streams of the same bytes, of which one can be read. */
function streamOnce(bytes: Bytes): () => ReadableStream<Uint8Array> {
  let taken = false
  return () =>
    new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (taken) throw new TypeError('this request is sent once, and was sent already')
          taken = true
          if (bytes.length > 0) controller.enqueue(bytes)
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
}

/** Lets a clone be read, for example by a log, without taking the body from the request that is sent. */
function legible(clone: Request, bytes: Bytes): Request {
  const type = clone.headers.get('Content-Type') ?? ''
  const copy = () => new Response(bytes, ownProperties({ headers: { 'Content-Type': type } }))
  for (const name of ['arrayBuffer', 'blob', 'formData', 'json', 'text'] as const)
    Object.defineProperty(clone, name, { value: () => copy()[name]() })
  return clone
}

function isNodeFetch(): boolean {
  const { undici, bun, deno, electron } = (globalThis as { process?: Process }).process?.versions ?? {}
  // An Electron page has Node's versions and Chromium's fetch.
  if (undici === undefined || bun !== undefined || deno !== undefined || electron !== undefined) return false
  // These fail instead of returning HTTP 401 when the body is a stream: https://github.com/nodejs/undici/issues/4910
  return !/^7\.(19|2[0-4])\./.test(undici)
}
