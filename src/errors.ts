/** Where an error happened, and what to do next. */
export interface ErrorContext {
  /** What to do next; becomes part of the message. */
  hint?: string | undefined
  /** Method and template path, for example `POST /v3/pay/transactions/jsapi`. */
  operation?: string | undefined
  /** The answer's `Request-ID`, if there was an answer. */
  requestId?: string | undefined
  /** What lies beneath. Never give an error here that may quote a key or an Authorization. */
  cause?: unknown
}

// `declare`: what there is not shall not be printed as `undefined` either.

/**
 * Every error that this package throws. What WeChat Pay itself answers (`PARAM_ERROR` and the like)
 * is not thrown: it is the `error` of a call's result.
 *
 * Its message says what was wrong, where, and what to do next. Neither it nor its properties hold key
 * material, an Authorization header or an APIv3 key.
 */
export class WechatpayError extends Error {
  override readonly name: string = 'WechatpayError'
  /** Stable, for programs: messages may change, codes do not. */
  readonly code: WechatpayErrorCode
  /** What to do next. */
  declare readonly hint?: string
  /** Method and template path, for example `POST /v3/pay/transactions/jsapi`. */
  declare readonly operation?: string
  /** The answer's `Request-ID`: what WeChat Pay's support asks for. */
  declare readonly requestId?: string
  /** What came of each attempt, in their order, when there was more than one. */
  declare attempts?: readonly string[]

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
  /** No `-----BEGIN …-----` in it: a file's path, a Buffer, base64 without its armour lines, nothing. */
  | 'ERR_KEY_NOT_PEM'
  /** A public key where a private one belongs. */
  | 'ERR_KEY_IS_PUBLIC'
  /** A private key where a public one belongs. */
  | 'ERR_KEY_IS_PRIVATE'
  /** A certificate where a private key belongs. */
  | 'ERR_KEY_IS_CERTIFICATE'
  /** Protected by a passphrase. */
  | 'ERR_KEY_ENCRYPTED'
  /** Elliptic curve, Ed25519, DSA, … */
  | 'ERR_KEY_NOT_RSA'
  /** RSA, but not of 2048 bits. */
  | 'ERR_KEY_SIZE'
  /** A CryptoKey made for another algorithm or use. */
  | 'ERR_KEY_USAGE'
  /** Armour without a readable key in it. */
  | 'ERR_KEY_INVALID'
  /** A remote signer failed or did not answer base64. */
  | 'ERR_KEY_SIGNER'

/** Codes of {@link ConfigError}. */
export type ConfigErrorCode =
  /** An option is missing or malformed; the message names it. */
  | 'ERR_CONFIG'
  /** A middleware answered in WeChat Pay's place, so nothing was verified. */
  | 'ERR_CONFIG_MIDDLEWARE'

/** Codes of {@link RequestError}. */
export type RequestErrorCode =
  /** A path variable without a value, or with an empty one. */
  | 'ERR_PATH_MISSING'
  /** A value or a path that would lead to another URL than the operation's. */
  | 'ERR_PATH_UNSAFE'
  /** `params.path` names a variable that the path does not have. */
  | 'ERR_PATH_UNKNOWN'
  /** A path, or a way through the chain, that does not exist; the message names the nearest. */
  | 'ERR_OPERATION_UNKNOWN'
  /** A query parameter that cannot be written into a URL. */
  | 'ERR_QUERY'
  /** A body that is not JSON, or a header that is not one. */
  | 'ERR_REQUEST'
  /** Text that the gateway refuses: a character beyond three bytes of UTF-8, or `null`; the message names the place. */
  | 'ERR_TEXT'
  /** A file or its form that cannot be sent as the operation wants it. */
  | 'ERR_UPLOAD'
  /** A URL that is not WeChat Pay's: no Authorization is sent there. */
  | 'ERR_DOWNLOAD_HOST'

/** Codes of {@link VerificationError}. */
export type VerificationErrorCode =
  /** A signature header is missing; the message names it. */
  | 'ERR_RESPONSE_UNSIGNED'
  /** Signed with a key that is not among the `platform` keys. */
  | 'ERR_RESPONSE_SERIAL'
  /** Signed 300 seconds or more ago, or ahead, or at no readable time. */
  | 'ERR_RESPONSE_TIMESTAMP'
  /** The signature does not fit the bytes that came. */
  | 'ERR_RESPONSE_SIGNATURE'
  /** WeChat Pay's own probe, sent to see whether the merchant verifies. */
  | 'ERR_RESPONSE_PROBE'
  /** Another algorithm than WECHATPAY2-SHA256-RSA2048. */
  | 'ERR_RESPONSE_SIGNATURE_TYPE'
  /** A 3xx. An Authorization is for one URL: redirects are not followed. */
  | 'ERR_RESPONSE_REDIRECT'
  /** Verified, but not JSON; or a file that is not the gzip that it should be. */
  | 'ERR_RESPONSE_MALFORMED'
  /** A file whose content is not what its digest says. */
  | 'ERR_RESPONSE_DIGEST'

/** Codes of {@link NetworkError}. */
export type NetworkErrorCode =
  /** No answer came, or it broke off. */
  | 'ERR_NETWORK'
  /** The time of an attempt, or of the whole call, was up. */
  | 'ERR_TIMEOUT'

/** Codes of {@link EncryptionError}. */
export type EncryptionErrorCode =
  /** Longer than the key can encrypt: 214 bytes for RSA 2048. */
  | 'ERR_ENCRYPT_TOO_LONG'
  /** A sensitive field whose value is not a string. */
  | 'ERR_ENCRYPT_VALUE'
  /** There is no key of WeChat Pay to encrypt with. */
  | 'ERR_ENCRYPT_KEY'
  /** A text that does not decrypt: changed on its way, or made for another key. */
  | 'ERR_DECRYPT'
  /** There is no key to decrypt with. */
  | 'ERR_DECRYPT_KEY'

/** Codes of {@link CertificateError}. */
export type CertificateErrorCode =
  /** `GET /v3/certificates` gave none: no answer, or an error of the API. */
  | 'ERR_CERTIFICATES_UNAVAILABLE'
  /** It answered what cannot be decrypted, read or verified. */
  | 'ERR_CERTIFICATES_MALFORMED'

/** Codes of {@link NotificationError}. */
export type NotificationErrorCode =
  /** Not JSON, or not a notification. */
  | 'ERR_NOTIFICATION_MALFORMED'
  /** The resource does not open with the APIv3 key. */
  | 'ERR_NOTIFICATION_DECRYPT'

/** Codes of {@link BillError}. */
export type BillErrorCode = 'ERR_BILL_MALFORMED'

/** A key that cannot be used. It is wrong for every call, so it names none. */
export class KeyError extends WechatpayError {
  override readonly name = 'KeyError'
  declare readonly code: KeyErrorCode

