import { CertificateError, NetworkError, VerificationError, WechatpayError } from '../errors.ts'
import { neverSent } from '../network.ts'
import type { Operation } from '../operations/operation.ts'
import type { Judged } from '../response.ts'
import { delayBefore, pause, retryAfter } from './delay.ts'
import type { RetryPolicy } from './policy.ts'
import { type Hold, withTimeLimit } from './time-limit.ts'

/** What the retries need to know of a call. */
export interface RetryContext {
  operation: Operation
  /** Whether it may be sent again. Called only when an attempt failed. */
  retryable: () => boolean
  /** The caller's own signal. */
  signal: AbortSignal | undefined
  policy: RetryPolicy
  /** When the deadline began to run, in milliseconds since 1970. Default: now. */
  start?: number | undefined
  /** Called before each pause. */
  onRetry?: ((event: { attempt: number; reason: string; delay: number }) => void) | undefined
}

/** The last response, and the outcome of each attempt. */
export interface Retried extends Judged {
  /** The outcome of each attempt in order, when there was more than one. */
  attempts: readonly string[]
}

/** One attempt. */
export interface Attempt {
  /** 1 for the first. */
  number: number
  /** How many earlier attempts could not connect, or lost the connection. */
  disconnected: number
  signal: AbortSignal
  hold: Hold
}

const busy = new Set([429, 500, 502, 503, 504])

/**
 * Runs attempts until one succeeds, the request must not be sent again, or time or attempts run out.
 *
 * @throws what the last attempt threw; a {@link WechatpayError} after several attempts lists them in its message and in
 *   `attempts`
 */
export async function withRetries(
  attempt: (one: Attempt) => Promise<Judged>,
  { operation, retryable, signal, policy, start = Date.now(), onRetry }: RetryContext,
): Promise<Retried> {
  const attempts: string[] = []
  let disconnected = 0
  for (let number = 1; ; number++) {
    const left = policy.deadline - (Date.now() - start)
    let judged: Judged | undefined
    let failure: unknown
    try {
      judged = await withTimeLimit((limit, hold) => attempt({ number, disconnected, signal: limit, hold }), {
        signal,
        timeout: Math.min(policy.timeout, left),
        context: { operation: operation.name },
      })
    } catch (thrown) {
      failure = thrown
    }
    const response = judged?.response
    const reason = response ? reasonOfResponse(response) : reasonOfFailure(failure)
    attempts.push(reason ?? 'answered')
    const again = reason !== undefined && !signal?.aborted && (neverSent(failure) || retryable())
    if (again && failure instanceof NetworkError) disconnected++
    const delay = delayBefore(
      number,
      policy,
      response && retryAfter(response.headers, Date.now()),
      Math.random(),
    )
    const fits = delay <= policy.maxDelay && Date.now() - start + delay < policy.deadline
    if (!again || !fits || number >= policy.attempts) {
      if (!judged) throw withAttempts(failure, attempts)
      return { ...judged, attempts: attempts.length > 1 ? attempts : [] }
    }
    // Frees the connection of the response that is dropped.
    response?.body?.cancel().catch(() => {})
    onRetry?.({ attempt: number, reason, delay })
    await pause(delay, signal)
  }
}

function reasonOfResponse({ status }: Response): string | undefined {
  return busy.has(status) ? `HTTP ${status}` : undefined
}

// A probe is a wrong signature on purpose; WeChat Pay does not probe the same request twice in a row.
function reasonOfFailure(failure: unknown): string | undefined {
  if (failure instanceof VerificationError)
    return failure.code === 'ERR_RESPONSE_PROBE' ? failure.code : undefined
  if (!(failure instanceof NetworkError)) return undefined
  const { cause } = failure as { cause?: { code?: string; cause?: { code?: string } } }
  const code = cause?.cause?.code ?? cause?.code
  return code ? `${failure.code} ${code}` : failure.code
}

function withAttempts(failure: unknown, attempts: readonly string[]): unknown {
  // A CertificateError is shared by all callers that waited for the certificates.
  const own = failure instanceof WechatpayError && !(failure instanceof CertificateError)
  if (attempts.length < 2 || !own) return failure
  failure.attempts = attempts
  failure.message += ` (${attempts.length} attempts: ${attempts.join(', ')})`
  return failure
}
