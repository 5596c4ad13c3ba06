import type { Field } from '../docs/field.ts'

// Products of merchants in mainland China, who are paid in CNY. https://pay.weixin.qq.com/doc/v3/merchant/4012791856
const domestic =
  /^\w+ \/v3\/(?:pay|combine-transactions|refund|ecommerce|papay|partner-papay|payscore|ebike|edu-papay|eduschoolpay|offlineface|vehicle|qrcode|recharge|repayment|platsolution)\/(?!oversea)/

/**
 * Whether a field of a request is a currency that can only be CNY.
 * @param place `POST /v3/…`
 */
export function isDomesticCurrency(
  { name, type }: Field,
  direction: 'request' | 'response',
  place: string,
): boolean {
  return direction === 'request' && name === 'currency' && type === 'string' && domestic.test(place)
}
