import { type Clock, systemClock } from '../clock.ts'
import { knownOperations, operationOr } from '../operations/operation.ts'
import type { Operations } from '../operations/table.ts'
import { withBody } from '../response.ts'
import { knownKeys, type PlatformKeys } from '../verification/platform.ts'
import { verifyResponse } from '../verification/verify-response.ts'

/** Options of {@link verification}. */
export interface VerificationOptions {
  /** WeChat Pay's public keys by serial. */
  platform: PlatformKeys
  /** What the pages say of the operations that are called. Without it, the response of every operation is verified. */
  operations?: readonly Operations[] | undefined
  /** Returns milliseconds since 1970. Default: the system's clock. */
  clock?: Clock | undefined
}

/** An openapi-fetch middleware that verifies. It must be the first to see a response. */
export interface VerificationMiddleware {
  onRequest(context: { request: Request }): Promise<Request>
  onResponse(context: { request: Request; response: Response; schemaPath: string }): Promise<Response>
}

/**
 * Verifies responses, on any openapi-fetch client. Register it after every other middleware except `signature()`:
 * openapi-fetch passes a response to the last one first.
 *
 * A 2xx is verified before anything parses it; operations whose 2xx WeChat Pay does not sign are looked up in
 * `operations` by method and template path. A redirect is refused. An error response passes unverified: it is a diagnosis, never proof of an order's
 * state.
 *
 * @throws {ConfigError} when there is no key
 * @throws {KeyError} for a key that is certainly wrong; one that fails to import rejects the first request
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export function verification(options: VerificationOptions): VerificationMiddleware {
  const { clock = systemClock } = options
  const keys = knownKeys(options.platform)
  const operations = knownOperations(options.operations ?? [])
  return {
    async onRequest({ request }) {
      await keys.ready()
      return request.redirect === 'manual' ? request : new Request(request, { redirect: 'manual' })
    },
    async onResponse({ request, response: received, schemaPath }) {
      const operation = operationOr(operations, request.method, schemaPath)
      const context = { operation, keys, clock, signal: request.signal }
      const { response, bytes } = await verifyResponse({ response: received }, context)
      // A new response, so that the caller reads the verified bytes.
      return bytes ? withBody(response, bytes) : response
    },
  }
}
