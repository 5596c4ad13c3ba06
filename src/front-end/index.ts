/**
 * What front ends pass to WeChat besides payments: pay score, coupons and transfers. `paySigner` of `wechatpay-fetch`
 * signs payments.
 */
export type { ApiV2Sign, SignedFields, SignType } from './api-v2-sign.ts'
export {
  type BusinessSigner,
  type BusinessSignerOptions,
  businessSigner,
  type Coupon,
  type CouponParameters,
  type LinkedCoupon,
  type ScoreDetailFields,
  type ScoreUseFields,
} from './business-signer.ts'
export { type BusinessView, businessView, type UnsignedFields } from './business-view.ts'
export {
  type MerchantTransfer,
  type MerchantTransferForms,
  type MerchantTransferParameters,
  requestMerchantTransfer,
} from './merchant-transfer.ts'
