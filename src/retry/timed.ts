import { type ErrorContext, NetworkError } from '../errors.ts'

/** How one attempt may end early. */
export interface Limits {
  /** The caller's own signal. */
  signal: AbortSignal | undefined
  /** Milliseconds. */
  timeout: number
  context: ErrorContext
}

/**
 * Runs one attempt with a signal that fires when the caller aborts or the time is up.
 *
 * @param keep whether the caller's signal stays joined to a result, as to a file that is still being read
 * @throws {NetworkError} ERR_TIMEOUT when the time was up; the caller's own reason when the caller aborted
 */
export async function timed<T>(
  run: (signal: AbortSignal) => Promise<T>,
  { signal, timeout, context }: Limits,
  keep: (result: T) => boolean,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  const abort = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  let late: NetworkError | undefined
  let kept = false
  const timer = setTimeout(() => {
    late = new NetworkError('ERR_TIMEOUT', `no answer within ${timeout} ms`, {
      ...context,
      hint: 'The request may have taken effect: query before you repeat it',
    })
    controller.abort(late)
  }, timeout)
  // A `fetch` that does not heed its signal shall not hold the caller.
  const expired = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
  })
  try {
    const result = await Promise.race([run(controller.signal), expired])
    kept = keep(result)
    return result
  } catch (thrown) {
    if (late) throw late
    if (signal?.aborted) throw signal.reason
    throw thrown
  } finally {
    clearTimeout(timer)
    if (!kept) signal?.removeEventListener('abort', abort)
  }
}
