// biome-ignore-all lint/complexity/noThisInStatic: a class that names itself gets another name from bundlers
import { isError } from './is-error.ts'
import type { ApiError } from './result.ts'
import type { SettledBy } from './settled-by.ts'

/** Where an error happened, and what to do next. */
export interface ErrorContext {
  /** What to do next. It becomes part of the message. */
  hint?: string | undefined
  /** Method and template path, for example `POST /v3/pay/transactions/jsapi`. */
  operation?: string | undefined
  /** The response's `Request-ID`, if there was a response. */
  requestId?: string | undefined
  /** The underlying error. It must not quote a key or an Authorization. */
  cause?: unknown
}

/** The property of a class's prototype with the name of the class, which all copies of this package give it. */
const kind: unique symbol = /* @__PURE__ */ Symbol.for('wechatpay-fetch.error')

function mark({ prototype }: { prototype: object }, name: string): void {
  Object.defineProperty(prototype, kind, { value: name })
}

/** Makes `instanceof` true for an error of another copy of this package, too: another version, or a bundle. */
function isInstance(this: { prototype: object }, value: unknown): boolean {
  if (Function.prototype[Symbol.hasInstance].call(this, value)) return true
  // A subclass of the app's has no mark of its own, so only its own instances count.
  const name = markOf(this.prototype)
  if (!name || !isError(value)) return false
  for (let one: object | null = value; one; one = Object.getPrototypeOf(one))
    if (markOf(one) === name) return true
  return false
}

function markOf(prototype: object): unknown {
  return Object.hasOwn(prototype, kind) && (prototype as Record<typeof kind, unknown>)[kind]
}

// `declare` keeps absent properties from being printed as `undefined`.

/**
 * The base class of every error that this package throws. Errors of the API itself (`PARAM_ERROR` and the like) are not
 * thrown: they are the `error` of a call's result.
 *
 * The message says what was wrong, where, and what to do next. Neither it nor a property holds key material, an
 * Authorization header or the APIv3 key.
 */
export class WechatpayError extends Error {
  override readonly name: string = 'WechatpayError'
  /** For programs: messages may change, codes do not. */
  readonly code: WechatpayErrorCode
  /** What to do next. */
  declare readonly hint?: string
  /** Method and template path, for example `POST /v3/pay/transactions/jsapi`. */
  declare readonly operation?: string
  /** The response's `Request-ID`, which WeChat Pay's support asks for. */
  declare readonly requestId?: string
  /** The outcome of each attempt in order, when there was more than one. */
  declare attempts?: readonly string[]
  /**
   * The request may have taken effect: some attempt may have reached WeChat Pay, and no response that can be trusted
   * says what became of it. Without it, the request certainly had no effect. A GET never has one.
   */
  declare unsettled?: true
  /** The query that tells what became of the request, if there is one: see `settle`. */
  declare settledBy?: SettledBy

  static {
    mark(this, 'WechatpayError')
    Object.defineProperty(this, Symbol.hasInstance, { value: isInstance })
  }

  constructor(code: WechatpayErrorCode, problem: string, context: ErrorContext = {}) {
    const { hint, operation, requestId, cause } = context
    const where = operation ? `${operation}: ` : ''
    const id = requestId ? ` (Request-ID ${requestId})` : ''
    const text = `${where}${problem}${id}${hint ? `. ${hint}` : ''}`
    super(text, cause === undefined ? undefined : { cause })
    this.code = code
    if (hint) this.hint = hint
    if (operation) this.operation = operation
    if (requestId) this.requestId = requestId
  }
}

/** Codes of {@link KeyError}. */
export type KeyErrorCode =
  /** Has no `-----BEGIN …-----`: a file's path, a Buffer, base64 without its header lines, an empty string. */
  | 'ERR_KEY_NOT_PEM'
  /** A public key where a private one is needed. */
  | 'ERR_KEY_IS_PUBLIC'
  /** A private key where a public one is needed. */
  | 'ERR_KEY_IS_PRIVATE'
  /** A certificate where a private key is needed. */
  | 'ERR_KEY_IS_CERTIFICATE'
  /** Protected by a passphrase. */
  | 'ERR_KEY_ENCRYPTED'
  /** Elliptic curve, Ed25519, DSA, … */
  | 'ERR_KEY_NOT_RSA'
  /** RSA, but not 2048 bits. */
  | 'ERR_KEY_SIZE'
  /** A CryptoKey for another algorithm or usage. */
  | 'ERR_KEY_USAGE'
  /** A PEM whose content is not a readable key. */
  | 'ERR_KEY_INVALID'
  /** A remote signer failed or did not return base64. */
  | 'ERR_KEY_SIGNER'

