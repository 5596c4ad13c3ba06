import createFetchClient, { type Middleware } from 'openapi-fetch'
import { unsignedResponses } from '../generated/operations.ts'
import type { Result } from '../generated/shared.ts'
import { writeBody } from './body.ts'
import type { Clock } from './clock.ts'
import { ConfigError, RequestError, WechatpayError } from './errors.ts'
import { exchange, type Fetch } from './exchange.ts'
import type { PrivateKey } from './keys/signer.ts'
import { checkOptions, isBaseUrl } from './options.ts'
import { apiError, parsed } from './result.ts'
import { signature } from './signature/middleware.ts'
import { fillPath, template } from './url/path.ts'
import { writeQuery } from './url/query.ts'
import { verification } from './verification/middleware.ts'
import type { PlatformKeys } from './verification/platform.ts'

/** What {@link createClient} needs, and what it takes. */
export interface ClientOptions {
  /** Merchant number. */
  mchid: string
  /** Serial number of the merchant API certificate, in hexadecimal. */
  serial: string
  /** The merchant's private key: PEM (PKCS#8), a CryptoKey, or a remote signer. */
  privateKey: PrivateKey
  /** WeChat Pay's public keys by id; requests ask for answers signed with the first. */
  platform: PlatformKeys
  /** The APIv3 key, 32 bytes, that opens what WeChat Pay encrypts. */
  apiV3Key?: string
  /** `https://api.mch.weixin.qq.com` by default. */
  baseUrl?: string
  /** Sends the signed request; the platform's own `fetch` by default. */
  fetch?: Fetch
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>
  /**
   * openapi-fetch middleware. It sees a request before it is signed and an answer after it is verified;
   * it cannot answer in WeChat Pay's place.
   */
  middleware?: readonly Middleware[]
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: Clock
}

/** What a call may carry at run time; the types of each operation are narrower. */
interface Init {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown> }
  baseUrl?: string
  fetch?: Fetch
  middleware?: readonly Middleware[]
  parseAs?: string
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

type Method = (typeof methods)[number]

/** openapi-fetch as it is used here: its own types are made for another client than ours. */
type Core = Record<Method, (path: string, init: object) => Promise<Settled>>

interface Settled {
  data?: unknown
  error?: unknown
  response: Response
}

/**
 * A client of WeChat Pay's APIv3: each request is signed, each 2xx verified.
 *
 * ```ts
 * const client = createClient({ mchid, serial, privateKey, platform: { 'PUB_KEY_ID_…': pem } })
 * const { data, error } = await client.POST('/v3/pay/transactions/jsapi', { body })
 * ```
 *
 * A call resolves to `{ data, error, response }`: `error` is what WeChat Pay answered instead of a 2xx.
 * It rejects with a {@link WechatpayError} for what WeChat Pay did not say: a call that cannot be sent,
 * no answer, an answer that cannot be trusted; and with the caller's own reason when the caller aborts.
 *
 * @throws {ConfigError} for an option that is missing or malformed
 * @throws {KeyError} for a key that is certainly wrong; one that only fails to import rejects the calls
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function createClient<C>(options: ClientOptions): C {
  checkOptions(options)
  const { mchid, serial, privateKey, platform, clock, headers, middleware = [] } = options
  const { baseUrl = 'https://api.mch.weixin.qq.com', fetch: clientFetch } = options
  const [platformSerial] = Object.keys(platform)
  const sign = signature({ mchid, serial, privateKey, platformSerial, clock })
  const verify = verification({ platform, clock, unsigned: unsignedResponses })
  const send = exchange(sign, verify)
  const core = createFetchClient({ baseUrl, ...(headers && { headers }) }) as unknown as Core

  async function call(method: Method, path: string, init: Init = {}): Promise<Result<unknown>> {
    const schemaPath = template(path)
    const operation = `${method} ${schemaPath}`
    const { params = {}, parseAs = 'json', baseUrl: entry } = init
    if (entry !== undefined && !isBaseUrl(entry)) {
      throw new RequestError('ERR_REQUEST', 'baseUrl is not an http(s) URL', { operation })
    }
    let built = false
    let outcome: { failure?: unknown } | undefined
    const first: Middleware = {
      onRequest() {
        built = true
      },
    }
    async function fetch(request: Request): Promise<Response> {
      try {
        const response = await send(request, schemaPath, init.fetch ?? clientFetch)
        outcome = {}
        return response
      } catch (failure) {
        outcome = { failure }
        throw failure
      }
    }
    const settled = core[method](schemaPath, {
      ...init,
      params: { ...params, path: params.path ?? {} },
      parseAs: parseAs === 'json' ? 'text' : parseAs,
      redirect: 'manual',
      Request: undefined,
      pathSerializer: (url: string, values: Record<string, unknown>) =>
        url.slice(0, -schemaPath.length) + fillPath(schemaPath, values, operation),
      querySerializer: (query: Record<string, unknown>) => writeQuery(query, operation),
      bodySerializer: (body: unknown) => writeBody(body, operation),
      middleware: [first, ...middleware, ...(init.middleware ?? [])],
      fetch,
    })
    const { data, error, response } = await settled.catch((thrown) => {
      if (built || thrown instanceof WechatpayError) throw thrown
      throw new RequestError('ERR_REQUEST', 'the request cannot be built', {
        operation,
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
        {
          operation,
          hint: 'To answer in a test, give fetch, or use wechatpay-fetch/sandbox',
        },
      )
    }
    if (!response.ok) return { error: apiError(response, error), response }
    if (parseAs !== 'json') return { data, response }
    return parsed(data, response, { operation, requestId: response.headers.get('Request-ID') ?? undefined })
  }

  const verbs = methods.map((method) => [method, (path: string, init?: Init) => call(method, path, init)])
  return Object.fromEntries(verbs)
}
