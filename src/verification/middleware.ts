import { type Clock, systemClock } from '../clock.ts'
import { VerificationError } from '../errors.ts'
import { brokenOff } from '../network.ts'
import { knownKeys, type PlatformKeys } from './platform.ts'
import { verified } from './verify.ts'

/** Whom to trust. */
export interface VerificationOptions {
  /** WeChat Pay's public keys by serial. */
  platform: PlatformKeys
  /**
   * Operations whose 2xx WeChat Pay does not sign, as `GET /v3/billdownload/file`: method and template
   * path, compared whole. None by default. Their answers reach the caller as they come.
   */
  unsigned?: ReadonlySet<string> | undefined
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: Clock | undefined
}

/** An openapi-fetch middleware that verifies. It must be the first to touch a response. */
export interface VerificationMiddleware {
  onRequest(context: { request: Request }): Promise<Request>
  onResponse(context: { request: Request; response: Response; schemaPath: string }): Promise<Response>
}

/**
 * Verifies answers, on any openapi-fetch client. Register it after every other middleware but
 * `signature()`: openapi-fetch hands a response to the last one first.
 *
 * A 2xx is verified before anything parses it. Anything else that is not a redirect passes unverified:
 * an error answer is a diagnosis, never proof of an order's state.
 *
 * @throws {ConfigError} when there is no key
 * @throws {KeyError} at once for a key that is certainly wrong, with the first request for one that
 *   cannot be imported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export function verification(options: VerificationOptions): VerificationMiddleware {
  const { unsigned, clock = systemClock } = options
  const keys = knownKeys(options.platform)
  return {
    async onRequest({ request }) {
      await keys.ready()
      return request.redirect === 'manual' ? request : new Request(request, { redirect: 'manual' })
    },
    async onResponse({ request, response, schemaPath }) {
      const operation = `${request.method} ${schemaPath}`
      const context = { operation, requestId: response.headers.get('Request-ID') ?? undefined }
      refuseRedirect(response, context)
      if (!response.ok || unsigned?.has(operation)) return response
      const body = () =>
        response.arrayBuffer().then((bytes) => new Uint8Array(bytes), brokenOff(request, context))
      const bytes = await verified({ headers: response.headers, body }, keys, clock, context)
      const { status, statusText, headers } = response
      // A new one, so that what the caller reads is what was verified. A 204 or 205 may not have a body.
      return new Response(bytes.length > 0 ? new Uint8Array(bytes) : null, { status, statusText, headers })
    },
  }
}

function refuseRedirect(
  response: Response,
  context: { operation: string; requestId: string | undefined },
): void {
  const { status, type, redirected } = response
  if (!redirected && type !== 'opaqueredirect' && (status < 300 || status > 399)) return
  throw new VerificationError(
    'ERR_RESPONSE_REDIRECT',
    redirected ? 'fetch followed a redirect' : `the answer redirects elsewhere (HTTP ${status})`,
    { ...context, hint: 'WeChat Pay does not redirect: check baseUrl, and what stands in between' },
  )
}
