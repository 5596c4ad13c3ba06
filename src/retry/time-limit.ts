import { type ErrorContext, NetworkError } from '../errors.ts'

/** What ends a step early. */
export interface TimeLimit {
  /** The caller's own signal. */
  signal: AbortSignal | undefined
  /** Milliseconds. */
  timeout: number
  context: ErrorContext
}

/**
 * Keeps the caller's signal connected after the attempt, for a file that is still being read.
 *
 * @returns disconnects it
 */
export type Hold = () => () => void

/**
 * Runs a step with a signal that fires when the caller aborts or the time runs out.
 *
 * @throws {NetworkError} ERR_TIMEOUT when the time runs out; the caller's own reason when the caller aborts
 */
export async function withTimeLimit<T>(
  run: (signal: AbortSignal, hold: Hold) => Promise<T>,
  { signal, timeout, context }: TimeLimit,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  let expire: (reason: unknown) => void
  // Do not wait for a `fetch` that ignores its signal.
  const expired = new Promise<never>((_, reject) => {
    expire = reject
  })
  const end = (reason: unknown) => {
    controller.abort(reason)
    expire(reason)
  }
  const abort = () => end(signal?.reason)
  const release = () => signal?.removeEventListener('abort', abort)
  signal?.addEventListener('abort', abort, { once: true })
  let late: NetworkError | undefined
  let held = false
  const timer = setTimeout(() => {
    late = new NetworkError('ERR_TIMEOUT', `no response within ${timeout} ms`, context)
    end(late)
  }, timeout)
  const hold = () => {
    held = true
    return release
  }
  try {
    return await Promise.race([run(controller.signal, hold), expired])
  } catch (thrown) {
    held = false
    if (late) throw late
    if (signal?.aborted) throw signal.reason
    throw thrown
  } finally {
    clearTimeout(timer)
    if (!held) release()
  }
}
