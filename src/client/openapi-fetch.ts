import createFetchClient, { type Middleware } from 'openapi-fetch'
import { bare } from '../bare.ts'
import { writeBody } from '../body.ts'
import { sameBytes } from '../bytes.ts'
import { ConfigError, RequestError, WechatpayError } from '../errors.ts'
import type { Attempted } from '../exchange/attempts.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { SealedForm } from '../exchange/outgoing.ts'
import { Draft, outgoingOf } from '../exchange/outgoing.ts'
import { ownProperties } from '../own.ts'
import { withBody } from '../response.ts'
import { fillPath } from '../url/path.ts'
import { writeQuery } from '../url/query.ts'
import type { Init, Method, PreparedCall } from './prepare.ts'

/** What openapi-fetch made of a response, and the exchange that it came from. */
export interface Sent {
  /** Of a 2xx: its body, read as the call's `parseAs` says. */
  data?: unknown
  /** Of any other status. */
  error?: unknown
  response: Response
  exchanged: Attempted
}

/** Builds the request of a call, sends it through the exchange, and reads the response's body. */
export type Send = (call: PreparedCall, form?: SealedForm) => Promise<Sent>

// openapi-fetch's own types are for a client of one `paths` type.
type Core = Record<
  Method,
  (
    path: string,
    init: object,
  ) => Promise<Omit<Sent, 'exchanged' | 'response'> & { response: Response | TextResponse }>
>

/**
 * openapi-fetch, with the exchange in place of its `fetch`. It builds the request, runs the middleware and parses the
 * response.
 *
 * @param headers sent with every request
 */
export function openapiFetch(
  exchange: Exchange,
  headers: Readonly<Record<string, string>> | undefined,
): Send {
  const core = createFetchClient(headers && { headers }) as unknown as Core
  return async (call, form) => {
    const { method, schemaPath, operation, init, middleware, entryPoints, parseAs } = call
    const { name, traits } = operation
    let built = false
    let exchanging: Promise<Attempted> | undefined
    // Runs before the user's middleware, so that an error of theirs is not reported as one of the request.
    const first: Middleware = {
      onRequest() {
        built = true
      },
    }

    async function exchanged(request: Request | Draft): Promise<Attempted> {
      const outgoing = request instanceof Draft ? request : await outgoingOf(request, form !== undefined)
      if (form && !(outgoing.body instanceof Uint8Array && sameBytes(outgoing.body, form.body)))
        throw changedForm(name)
      const { policy, start, fetch, progress } = call
      return exchange(outgoing, { operation, entryPoints, policy, start, fetch, progress, form })
    }

    const params = ownProperties(init.params ?? {})
    // Each name that openapi-fetch reads is given, so that it reads none that is inherited.
    const settled = await core[method](schemaPath, {
      ...init,
      body: init.body,
      signal: init.signal,
      headers: form ? withType(init.headers, form.contentType) : init.headers,
      baseUrl: entryPoints[0],
      params: { header: undefined, cookie: undefined, query: undefined, ...params, path: params.path ?? {} },
      parseAs: parseAs === 'json' ? 'text' : parseAs,
      redirect: 'manual',
      Request: middleware.length > 0 ? undefined : Draft,
      pathSerializer(url: string, values: Record<string, unknown>) {
        const base = url.slice(0, -schemaPath.length)
        return base + fillPath(schemaPath, values, name)
      },
      querySerializer: (query: Record<string, unknown>) => writeQuery(query, name, traits.query?.json),
      bodySerializer: (body: unknown) => form?.body ?? writeBody(body, name),
      middleware: middleware.length > 0 ? [first, ...middleware] : [],
      async fetch(request: Request | Draft) {
        built = true
        exchanging = exchanged(request)
        const { response, bytes } = await exchanging
        if (!bytes) return response
        const text = middleware.length === 0 && (!response.ok || parseAs === 'json')
        return text ? new TextResponse(response, bytes) : withBody(response, bytes)
      },
    }).catch((thrown) => {
      if (built || thrown instanceof WechatpayError) throw thrown
      const header = invalidHeader(headers) ?? invalidHeader(init.headers)
      const problem = header ? `header ${header} is not valid in HTTP` : 'the request cannot be built'
      // The platform's message about a header quotes its value, which may be a secret.
      const context = header ? {} : { hint: 'Check headers and body; a GET has no body', cause: bare(thrown) }
      throw new RequestError('ERR_REQUEST', problem, { operation: name, ...context })
    })
    if (!exchanging) throw answered(name)
    // Awaited once more: a middleware's onError may see a failure, but must not turn it into a response.
    const { response } = settled
    return {
      ...settled,
      response: response instanceof TextResponse ? response.received : response,
      exchanged: await exchanging,
    }
  }
}

/** What openapi-fetch reads of a response whose text it wants. A `Response` would make a stream of the body first. */
class TextResponse {
  readonly received: Response
  readonly #bytes: Uint8Array

  constructor(received: Response, bytes: Uint8Array) {
    this.received = received
    this.#bytes = bytes
  }

  get status(): number {
    return this.received.status
  }

  get ok(): boolean {
    return this.received.ok
  }

  get headers(): Headers {
    return this.received.headers
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(this.#bytes)
  }
}

function answered(operation: string): ConfigError {
  return new ConfigError(
    'ERR_CONFIG_MIDDLEWARE',
    'a middleware returned a response, so nothing was sent or verified',
    { operation, hint: 'To fake responses in a test, give fetch, or use wechatpay-sandbox' },
  )
}

function changedForm(operation: string): ConfigError {
  return new ConfigError('ERR_CONFIG_MIDDLEWARE', 'a middleware changed the form, whose parts are signed', {
    operation,
    hint: 'Change file and meta before the call',
  })
}

function withType(headers: Init['headers'], type: string): Headers {
  const whole = new Headers(headers)
  whole.set('Content-Type', type)
  return whole
}

function invalidHeader(headers: Init['headers']): string | undefined {
  if (typeof headers !== 'object' || headers === null || headers instanceof Headers) return undefined
  const entries: unknown[][] = Array.isArray(headers) ? headers : Object.entries(headers)
  const wrong = entries.find(([name, value]) => {
    try {
      new Headers([[String(name), String(value)]])
      return false
    } catch {
      return true
    }
  })
  return wrong && JSON.stringify(String(wrong[0]).slice(0, 64))
}
