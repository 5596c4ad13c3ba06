import { bare } from '../bare.ts'
import type { Bytes } from '../bytes.ts'
import { RequestError } from '../errors.ts'
import { asFetchError, isPlatformFetch } from '../network.ts'
import { ownProperties } from '../own.ts'
import { initOnce, requestOnce } from '../request-once.ts'
import { type Received, usableResponse } from '../response.ts'
import { transportOf } from './transport.ts'

/** Sends a signed request. */
export type Fetch = (request: Request) => Promise<Response>

/** A signed request, and how it is handed to `fetch`. */
export interface Dispatch {
  /** For messages. */
  operation: string
  method: string
  url: string
  headers: Headers
  body: string | Bytes | undefined
  /** Ends the exchange. */
  signal: AbortSignal
  /** Whether it must not be sent a second time, whatever sends it. */
  once(): boolean
  /** The response may be a stream that is read after the attempt. */
  file: boolean
  /** The platform's own by default. */
  fetch: Fetch | undefined
}

/** The request of each body that is being read: without it, Node no longer passes an abort on. */
const requests = new WeakMap<object, Request>()

/**
 * Sends a request once. The platform's `fetch` gets a URL and an init, as a `Request` costs a quarter of the whole exchange
 * in Node; a user's `fetch`, and what replaced the global one, get a `Request`.
 *
 * @throws {NetworkError} when no response comes
 * @throws {RequestError} ERR_REQUEST for a request that cannot be built
 */
export async function dispatch(request: Dispatch): Promise<Received> {
  const { operation, method, url, headers, body, signal, file, fetch } = request
  // The global fetch is looked up here, for those who replace it later.
  const send = fetch ?? globalThis.fetch
  const platform = isPlatformFetch(fetch)
  const direct = transportOf(send)
  const failed = asFetchError({ operation }, signal, platform || direct !== undefined)
  if (direct && !file) {
    const received = await direct(url, { method, headers, body, signal }).catch(failed)
    try {
      usableResponse(received.response, operation)
    } catch (refused) {
      received.cancel?.()
      throw refused
    }
    return received
  }
  if (platform && !file) {
    const response = await sendInit(request).catch(failed)
    return { response: usableResponse(response, operation) }
  }
  const built = build(request)
  const response = usableResponse(await (async () => send(built))().catch(failed), operation)
  if (response.body) requests.set(response.body, built)
  return { response }
}

async function sendInit({ method, url, headers, body, signal, once }: Dispatch): Promise<Response> {
  const init = { method, headers, redirect: 'manual', signal } as const
  return globalThis.fetch(url, once() ? initOnce(init, body) : initOf(init, body))
}

function build({ operation, method, url, headers, body, signal, once }: Dispatch): Request {
  const init = { method, headers, redirect: 'manual', signal } as const
  try {
    return once() ? requestOnce(url, init, body) : new Request(url, initOf(init, body))
  } catch (cause) {
    throw new RequestError('ERR_REQUEST', 'the platform refuses to build the request', {
      operation,
      cause: bare(cause),
    })
  }
}

function initOf(init: RequestInit, body: Dispatch['body']): RequestInit {
  return ownProperties({ ...init, body: (body ?? null) as BodyInit | null })
}
