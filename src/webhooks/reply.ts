import { CertificateError, NotificationError, VerificationError, WechatpayError } from '../errors.ts'
import { BodyTooLong } from './raw-body.ts'

/** 204: WeChat Pay does not send it again. */
export function accepted(): Response {
  return new Response(null, { status: 204 })
}

/** What a notification that was not received is answered with. It names the check that failed, and nothing else. */
export function refused(error: unknown): Response {
  if (!(error instanceof WechatpayError)) return failed()
  return failure(statusOf(error), error.code, error instanceof BodyTooLong ? { Connection: 'close' } : {})
}

/** What the app's own failure is answered with: WeChat Pay sends the notification again. */
export function failed(): Response {
  return failure(500, 'it could not be processed')
}

/** What anything but a POST is answered with. */
export function wrongMethod(): Response {
  return failure(405, 'notifications are sent by POST', { Allow: 'POST' })
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