/** Codes of {@link ConfigError}. */
export type ConfigErrorCode =
  /** An option is missing or malformed; the message names it. */
  | 'ERR_CONFIG'
  /** A middleware returned a response in place of WeChat Pay's, so nothing was verified; or it changed a signed form. */
  | 'ERR_CONFIG_MIDDLEWARE'
  /** The runtime lacks a Web API that a call needs; the message names it. */
  | 'ERR_CONFIG_RUNTIME'

/** Codes of {@link RequestError}. */
export type RequestErrorCode =
  /** A path variable has no value or an empty one. */
  | 'ERR_PATH_MISSING'
  /** A value or a path that would change the URL to another operation's. */
  | 'ERR_PATH_UNSAFE'
  /** `params.path` names a variable that the path does not have. */
  | 'ERR_PATH_UNKNOWN'
  /** A path, or a chain of names, that does not exist; the message names the nearest. */
  | 'ERR_OPERATION_UNKNOWN'
  /** A query parameter that cannot be written into a URL. */
  | 'ERR_QUERY'
  /** A body that is not JSON, or an invalid header. */
  | 'ERR_REQUEST'
  /** Text that the gateway refuses: a character of four bytes in UTF-8, or `null`; the message names the place. */
  | 'ERR_TEXT'
  /** A file or a form that the operation cannot take. */
  | 'ERR_UPLOAD'
  /** A URL that is not WeChat Pay's. No Authorization is sent there. */
  | 'ERR_DOWNLOAD_HOST'
  /** The same for a call: a host that is neither WeChat Pay's nor the client's `baseUrl`. */
  | 'ERR_HOST'
  /** `settle` was given an error that leaves nothing open, or one that no query settles. */
  | 'ERR_SETTLE'

/** Codes of {@link VerificationError}. */
export type VerificationErrorCode =
  /** A signature header is missing; the message names it. */
  | 'ERR_RESPONSE_UNSIGNED'
  /** Signed with a key that is not in `platform`. */
  | 'ERR_RESPONSE_SERIAL'
  /** Signed 300 seconds or more ago or in the future, or at an unreadable time. */
  | 'ERR_RESPONSE_TIMESTAMP'
  /** The signature does not match the bytes received. */
  | 'ERR_RESPONSE_SIGNATURE'
  /** A probe of WeChat Pay: a wrong signature, sent on purpose to see whether the merchant verifies. */
  | 'ERR_RESPONSE_PROBE'
  /** Another algorithm than WECHATPAY2-SHA256-RSA2048. */
  | 'ERR_RESPONSE_SIGNATURE_TYPE'
  /** A 3xx. Redirects are not followed, as an Authorization is valid for one URL. */
  | 'ERR_RESPONSE_REDIRECT'
  /** Verified, but not JSON; or a bill that is neither gzip nor text, or is damaged; or parts of a bill that are not all. */
  | 'ERR_RESPONSE_MALFORMED'
  /** Pages of a list that do not go on: one came twice, or is empty before the end. */
  | 'ERR_RESPONSE_PAGES'
  /** A body beyond `maxResponseBytes`, which must be in memory to be verified. */
  | 'ERR_RESPONSE_TOO_LARGE'
  /** A file that does not match its digest, or an encrypted one that does not match its tag. */
  | 'ERR_RESPONSE_DIGEST'

/** Codes of {@link NetworkError}. */
export type NetworkErrorCode =
  /** No response came, or it broke off. */
  | 'ERR_NETWORK'
  /** The time for one attempt, or for the whole call, ran out. */
  | 'ERR_TIMEOUT'

/** Codes of {@link EncryptionError}. */
export type EncryptionErrorCode =
  /** Longer than the key can encrypt: 214 bytes for RSA 2048. */
  | 'ERR_ENCRYPT_TOO_LONG'
  /** A sensitive field whose value is not a string. */
  | 'ERR_ENCRYPT_VALUE'
  /** No key of WeChat Pay to encrypt with. */
  | 'ERR_ENCRYPT_KEY'
  /** A text that cannot be decrypted: changed in transit, or encrypted for another key. */
  | 'ERR_DECRYPT'
  /** No key to decrypt with, or a key or nonce of an encrypted file that cannot be right. */
  | 'ERR_DECRYPT_KEY'

/** Codes of {@link CertificateError}. */
export type CertificateErrorCode =
  /** `GET /v3/certificates` returned none: no response, or an error of the API. */
  | 'ERR_CERTIFICATES_UNAVAILABLE'
  /** The list cannot be decrypted, read or verified. */
  | 'ERR_CERTIFICATES_MALFORMED'

/** Codes of {@link NotificationError}. */
export type NotificationErrorCode =
  /** Not JSON, or not a notification. */
  | 'ERR_NOTIFICATION_MALFORMED'
  /** The resource cannot be decrypted with the APIv3 key. */
  | 'ERR_NOTIFICATION_DECRYPT'

