/**
 * How a call is repeated. Only GET, and operations whose body carries the merchant's own number of the request, are
 * repeated once they were sent; anything may be tried again when it certainly never left.
 */
export interface RetryOptions {
  /** Attempts in all; 3 by default, 1 never repeats. */
  attempts?: number
  /** Milliseconds before the first repetition; 300 by default. It doubles each time, and up to half of it is random. */
  minDelay?: number
  /** The longest delay in milliseconds; 5,000 by default. A longer `Retry-After` ends the call. */
  maxDelay?: number
}

/** How long a call may take. */
export interface TimeOptions {
  /** Milliseconds for one attempt, until its answer is read and verified (of a file: until it begins); 20,000 by default. */
  timeout?: number
  /** Milliseconds for all attempts and what lies between them; 60,000 by default. */
  deadline?: number
}

/** The same with nothing left open. */
export type RetryPolicy = Required<RetryOptions> & Required<TimeOptions>

/** Fills in the defaults. */
export function retryPolicy(retry: RetryOptions | false = {}, time: TimeOptions = {}): RetryPolicy {
  const { attempts = 3, minDelay = 300, maxDelay = 5_000 } = retry || { attempts: 1 }
  const { timeout = 20_000, deadline = 60_000 } = time
  return { attempts, minDelay, maxDelay, timeout, deadline }
}
