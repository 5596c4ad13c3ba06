/** Exports shared by every entry, those of a single domain included: nothing here may import all domains. */
export { download, downloadBills } from './client/download.ts'
export { platformKeys } from './client/internals.ts'
export type { MerchantOptions, MerchantOptions as ClientOptions } from './client/options.ts'
export type { Pages } from './client/pages.ts'
export { settle } from './client/settle.ts'
export { type Unlisted, type UnlistedInit, unlisted } from './client/unlisted.ts'
export type { Clock } from './clock.ts'
export {
  type AnyWechatpayError,
  BillError,
  type BillErrorCode,
  CertificateError,
  type CertificateErrorCode,
  ConfigError,
  type ConfigErrorCode,
  EncryptionError,
  type EncryptionErrorCode,
  KeyError,
  type KeyErrorCode,
  NetworkError,
  type NetworkErrorCode,
  NotificationError,
  type NotificationErrorCode,
  RequestError,
  type RequestErrorCode,
  ResponseError,
  type ResponseErrorCode,
  VerificationError,
  type VerificationErrorCode,
  WechatpayError,
  type WechatpayErrorCode,
} from './errors.ts'
export type { BillOptions, BillPart, BillParts } from './files/bill-parts.ts'
export type { FileKey } from './files/decrypt-file.ts'
export type { FileHash } from './files/digest-stream.ts'
export type { Download, DownloadOptions } from './files/file-download.ts'
export type {
  CertificatesEvent,
  Hooks,
  KeyEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  SettledEvent,
} from './hooks.ts'
export { importPrivateKey, importPublicKey } from './keys/import.ts'
export type { PrivateKey, Signer } from './keys/signer.ts'
export { certificateSerial } from './keys/x509.ts'
export type { Operations } from './operations/table.ts'
export { rawBody } from './raw-body.ts'
export type { ApiError, CallOptions, Result } from './result.ts'
export type { RetryOptions, TimeOptions } from './retry/policy.ts'
export type { SettledBy } from './settled-by.ts'
export {
  type AppParameters,
  type Installments,
  type JsapiParameters,
  type PaySigner,
  type PaySignerOptions,
  paySigner,
} from './signature/pay-sign.ts'
export type { PlatformKeys, Verifier } from './verification/platform.ts'
