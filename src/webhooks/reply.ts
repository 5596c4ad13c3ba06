import { CertificateError, NotificationError, VerificationError, WechatpayError } from '../errors.ts'
import { BodyTooLong } from './raw-body.ts'

/** 204: WeChat Pay does not send the notification again. */
export function accepted(): Response {
  return new Response(null, { status: 204 })
}

/** The response to a notification that was refused. It names the check that failed, and nothing else. */
export function refused(error: unknown): Response {
  if (!(error instanceof WechatpayError)) return failed()
  return failure(statusOf(error), error.code, error instanceof BodyTooLong ? { Connection: 'close' } : {})
}

/** The response when the app failed: WeChat Pay sends the notification again. */
export function failed(): Response {
  return failure(500, 'the notification could not be processed')
}

/** The response to any method but POST. */
export function wrongMethod(): Response {
  return failure(405, 'notifications are POST requests', { Allow: 'POST' })
}

function statusOf(error: WechatpayError): number {
  if (error instanceof VerificationError) return 401
  if (error instanceof BodyTooLong) return 413
  if (error instanceof CertificateError) return 503
  return error instanceof NotificationError && error.code === 'ERR_NOTIFICATION_MALFORMED' ? 400 : 500
}

function failure(status: number, message: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ code: 'FAIL', message }), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  })
}
