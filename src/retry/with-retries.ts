import { NetworkError, RequestError, VerificationError } from '../errors.ts'
import { neverSent } from '../network.ts'
import type { Operation } from '../operations/operation.ts'
import type { Judged } from '../response.ts'
import { delayBefore, pause, retryAfter } from './delay.ts'
import type { Outcome } from './outcome.ts'
import type { RetryPolicy } from './policy.ts'
import { hasEffect } from './retryable.ts'
import { type Hold, withTimeLimit } from './time-limit.ts'

/** What the retries need to know of a call. */
export interface RetryContext {
  operation: Operation
  /** The request, as it is sent. */
  request: Outcome['request']
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
  /** What became of the request is not known, though a response came. */
  unsettled: boolean
  /** Not even of the last attempt. */
  lastUnsettled: boolean
}

/** One attempt. */
export interface Attempt {
  /** 1 for the first. */
  number: number
  /** How many earlier attempts could not connect, or lost the connection. */
  disconnected: number
  signal: AbortSignal
  hold: Hold
  /** Called before the request is sent: what fails earlier has no effect. */
  sending(): void
}

const busy = new Set([429, 500, 502, 503, 504])

/**
 * Runs attempts until one succeeds, the request must not be sent again, or time or attempts run out.
 *
 * @throws what the last attempt threw; a `WechatpayError` says whether the request may have taken effect, and
 *   after several attempts it lists them
 */
export async function withRetries(
  attempt: (one: Attempt) => Promise<Judged>,
  { operation, request, retryable, signal, policy, start = Date.now(), onRetry }: RetryContext,
): Promise<Retried> {
  const attempts: string[] = []
  let disconnected = 0
  let unsettled = false
  for (let number = 1; ; number++) {
    const left = policy.deadline - (Date.now() - start)
    let judged: Judged | undefined
    let failure: unknown
    let sent = false
    const sending = () => {
      sent = true
    }
    try {
      judged = await withTimeLimit(
        (limit, hold) => attempt({ number, disconnected, signal: limit, hold, sending }),
        {
          signal,
          timeout: Math.min(policy.timeout, left),
          context: { operation: operation.name },
        },
      )
    } catch (thrown) {
      failure = thrown
    }
    const response = judged?.response
    const reason = response ? reasonOfResponse(response) : reasonOfFailure(failure)
    attempts.push(reason ?? 'answered')
    const lastUnsettled = hasEffect(operation) && sent && mayHaveEffect(response, failure)
    unsettled ||= lastUnsettled
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
      if (judged)
        return { ...judged, attempts: attempts.length > 1 ? attempts : [], unsettled, lastUnsettled }
      // Loaded here, as a call that works never meets it.
      const { failureOf } = await import('./outcome.ts')
      throw failureOf(failure, { operation, request, attempts, unsettled, lastUnsettled })
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

/**
 * Whether a request that was sent may have taken effect, as far as this attempt shows. A failing gateway may have
 * forwarded it. Any other error response says that it was refused.
 */
function mayHaveEffect(response: Response | undefined, failure: unknown): boolean {
  if (response) return response.status >= 500
  // A RequestError is of one that could not be built.
  return !neverSent(failure) && !(failure instanceof RequestError)
}
