import { type ErrorContext, NetworkError } from './errors.ts'

/**
 * What to do when a request or the reading of its answer fails: an abort stays as it is, the rest becomes a
 * {@link NetworkError}.
 */
export function brokenOff(context: ErrorContext, signal?: AbortSignal): (thrown: unknown) => never {
  return (thrown) => {
    if (signal?.aborted || thrown instanceof NetworkError) throw thrown
    if (thrown instanceof Error && thrown.name === 'AbortError') throw thrown
    const cause = bare(thrown)
    const reason = cause && reasonOf(cause)
    throw new NetworkError('ERR_NETWORK', `no answer came, or it broke off${reason ? ` (${reason})` : ''}`, {
      ...context,
      hint: 'The request may have taken effect: query before you repeat it',
      cause,
    })
  }
}

// What these codes name happens before a request is written.
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Is it certain that the request never left? Only where the platform tells; else no. */
export function neverSent(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false
  const { code } = failure as { code?: unknown }
  return (typeof code === 'string' && unsentCodes.has(code)) || neverSent(failure.cause)
}

interface Bare extends Error {
  code?: string
}

/** Name, message, code and stack alone: errors of some HTTP libraries carry the request with its Authorization. */
function bare(thrown: unknown, depth = 0): Bare | undefined {
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