/** Code of {@link ResponseError}; WeChat Pay's own is `error.error.code`. */
export type ResponseErrorCode = 'ERR_API'

/** Codes of {@link BillError}. */
export type BillErrorCode = 'ERR_BILL_MALFORMED'

/** A key that cannot be used. It names no operation, as it is wrong for all of them. */
export class KeyError extends WechatpayError {
  override readonly name = 'KeyError'
  declare readonly code: KeyErrorCode

  static {
    mark(this, 'KeyError')
  }

  constructor(code: KeyErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** An option of `createClient` (or of a middleware) that cannot be used. */
export class ConfigError extends WechatpayError {
  override readonly name = 'ConfigError'
  declare readonly code: ConfigErrorCode

  static {
    mark(this, 'ConfigError')
  }

  constructor(code: ConfigErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** A call that was refused before anything was sent. */
export class RequestError extends WechatpayError {
  override readonly name = 'RequestError'
  declare readonly code: RequestErrorCode

  static {
    mark(this, 'RequestError')
  }

  constructor(code: RequestErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** A response that cannot be trusted or read. When `unsettled` is set, the request may have taken effect. */
export class VerificationError extends WechatpayError {
  override readonly name = 'VerificationError'
  declare readonly code: VerificationErrorCode

  static {
    mark(this, 'VerificationError')
  }

  constructor(code: VerificationErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/**
 * No response came, or it broke off. When `unsettled` is set, the request may have taken effect; otherwise it was never
 * sent. `cause` keeps the name, message and `code` (`ECONNREFUSED`, …) of what `fetch` threw.
 */
export class NetworkError extends WechatpayError {
  override readonly name = 'NetworkError'
  declare readonly code: NetworkErrorCode

  static {
    mark(this, 'NetworkError')
  }

  constructor(code: NetworkErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/**
 * A sensitive field or an encrypted bill that cannot be encrypted or decrypted. Its message names the field, never the
 * text.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export class EncryptionError extends WechatpayError {
  override readonly name = 'EncryptionError'
  declare readonly code: EncryptionErrorCode

  static {
    mark(this, 'EncryptionError')
  }

  constructor(code: EncryptionErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** The platform certificates could not be fetched, so no response can be verified. */
export class CertificateError extends WechatpayError {
  override readonly name = 'CertificateError'
  declare readonly code: CertificateErrorCode

  static {
    mark(this, 'CertificateError')
  }

  constructor(code: CertificateErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** A verified notification that cannot be read. */
export class NotificationError extends WechatpayError {
  override readonly name = 'NotificationError'
  declare readonly code: NotificationErrorCode

  static {
    mark(this, 'NotificationError')
  }

  constructor(code: NotificationErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** A bill that cannot be read. The message names the line. */
export class BillError extends WechatpayError {
  override readonly name = 'BillError'
  declare readonly code: BillErrorCode

  static {
    mark(this, 'BillError')
  }

  constructor(code: BillErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** Any error that this package throws. `switch (error.code)` narrows it to its class. */
export type AnyWechatpayError =
  | KeyError
  | ConfigError
  | RequestError
  | VerificationError
  | NetworkError
  | EncryptionError
  | CertificateError
  | NotificationError
  | BillError
  | ResponseError

/**
 * An error of the API, thrown by a call with `throwOnError`. Its message has WeChat Pay's code and message, the status and
 * the Request-ID.
 *
 * ```ts
 * if (thrown instanceof ResponseError && thrown.error.code === 'ORDER_NOT_EXIST') …
 * ```
 */
export class ResponseError extends WechatpayError {
  override readonly name = 'ResponseError'
  declare readonly code: ResponseErrorCode
  /** What a call without `throwOnError` returns as its `error`. */
  readonly error: ApiError
  /** HTTP status. */
  readonly status: number

  static {
    mark(this, 'ResponseError')
  }

  constructor(error: ApiError, operation?: string) {
    const { code, message, status, requestId, hint, unsettled, settledBy, attempts } = error
    super('ERR_API', `${[code, message].filter(Boolean).join(' ')}, HTTP ${status}`, {
      operation,
      requestId,
      hint,
    })
    this.error = error
    this.status = status
    if (unsettled) this.unsettled = true
    if (settledBy) this.settledBy = settledBy
    if (attempts) this.attempts = attempts
  }
}

/** Every code, for `switch (error.code)`. */
export type WechatpayErrorCode =
  | KeyErrorCode
  | ConfigErrorCode
  | RequestErrorCode
  | VerificationErrorCode
  | NetworkErrorCode
  | EncryptionErrorCode
  | CertificateErrorCode
  | NotificationErrorCode
  | BillErrorCode
  | ResponseErrorCode
