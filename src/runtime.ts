/** What every entry exports beside its client: those of one domain too, so nothing here may know all domains. */
export type { ApiError, CallOptions, Result } from '../generated/shared.ts'
export type { ClientOptions } from './client.ts'
export type { Clock } from './clock.ts'
export {
  ConfigError,
  type ConfigErrorCode,
  KeyError,
  type KeyErrorCode,
  NetworkError,
  type NetworkErrorCode,
  RequestError,
  type RequestErrorCode,
  VerificationError,
  type VerificationErrorCode,
  WechatpayError,
  type WechatpayErrorCode,
} from './errors.ts'
export { importPrivateKey, importPublicKey } from './keys/import.ts'
export type { PrivateKey, Signer } from './keys/signer.ts'
export type { PlatformKeys } from './verification/platform.ts'
