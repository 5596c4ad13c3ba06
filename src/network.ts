import { type ErrorContext, NetworkError } from './errors.ts'

/** What certainly failed before a request was written. */
const unsent = new WeakSet<Error>()

/**
 * What to do when a request or the reading of its answer fails: the caller's own abort stays as it is, the rest becomes
 * a {@link NetworkError}.
 *
 * @param sending the platform's own `fetch` failed, so that what it says of the connection can be believed
 */
export function asNetworkError(
  context: ErrorContext,
  signal?: AbortSignal,
  sending = false,
): (thrown: unknown) => never {
  return (thrown) => {
    if (signal?.aborted || thrown instanceof NetworkError) throw thrown
    const cause = bare(thrown)
    const reason = cause && reasonOf(cause)
    const error = new NetworkError(
      'ERR_NETWORK',
      `no answer came, or it broke off${reason ? ` (${reason})` : ''}`,
      { ...context, hint: 'The request may have taken effect: query before you repeat it', cause },
    )
    if (sending && neverConnected(thrown)) unsent.add(error)
    throw error
  }
}

/** Is it certain that the request never left? Only where the platform tells; else no. */
export function neverSent(failure: unknown): boolean {
  return failure instanceof Error && unsent.has(failure)
}

interface SystemError {
  code?: unknown
  syscall?: unknown
  errors?: readonly SystemError[]
}

// A connection that was made reports some of the same codes later, when it is read: the system call tells them apart.
function neverConnected(thrown: unknown): boolean {
  const cause = thrown instanceof TypeError ? (thrown.cause as SystemError | undefined) : undefined
  if (typeof cause !== 'object' || cause === null) return false
  const { code, syscall, errors } = cause
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || syscall === 'getaddrinfo' || syscall === 'connect') return true
  return Array.isArray(errors) && errors.length > 0 && errors.every((one) => one?.syscall === 'connect')
}

interface Bare extends Error {
  code?: string
}

/** Name, message, code and stack alone: errors of some HTTP libraries carry the request with its Authorization. */
export function bare(thrown: unknown, depth = 0): Bare | undefined {
  if (!(thrown instanceof Error) || depth > 3) return undefined
  const cause = bare(thrown.cause, depth + 1)
  const copy: Bare = new Error(thrown.message, cause && { cause })
  copy.name = thrown.name
  if (thrown.stack) copy.stack = thrown.stack
  const { code } = thrown as { code?: unknown }
  if (typeof code === 'string') copy.code = code
  return copy
}

/** `fetch failed` says nothing; what lies at the bottom does. */
function reasonOf(error: Bare): string {
  return error.cause instanceof Error ? reasonOf(error.cause) : (error.code ?? error.message)
}
