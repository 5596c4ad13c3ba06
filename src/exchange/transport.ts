import type { Bytes } from '../bytes.ts'
import type { Received } from '../response.ts'

/** What a {@link Transport} sends. */
export interface Signed {
  method: string
  headers: Headers
  body: string | Bytes | undefined
  /** Ends the exchange, also while the body is read. */
  signal: AbortSignal
}

/**
 * Sends a signed request once and follows no redirect. Cheaper than a `fetch`, as it needs no `Request` and the response
 * no stream. Its errors are those that `fetch` throws.
 */
export type Transport = (url: string, request: Signed) => Promise<Received>

/** The property of a `fetch` function with its transport. Registered, so that two copies of this package agree. */
export const transport = /* @__PURE__ */ Symbol.for('wechatpay-fetch.transport')

/** The transport of a `fetch` function, if it has one. */
export function transportOf(fetch: unknown): Transport | undefined {
  if (typeof fetch !== 'function' || !Object.hasOwn(fetch, transport)) return undefined
  return (fetch as unknown as Record<typeof transport, Transport>)[transport]
}
