export {
  type SensitiveFieldsMiddleware,
  type SensitiveFieldsOptions,
  sensitiveFields,
} from './fields/middleware.ts'
export { type RetryMiddleware, type RetryMiddlewareOptions, retry } from './retry/middleware.ts'
export { type SignatureMiddleware, type SignatureOptions, signature } from './signature/middleware.ts'
export {
  type VerificationMiddleware,
  type VerificationOptions,
  verification,
} from './verification/middleware.ts'
