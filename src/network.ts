import { type Bare, bare } from './bare.ts'
import { ConfigError, type ErrorContext, NetworkError, RequestError } from './errors.ts'
import { isError } from './is-error.ts'

// Captured here: a wrapper that is installed later may repeat requests, so what it reports of a connection is not trusted.
const platformFetch = globalThis.fetch

/** Whether a call without a `fetch` of its own is sent by the platform itself. */
export function isPlatformFetch(fetch: unknown): boolean {
  return fetch === undefined && globalThis.fetch === platformFetch
}

/** Failures that certainly happened before a request was sent. */
const unsent = new WeakSet<Error>()

/**
 * Turns what `fetch`, or reading a response, failed with into a {@link NetworkError}. The caller's own abort is rethrown
 * as it is.
 *
 * @param trusted the failure comes from the platform's own `fetch`, so its system error can be trusted
 * @throws {ConfigError} ERR_CONFIG when a `fetch` of the app's does not know a `Request` of this platform
 * @throws {RequestError} ERR_REQUEST when `fetch` refused the request before sending it: a header that it sets itself
 */
export function asNetworkError(
  context: ErrorContext,
  signal?: AbortSignal,
  trusted = false,
): (thrown: unknown) => never {
  return (thrown) => {
    if (thrown instanceof NetworkError) throw thrown
    // The signal's own reason, as some runtimes fail a stream with a copy of it.
    if (signal?.aborted) throw signal.reason
    const cause = bare(thrown)
    if (!trusted && takesNoRequest(thrown)) {
      throw new ConfigError('ERR_CONFIG', "fetch does not know this platform's Request", {
        ...context,
        hint: 'Nothing was sent. Pass (request) => fetch(request, { dispatcher }) with the global fetch: see Proxies in the guide',
        cause,
      })
    }
    if (trusted && refusedByFetch(cause)) {
      const hint = 'Remove headers that fetch sets itself, such as Connection or Transfer-Encoding'
      throw new RequestError('ERR_REQUEST', `fetch refuses the request (${reasonOf(cause!)})`, {
        ...context,
        hint,
        cause,
      })
    }
    const reason = cause && reasonOf(cause)
    const error = new NetworkError(
      'ERR_NETWORK',
      `no response came, or it broke off${reason ? ` (${reason})` : ''}`,
      { ...context, hint: 'The request may have taken effect: query before you repeat it', cause },
    )
    if (trusted && neverConnected(thrown)) unsent.add(error)
    throw error
  }
}

// Another copy of undici, and node-fetch, take a Request that is not their own for a URL.
function takesNoRequest(thrown: unknown, depth = 0): boolean {
  if (!isError(thrown) || depth > 3) return false
  const { input } = thrown as { input?: unknown }
  const [asUrl, { message }] = ['[object Request]', thrown]
  return input === asUrl || message.endsWith(asUrl) || takesNoRequest(thrown.cause, depth + 1)
}

// The codes of undici, and of our own transport, for what they check before they connect.
function refusedByFetch(error: Bare | undefined): boolean {
  const { code } = (error?.cause ?? {}) as Bare
  return code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED' || code === 'ERR_HTTP_HEADER'
}

/** Whether the request certainly never left. False when the platform does not say. */
export function neverSent(failure: unknown): boolean {
  return failure instanceof Error && unsent.has(failure)
}

interface SystemError {
  code?: unknown
  syscall?: unknown
  errors?: readonly SystemError[]
}

// An established connection reports some of the same codes while it is read; only the system call differs.
function neverConnected(thrown: unknown): boolean {
  const cause =
    isError(thrown) && thrown.name === 'TypeError' ? (thrown.cause as SystemError | undefined) : undefined
  if (typeof cause !== 'object' || cause === null) return false
  const { code, syscall, errors } = cause
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || syscall === 'getaddrinfo' || syscall === 'connect') return true
  return Array.isArray(errors) && errors.length > 0 && errors.every((one) => one?.syscall === 'connect')
}

/** The innermost cause, since `fetch failed` by itself says nothing. */
function reasonOf(error: Bare): string {
  return error.cause instanceof Error ? reasonOf(error.cause) : (error.code ?? error.message)
}
