import type { RetryPolicy } from './policy.ts'

/**
 * Milliseconds to wait before the next attempt: exponential, half of it random, so that callers who failed together do
 * not come back together. It is never shorter than `Retry-After`.
 *
 * @param failed number of attempts that failed so far
 * @param random from 0 to below 1
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function delayBefore(
  failed: number,
  { minDelay, maxDelay }: RetryPolicy,
  retryAfter: number | undefined,
  random: number,
): number {
  const exponential = Math.min(minDelay * 2 ** (failed - 1), maxDelay)
  return Math.max(exponential / 2 + (exponential / 2) * random, retryAfter ?? 0)
}

/** `Retry-After` in milliseconds from now; undefined when it is absent or unreadable. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('Retry-After')?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  // `Date.parse` takes all kinds of numbers for years.
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(date - now, 0)
}

/** Waits, until the signal ends the wait. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
