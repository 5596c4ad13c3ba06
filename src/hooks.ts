/** A request is about to be sent. */
export interface RequestEvent {
  /** Method and template path: no variable and no query, which may be personal. */
  operation: string
  /** 1 for the first. */
  attempt: number
  /** Entry point: `https://api.mch.weixin.qq.com`. */
  entryPoint: string
}

/** An answer came, and a 2xx is verified. */
export interface ResponseEvent extends RequestEvent {
  /** HTTP status. */
  status: number
  /** `Request-ID`: what WeChat Pay's support asks for. */
  requestId?: string
  /** Milliseconds of this attempt. */
  duration: number
}

/** An attempt failed and will be repeated. */
export interface RetryEvent {
  operation: string
  /** The one that failed. */
  attempt: number
  /** `HTTP 502`, `ERR_NETWORK ECONNRESET`, … */
  reason: string
  /** Milliseconds until the next. */
  delay: number
}

/** A key of WeChat Pay was used: so a merchant sees when a key switch is finished. */
export interface KeyEvent {
  use: 'verify' | 'encrypt'
  /** `PUB_KEY_ID_…`, or the serial of a platform certificate. */
  serial: string
  operation: string
}

/** Platform certificates were asked for. */
export interface CertificatesEvent {
  /** Serials of the certificates that are trusted now. */
  serials: readonly string[]
  /** Why none could be had; those from before stay. */
  failure?: Error
}

/**
 * Watches a client. No event holds a key, an Authorization, a body or a variable of the path. What a hook throws is
 * dropped: watching never changes what becomes of a payment.
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
  try {
    // A rejection that nobody handles would end a Node process.
    Promise.resolve(hook?.(event)).catch(() => {})
  } catch {}
}
