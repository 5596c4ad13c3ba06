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
 * A call ended: it returned its result or threw. Every call ends in exactly one such event, also one that was refused
 * before it was sent and one that the app aborted, and it is the last event of its call. A download ends when its stream
 * begins, and each file of an encrypted bill is a call.
 */
export interface SettledEvent {
  /** Method and template path; the method alone where the client does not know the path, which may hold anything. */
  operation: string
  /** How many times it was sent; 0 when it ended before that. */
  attempts: number
  /** The entry point of the last attempt: `https://api.mch.weixin.qq.com`. */
  entryPoint?: string
  /** Milliseconds of the whole call. */
  duration: number
  /** HTTP status of the result. Not there when the call threw. */
  status?: number
  /** The `Request-ID` header, which WeChat Pay's support asks for. */
  requestId?: string
  /**
   * Why it failed: WeChat Pay's code (`PARAM_ERROR`) beside a `status`, else the `code` of the error that the call threw
   * (`ERR_TIMEOUT`), or its name where it is not one of this package: `AbortError`.
   */
  code?: string
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
  settled?(event: SettledEvent): void
}

/** What a call notes of itself while it runs, for its `settled` event. */
export interface Progress {
  /** Method and template path, once they are known to hold no variable; the method alone until then. */
  operation: string
  /** How many times it was sent. */
  attempts: number
  /** Where it was sent the last time. */
  entryPoint?: string
}

/** Hooks that see no more keys once a signal fired: its call has ended, and its last event was reported. */
export function hooksUntil(signal: AbortSignal | undefined, hooks: Hooks): Hooks {
  return { ...hooks, key: (event) => (signal?.aborted ? undefined : hooks.key?.(event)) }
}

/** Calls a hook and ignores whatever it throws. */
export function notify<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  if (!hook) return
  try {
    // An unhandled rejection would end a Node process.
    Promise.resolve(hook(event)).catch(() => {})
  } catch {}
}
