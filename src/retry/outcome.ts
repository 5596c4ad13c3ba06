import { CertificateError, KeyError, NetworkError, WechatpayError } from '../errors.ts'
import type { Operation } from '../operations/operation.ts'
import { settledBy } from '../operations/settled-by.ts'
import type { SettledBy } from '../settled-by.ts'
import { hasEffect } from './retryable.ts'

/** What is known of a call that failed. */
export interface Outcome {
  operation: Operation
  /** As it was sent, so that the numbers in it are those that WeChat Pay may have seen. */
  request: { url: string; body?: unknown }
  /** Some attempt may have taken effect. */
  unsettled: boolean
  /** The last attempt may have, not only one before it. */
  lastUnsettled: boolean
  /** The outcome of each attempt in order. */
  attempts: readonly string[]
}

/**
 * The failure of a call, with what the caller must know of it: whether the request may have taken effect, what settles
 * it, and what each attempt came to.
 *
 * @returns the failure, or a copy of one that other calls fail with too; anything but a {@link WechatpayError} as it is
 */
export function failureOf(failure: unknown, outcome: Outcome): unknown {
  if (!(failure instanceof WechatpayError)) return failure
  const { attempts, unsettled } = outcome
  const error = unsettled ? unshared(failure) : failure
  if (unsettled) {
    const { query, hint } = unsettledHint(outcome)
    error.unsettled = true
    if (query) error.settledBy = query
    // Of a NetworkError it would be about the last attempt alone.
    advise(error, error.hint && !(error instanceof NetworkError) ? `${error.hint}. ${hint}` : hint)
  } else if (error instanceof NetworkError && !error.hint) {
    const { operation } = outcome
    advise(error, hasEffect(operation) ? 'The request was not sent' : 'A GET changes nothing: call again')
  }
  if (attempts.length < 2 || error instanceof CertificateError) return error
  error.attempts = attempts
  reword(error, `${error.message} (${attempts.length} attempts: ${attempts.join(', ')})`)
  return error
}

/** What to do about a request that may have taken effect, and the query that settles it, if there is one. */
export function unsettledHint({
  operation,
  request,
  lastUnsettled,
}: Omit<Outcome, 'unsettled' | 'attempts'>): {
  hint: string
  query: SettledBy | undefined
} {
  const query = settledBy(operation, request)
  const { idempotencyKey } = operation.traits
  const next = query
    ? `see with settle(client, error), which calls ${shown(query)}`
    : idempotencyKey
      ? `repeat it only with the same ${idempotencyKey}`
      : 'find out before you repeat it'
  return {
    query,
    hint: `${lastUnsettled ? 'The request' : 'An earlier attempt'} may have taken effect: ${next}`,
  }
}

/** A query as one calls it: `GET /v3/…/1217752501201407033233368018?mchid=1900000109`. */
function shown({ operation, params: { path = {}, query = {} } }: SettledBy): string {
  const filled = operation.replace(/\{([^{}]*)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''))
  const text = new URLSearchParams(query).toString()
  return text ? `${filled}?${text}` : filled
}

// All calls that waited for the certificates fail with one error, and so do all that waited for a key.
function unshared(error: WechatpayError): WechatpayError {
  if (!(error instanceof CertificateError || error instanceof KeyError)) return error
  const { hint, operation, requestId, cause, message } = error
  const context = { hint, operation, requestId, cause }
  const copy =
    error instanceof KeyError
      ? new KeyError(error.code, '', context)
      : new CertificateError(error.code, '', context)
  reword(copy, message)
  return copy
}

function advise(error: WechatpayError, hint: string): void {
  const { message, hint: before } = error
  const problem = before ? message.slice(0, -before.length - 2) : message
  ;(error as { hint?: string }).hint = hint
  reword(error, `${problem}. ${hint}`)
}

// V8 wrote the message into the stack when the error was made, and Node prints the stack.
function reword(error: Error, message: string): void {
  const { stack, message: before } = error
  error.message = message
  if (before && stack?.includes(before)) error.stack = stack.replace(before, () => message)
}
