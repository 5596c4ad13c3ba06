export { type RetryMiddleware, type RetryMiddlewareOptions, retry } from './retry.ts'
export {
  type SensitiveFieldsMiddleware,
  type SensitiveFieldsOptions,
  sensitiveFields,
} from './sensitive-fields.ts'
export { type SignatureMiddleware, type SignatureOptions, signature } from './signature.ts'
export {
  type VerificationMiddleware,
  type VerificationOptions,
  verification,
} from './verification.ts'
