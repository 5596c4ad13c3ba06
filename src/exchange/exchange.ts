import { brokenOff } from './network.ts'
import type { SignatureMiddleware } from './signature/middleware.ts'
import type { VerificationMiddleware } from './verification/middleware.ts'

/** Sends a request that is signed already. */
export type Fetch = (request: Request) => Promise<Response>

/** Signs a request, sends it, and returns the answer once it is verified. */
export type Exchange = (request: Request, schemaPath: string, fetch: Fetch | undefined) => Promise<Response>

/**
 * The one way out and in. It stands nearest to the wire, below openapi-fetch and every middleware of the
 * user's: signing comes last, verification first, and a repetition would be signed anew.
 */
export function exchange(sign: SignatureMiddleware, verify: VerificationMiddleware): Exchange {
  return async (built, schemaPath, fetch) => {
    const request = await sign.onRequest({ request: await verify.onRequest({ request: built }) })
    // The global one is looked up late, for those who replace it.
    const send = async () => (fetch ?? globalThis.fetch)(request)
    const response = await send().catch(brokenOff(request, { operation: `${request.method} ${schemaPath}` }))
    return verify.onResponse({ request, response, schemaPath })
  }
}
