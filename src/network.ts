import { bare, reasonOf } from './bare.ts'
import { type ErrorContext, NetworkError } from './errors.ts'

// Captured here: a wrapper that is installed later may repeat requests, so what it reports of a connection is not trusted.
const platformFetch = globalThis.fetch

/** Whether a call without a `fetch` of its own is sent by the platform itself. */
export function isPlatformFetch(fetch: unknown): boolean {
  return fetch === undefined && globalThis.fetch === platformFetch
}

/** Failures that certainly happened before a request was sent. */
const unsent = new WeakSet<Error>()

/**
 * Turns what reading a response failed with into a {@link NetworkError}. The caller's own abort is rethrown as it is.
 */
export function asNetworkError(context: ErrorContext, signal?: AbortSignal): (thrown: unknown) => never {
  return (thrown) => {
    if (thrown instanceof NetworkError) throw thrown
    // The signal's own reason, as some runtimes fail a stream with a copy of it.
    if (signal?.aborted) throw signal.reason
    const cause = bare(thrown)
    const reason = cause && reasonOf(cause)
    throw new NetworkError(
      'ERR_NETWORK',
      `no response came, or it broke off${reason ? ` (${reason})` : ''}`,
      { ...context, cause },
    )
  }
}

/**
 * The same for what `fetch` failed with.
 *
 * @param trusted the failure comes from the platform's own `fetch`, so its system error can be trusted
 * @throws {ConfigError} ERR_CONFIG when a `fetch` of the app's does not know a `Request` of this platform
 * @throws {RequestError} ERR_REQUEST when `fetch` refused the request before sending it: a header that it sets itself
 */
export function asFetchError(
  context: ErrorContext,
  signal: AbortSignal,
  trusted: boolean,
): (thrown: unknown) => Promise<never> {
  return async (thrown) => {
    if (signal.aborted) return asNetworkError(context, signal)(thrown)
    // Loaded here, as a request that is sent never needs it.
    const { unsentError } = await import('./unsent.ts')
    const error = unsentError(thrown, context, trusted)
    if (!error) return asNetworkError(context, signal)(thrown)
    unsent.add(error)
    throw error
  }
}

/** Whether the request certainly never left. False when the platform does not say. */
export function neverSent(failure: unknown): boolean {
  return failure instanceof Error && unsent.has(failure)
}
