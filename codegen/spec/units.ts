import type { Description, Field, Unit } from '../docs/field.ts'

// Amounts in fen, as pages name them. https://pay.weixin.qq.com/doc/v3/merchant/4012081731
const money =
  /(?:^|_)(?:amount|amt|fee|price|balance|budget)$|^(?:total|refund|payer_total|payer_refund|discount_total|discount_refund|settlement_total|settlement_refund|discount_amount_max|single_price_max|transaction_minimum|coupon_minimum|coupon_value|max_amount_by_day|max_amount_per_day|max_fee_per_day|activity_max_amount_per_day|transaction_amount_minimum|activity_transaction_minimum_amount|cut_to_price|wechatpay_contribute|wxpay_contribute|merchant_contribute|other_contribute|threshold|settled|unsettle|net|pay|advance|duty|exact_amount|remain_amount)$/
const saysMoney = /金额|价|费|出资|折扣|余额|门槛|预算|面额|垫付|结算|减免|税|币|补贴|支付|退款/
const saysOther = /[数次率比]$|数量|次数|比例|百分|积分|时长|库存|时间|额度台/

/**
 * The unit of a number: what its description says, else fen where name and label mean an amount of money. Abroad
 * (`global`) an amount is in the smallest unit of its currency, and subsidies of the government (`gov`) are in yuan or
 * fen: there only the description decides.
 * @param place `POST /v3/…` or the type of an event
 */
export function unitOf({ name, type, description }: Field, place: string): Unit | undefined {
  if (description.unit) return description.unit
  if (type !== 'integer' && type !== 'number') return undefined
  if (/\/v3\/(?:global|gov|hk)\/|\/(?:global|hk)\/v3\//.test(place)) return undefined
  return isMoney(name, description) ? 'fen' : undefined
}

/** Whether name and label mean an amount of money. */
export function isMoney(name: string, { term, prose }: Description): boolean {
  const label = term ?? prose
  return money.test(name) && !saysOther.test(label) && (label === '' || saysMoney.test(label))
}
