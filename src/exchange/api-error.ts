import type { ApiError } from '../../generated/shared.ts'
import { type ErrorContext, VerificationError } from '../errors.ts'
import { signatureHint } from '../signature/sign-error.ts'
import type { Exchanged } from './exchange.ts'

/**
 * The error of a call's result, from an answer that is not a 2xx. Often unsigned: a diagnosis, never
 * proof of an order's state.
 *
 * @param body the parsed body, its text when it is not JSON, or nothing
 * @param exchanged what was signed, and how many attempts it took
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012081670
 */
export function apiError(response: Response, body: unknown, { attempts, authorized }: Exchanged): ApiError {
  const { status, headers } = response
  const requestId = headers.get('Request-ID')
  const { code, message, detail } = (typeof body === 'object' && body ? body : {}) as Partial<ApiError>
  const told = typeof code === 'string' && code !== ''
  const hint = code === 'SIGN_ERROR' && authorized ? signatureHint(detail, authorized) : undefined
  return {
    code: told ? code : `HTTP_${status}`,
    message: told ? String(message ?? '') : `HTTP ${status}, without an error body of WeChat Pay`,
    ...(detail !== undefined && { detail }),
    status,
    ...(requestId && { requestId }),
    ...(hint && { hint }),
    ...(attempts.length > 0 && { attempts }),
    ...(unsettled(status, attempts) && { unsettled: true as const }),
  }
}

// A gateway that fails may have passed the request on, and so may a connection that broke; a plain 429 did not.
function unsettled(status: number, attempts: readonly string[]): boolean {
  return status >= 500 || attempts.slice(0, -1).some((reason) => reason !== 'HTTP 429')
}

/**
 * The data of a verified 2xx.
 *
 * @throws {VerificationError} ERR_RESPONSE_MALFORMED when it is not JSON
 */
export function parsed(text: unknown, context: ErrorContext): unknown {
  if (typeof text !== 'string' || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own words quote the body, which may hold personal data.
    throw new VerificationError('ERR_RESPONSE_MALFORMED', 'the answer is verified, but it is not JSON', {
      ...context,
      hint: "Is it a file? Then call with parseAs: 'arrayBuffer' or 'stream'",
    })
  }
}