  constructor(code: KeyErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** An option of `createClient` (or of a middleware) that cannot be used. */
export class ConfigError extends WechatpayError {
  override readonly name = 'ConfigError'
  declare readonly code: ConfigErrorCode

  constructor(code: ConfigErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** A call that was refused before anything was sent. */
export class RequestError extends WechatpayError {
  override readonly name = 'RequestError'
  declare readonly code: RequestErrorCode

  constructor(code: RequestErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/**
 * An answer that cannot be trusted or read. The request may have taken effect all the same:
 * query the order before you decide anything.
 */
export class VerificationError extends WechatpayError {
  override readonly name = 'VerificationError'
  declare readonly code: VerificationErrorCode

  constructor(code: VerificationErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/**
 * No answer came, or it broke off. The request may have taken effect all the same.
 * `cause` keeps the name, message and `code` (`ECONNREFUSED`, …) of what `fetch` threw.
 */
export class NetworkError extends WechatpayError {
  override readonly name = 'NetworkError'
  declare readonly code: NetworkErrorCode

  constructor(code: NetworkErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/**
 * A sensitive field that cannot be encrypted or decrypted. Its message names the field, never the text.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export class EncryptionError extends WechatpayError {
  override readonly name = 'EncryptionError'
  declare readonly code: EncryptionErrorCode

  constructor(code: EncryptionErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** The platform certificates cannot be had, so no answer can be verified. */
export class CertificateError extends WechatpayError {
  override readonly name = 'CertificateError'
  declare readonly code: CertificateErrorCode

  constructor(code: CertificateErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** A notification that is verified, but cannot be read. */
export class NotificationError extends WechatpayError {
  override readonly name = 'NotificationError'
  declare readonly code: NotificationErrorCode

  constructor(code: NotificationErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
  }
}

/** A bill whose text cannot be read; its message names the line. */
export class BillError extends WechatpayError {
  override readonly name = 'BillError'
  declare readonly code: BillErrorCode

  constructor(code: BillErrorCode, problem: string, context?: ErrorContext) {
    super(code, problem, context)
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
