/** A request is about to be sent. */
export interface RequestEvent {
  /** Method and template path: no variable and no query, which may be personal. */
  operation: string
  /** 1 for the first. */
  attempt: number
  /** Entry point: `https://api.mch.weixin.qq.com`. */
  entryPoint: string
}

/** A response came. A 2xx is verified, except for the certificate list, whose signature is checked afterwards. */
export interface ResponseEvent extends RequestEvent {
  /** HTTP status. */
  status: number
  /** The `Request-ID` header, which WeChat Pay's support asks for. */
  requestId?: string
  /** Milliseconds of this attempt. */
  duration: number
}

/** An attempt failed, and there will be another one. */
export interface RetryEvent {
  operation: string
  /** The number of the attempt that failed. */
  attempt: number
  /** `HTTP 502`, `ERR_NETWORK ECONNRESET`, … */
  reason: string
  /** Milliseconds until the next attempt. */
  delay: number
}

/** A key of WeChat Pay was used. Shows when a key switch is finished. */
export interface KeyEvent {
  use: 'verify' | 'encrypt'
  /** `PUB_KEY_ID_…`, or the serial of a platform certificate. */
  serial: string
  operation: string
}

/** The platform certificates were fetched, or could not be. */
export interface CertificatesEvent {
  /** Serial numbers of the certificates that are trusted now. */
  serials: readonly string[]
  /** Why the fetch failed. Certificates fetched earlier stay trusted. */
  failure?: Error
}

/**
 * Callbacks that observe a client. No event holds a key, an Authorization, a body or a path variable. What a hook throws
 * is ignored, so observing never changes the outcome of a payment.
 */
export interface Hooks {
  request?(event: RequestEvent): void
  response?(event: ResponseEvent): void
  retry?(event: RetryEvent): void
  key?(event: KeyEvent): void
  certificates?(event: CertificatesEvent): void
}

/** Calls a hook and ignores whatever it throws. */
export function notify<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  if (!hook) return
  try {
    // An unhandled rejection would end a Node process.
    Promise.resolve(hook(event)).catch(() => {})
  } catch {}
}
