import createFetchClient, { type Middleware } from 'openapi-fetch'
import type { Result } from '../../generated/shared.ts'
import { writeBody } from '../body.ts'
import { ConfigError, RequestError, WechatpayError } from '../errors.ts'
import { apiError, parsed } from '../exchange/api-error.ts'
import { entryPoints } from '../exchange/entry-points.ts'
import type { Exchange, Exchanged, Fetch } from '../exchange/exchange.ts'
import { Draft, outgoingOf } from '../exchange/outgoing.ts'
import { openData } from '../fields/open-response.ts'
import type { WrittenForm } from '../files/form.ts'
import type { Decrypter } from '../keys/decrypter.ts'
import { type Operation, operationOf } from '../operation.ts'
import { type RetryOptions, retryPolicy, type TimeOptions } from '../retry/policy.ts'
import { withTimeLimit } from '../retry/time-limit.ts'
import { fillPath, template } from '../url/path.ts'
import { writeQuery } from '../url/query.ts'
import { isBaseUrl, isDuration } from './options.ts'

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export type Method = (typeof methods)[number]

/** What a call may carry at run time; the types of each operation are narrower. */
export interface Init extends TimeOptions {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown> }
  body?: unknown
  headers?: HeadersInit
  signal?: AbortSignal
  baseUrl?: string
  fetch?: Fetch
  middleware?: readonly Middleware[]
  parseAs?: string
  retry?: false
}

/** A form that is sealed, and the key that it is sealed with. */
export interface SealedForm extends WrittenForm {
  platformSerial: string | undefined
}

/** What all calls of a client share. */
export interface CallParts {
  exchange: Exchange
  /** Writes the form of an upload. */
  form: (body: unknown, operation: Operation, signal: AbortSignal) => Promise<SealedForm>
  decrypter: Decrypter
  baseUrl?: string | undefined
  backupUrl?: string | undefined
  fetch?: Fetch | undefined
  headers?: Readonly<Record<string, string>> | undefined
  middleware: readonly Middleware[]
  retry?: RetryOptions | false | undefined
  time: TimeOptions
}

/** openapi-fetch as it is used here: its own types are made for another client than ours. */
type Core = Record<Method, (path: string, init: object) => Promise<Settled>>

interface Settled {
  data?: unknown
  error?: unknown
  response: Response
}

/** One call: openapi-fetch builds the request and reads the answer, the exchange does what lies between. */
export type Call = (method: Method, path: string, init?: Init) => Promise<Result<unknown>>

/** Makes the calls of a client. */
export function calls(parts: CallParts): Call {
  const { headers } = parts
  const core = createFetchClient(headers && { headers }) as unknown as Core
  return async (method, path, init = {}) => {
    const schemaPath = template(path)
    const operation = operationOf(method, schemaPath)
    const { name, traits } = operation
    const parseAs = init.parseAs ?? (traits.file ? 'stream' : 'json')
    if (init.baseUrl !== undefined && !isBaseUrl(init.baseUrl)) {
      throw new RequestError('ERR_REQUEST', 'baseUrl is not an http(s) URL', { operation: name })
    }
    const start = Date.now()
    const policy = retryPolicy(init.retry ?? parts.retry, { ...parts.time, ...limits(init, name) })
    const within = <T>(run: (signal: AbortSignal) => Promise<T>) =>
      withTimeLimit(run, {
        signal: init.signal,
        timeout: Math.max(policy.deadline - (Date.now() - start), 1),
        context: { operation: name },
      })
    const form =
      traits.form && init.body !== undefined
        ? await within((signal) => parts.form(init.body, operation, signal))
        : undefined
    const entries = entryPoints(traits, init.baseUrl === undefined ? parts : { baseUrl: init.baseUrl })
    const middleware = [...parts.middleware, ...(init.middleware ?? [])]
    let built = false
    let outcome: { exchanged: Exchanged } | { failure: unknown } | undefined
    async function fetch(request: Request | Draft): Promise<Response> {
      built = true
      try {
        const outgoing = request instanceof Draft ? request : await outgoingOf(request, form !== undefined)
        const exchanged = await parts.exchange(outgoing, {
          operation,
          entryPoints: entries,
          policy,
          start,
          signed: form?.signed,
          platformSerial: form?.platformSerial,
          fetch: init.fetch ?? parts.fetch,
        })
        outcome = { exchanged }
        return exchanged.response
      } catch (failure) {
        outcome = { failure }
        throw failure
      }
    }
    // Says that the request was built, so that what fails from here on is not told as a request that cannot be.
    const first: Middleware = {
      onRequest() {
        built = true
      },
    }
    const settled = core[method](schemaPath, {
      ...init,
      ...(form && { headers: withType(init.headers, form.contentType) }),
      baseUrl: entries[0],
      params: { ...init.params, path: init.params?.path ?? {} },
      parseAs: parseAs === 'json' ? 'text' : parseAs,
      redirect: 'manual',
      Request: middleware.length > 0 ? undefined : Draft,
      pathSerializer: (url: string, values: Record<string, unknown>) =>
        url.slice(0, -schemaPath.length) + fillPath(schemaPath, values, name),
      querySerializer: (query: Record<string, unknown>) => writeQuery(query, name, traits.query?.json),
      bodySerializer: (body: unknown) => form?.body ?? writeBody(body, name),
      middleware: middleware.length > 0 ? [first, ...middleware] : [],
      fetch,
    })
    const { data, error, response } = await settled.catch((thrown) => {
      if (built || thrown instanceof WechatpayError) throw thrown
      throw new RequestError('ERR_REQUEST', 'the request cannot be built', {
        operation: name,
        hint: 'Look at headers and body; a GET has no body',
        cause: thrown,
      })
    })
    // A middleware's onError may look at a failure; it cannot make an answer of it.
    if (outcome && 'failure' in outcome) throw outcome.failure
    if (!outcome) {
      throw new ConfigError(
        'ERR_CONFIG_MIDDLEWARE',
        'a middleware answered, so nothing was sent or verified',
        { operation: name, hint: 'To answer in a test, give fetch, or use wechatpay-sandbox' },
      )
    }
    if (response.ok && !outcome.exchanged.response.ok) {
      throw new ConfigError('ERR_CONFIG_MIDDLEWARE', 'a middleware made a success of an error answer', {
        operation: name,
        hint: 'A Response that is made anew needs the status of the one that came',
      })
    }
    if (!response.ok) return { error: apiError(response, error, outcome.exchanged), response }
    if (parseAs !== 'json') return { data, response }
    const context = { operation: name, requestId: response.headers.get('Request-ID') ?? undefined }
    const value = parsed(data, context)
    const { response: places } = traits
    const opened = places
      ? await within(() => openData(value, places, parts.decrypter.decrypt, context))
      : value
    return { data: opened, response }
  }
}

function limits({ timeout, deadline }: TimeOptions, operation: string): TimeOptions {
  const given = Object.entries({ timeout, deadline }).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    if (isDuration(value)) continue
    throw new RequestError('ERR_REQUEST', `${name} is not a positive number of milliseconds`, { operation })
  }
  return Object.fromEntries(given)
}

function withType(headers: HeadersInit | undefined, type: string): Headers {
  const whole = new Headers(headers)
  whole.set('Content-Type', type)
  return whole
}
