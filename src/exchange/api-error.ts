import type { ApiError } from '../result.ts'
import type { Attempted } from './attempts.ts'

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
  { attempts, authorized }: Attempted,
): Promise<ApiError> {
  const { status, headers } = response
  const requestId = headers.get('Request-ID')
  const { code, message, detail } = (typeof body === 'object' && body ? body : {}) as Partial<ApiError>
  const hasCode = typeof code === 'string' && code !== ''
  // Loaded here, as a client that works never meets it.
  const hint =
    code === 'SIGN_ERROR' && authorized
      ? (await import('../signature/sign-error.ts')).signatureHint(detail, authorized)
      : undefined
  return {
    code: hasCode ? code : `HTTP_${status}`,
    message: hasCode ? String(message ?? '') : `HTTP ${status} without an error body of WeChat Pay`,
    ...(detail !== undefined && { detail }),
    status,
    ...(requestId && { requestId }),
    ...(hint && { hint }),
    ...(attempts.length > 0 && { attempts }),
    ...(unsettled(status, attempts) && { unsettled: true as const }),
  }
}

// A failing gateway may have forwarded the request, and so may a connection that broke. A 429 did not.
function unsettled(status: number, attempts: readonly string[]): boolean {
  return status >= 500 || attempts.slice(0, -1).some((reason) => reason !== 'HTTP 429')
}
