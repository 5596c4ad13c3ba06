import type { ApiError } from '../result.ts'
import type { Attempted } from './attempts.ts'

/** How an error response was obtained. */
export interface Answered extends Pick<Attempted, 'attempts' | 'authorized'> {
  /** Of a request that may have taken effect. */
  outcome?: Pick<Attempted, 'unsettled' | 'lastUnsettled' | 'operation' | 'request'>
}

/**
 * The `error` of a call's result, from a response that is not a 2xx. It is often unsigned: use it to diagnose, never as
 * proof of an order's state.
 *
 * @param body the parsed body, its text when it is not JSON, or nothing
 * @param attempted what was signed, and how many attempts it took
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081670
 */
export async function apiError(
  response: Response,
  body: unknown,
  { attempts, authorized, outcome }: Answered,
): Promise<ApiError> {
  const { status, headers } = response
  const requestId = headers.get('Request-ID')
  const { code, message, detail } = (typeof body === 'object' && body ? body : {}) as Partial<ApiError>
  const hasCode = typeof code === 'string' && code !== ''
  // Both are loaded here, as a client that works never meets them.
  const signature =
    code === 'SIGN_ERROR' && authorized
      ? (await import('../signature/sign-error.ts')).signatureHint(
          { message, detail, date: headers.get('Date') },
          authorized,
        )
      : undefined
  const unsettled = outcome?.unsettled
  const settlement = unsettled ? (await import('../retry/outcome.ts')).unsettledHint(outcome) : undefined
  const hint = [signature, settlement?.hint].filter(Boolean).join('. ')
  return {
    code: hasCode ? code : `HTTP_${status}`,
    message: hasCode ? String(message ?? '') : `HTTP ${status} without an error body of WeChat Pay`,
    ...(detail !== undefined && { detail }),
    status,
    ...(requestId && { requestId }),
    ...(hint && { hint }),
    ...(attempts.length > 0 && { attempts }),
    ...(unsettled && { unsettled: true as const }),
    ...(settlement?.query && { settledBy: settlement.query }),
  }
}
