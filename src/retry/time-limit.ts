import { type ErrorContext, NetworkError } from '../errors.ts'

/** How one attempt may end early. */
export interface TimeLimit {
  /** The caller's own signal. */
  signal: AbortSignal | undefined
  /** Milliseconds. */
  timeout: number
  context: ErrorContext
}

/**
 * Keeps the caller's signal joined beyond the attempt, as to a file that is still being read.
 *
 * @returns lets it go again
 */
export type Hold = () => () => void

/**
 * Runs one attempt with a signal that fires when the caller aborts or the time is up.
 *
 * @throws {NetworkError} ERR_TIMEOUT when the time was up; the caller's own reason when the caller aborted
 */
export async function withTimeLimit<T>(
  run: (signal: AbortSignal, hold: Hold) => Promise<T>,
  { signal, timeout, context }: TimeLimit,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  const release = () => signal?.removeEventListener('abort', abort)
  signal?.addEventListener('abort', abort, { once: true })
  let late: NetworkError | undefined
  let held = false
  const timer = setTimeout(() => {
    late = new NetworkError('ERR_TIMEOUT', `no answer within ${timeout} ms`, {
      ...context,
      hint: 'The request may have taken effect: query before you repeat it',
    })
    controller.abort(late)
  }, timeout)
  const hold = () => {
    held = true
    return release
  }
  // A `fetch` that does not heed its signal shall not hold the caller.
  const expired = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
  })
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
