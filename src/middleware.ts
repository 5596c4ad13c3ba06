export { type SignatureMiddleware, type SignatureOptions, signature } from './signature/middleware.ts'
export {
  type VerificationMiddleware,
  type VerificationOptions,
  verification,
} from './verification/middleware.ts'
