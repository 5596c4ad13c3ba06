/**
 * How a call is retried. After a request was sent, only a GET is retried, and an operation whose body carries the
 * merchant's own number of the request. A request that certainly never left may always be tried again.
 */
export interface RetryOptions {
  /** Attempts in all. Default: 3; 1 never retries. */
  attempts?: number
  /** Milliseconds before the first retry. Default: 300. It doubles each time, and up to half of it is random. */
  minDelay?: number
  /** The longest delay in milliseconds. Default: 5,000. A longer `Retry-After` ends the call. */
  maxDelay?: number
}

/** How long a call may take. */
export interface TimeOptions {
  /**
   * Milliseconds for one attempt, until its response is read and verified (for a file: until it begins). Default:
   * 20,000.
   */
  timeout?: number
  /** Milliseconds for all attempts and the pauses between them. Default: 60,000. */
  deadline?: number
}

/** The same with every default filled in. */
export type RetryPolicy = Required<RetryOptions> & Required<TimeOptions>

interface PolicyOptions {
  timeout?: number | undefined
  deadline?: number | undefined
  /** `false` never retries. */
  retry?: RetryOptions | false | undefined
}

/** Fills in the defaults: those of the client for one call, and ours. */
export function retryPolicy(options: PolicyOptions = {}, client: PolicyOptions = {}): RetryPolicy {
  const never = { attempts: 1 }
  const ofClient = client.retry === false ? never : client.retry
  const own = options.retry === false ? never : options.retry
  // A call that names some of the options of `retry` keeps the client's others.
  const { attempts, minDelay, maxDelay } = {
    attempts: 3,
    minDelay: 300,
    maxDelay: 5_000,
    ...ofClient,
    ...own,
  }
  const timeout = options.timeout ?? client.timeout ?? 20_000
  const deadline = options.deadline ?? client.deadline ?? 60_000
  return { attempts, minDelay, maxDelay, timeout, deadline }
}
