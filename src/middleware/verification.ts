import { type Clock, systemClock } from '../clock.ts'
import { operationOf } from '../operation.ts'
import { knownKeys, type PlatformKeys } from '../verification/platform.ts'
import { verifyResponse } from '../verification/verify-response.ts'

/** Whom to trust. */
export interface VerificationOptions {
  /** WeChat Pay's public keys by serial. */
  platform: PlatformKeys
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
 * A 2xx is verified before anything parses it; the operations whose 2xx WeChat Pay does not sign are known by method
 * and template path. Anything else that is not a redirect passes unverified: an error answer is a diagnosis, never
 * proof of an order's state.
 *
 * @throws {ConfigError} when there is no key
 * @throws {KeyError} at once for a key that is certainly wrong, with the first request for one that
 *   cannot be imported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export function verification(options: VerificationOptions): VerificationMiddleware {
  const { clock = systemClock } = options
  const keys = knownKeys(options.platform)
  return {
    async onRequest({ request }) {
      await keys.ready()
      return request.redirect === 'manual' ? request : new Request(request, { redirect: 'manual' })
    },
    onResponse({ request, response, schemaPath }) {
      const operation = operationOf(request.method, schemaPath)
      return verifyResponse(response, { operation, keys, clock, signal: request.signal })
    },
  }
}
