import type { Schema } from '../openapi/document.ts'

// The names under which the pages document the merchant's own number of a request: unique for a merchant, and the
// same number again is the same request again. Numbers of things (`out_shop_no`, `out_card_no`) are not among them.
const keys = [
  'out_refund_no',
  'out_return_no',
  'out_request_no',
  'out_trade_no',
  'combine_out_trade_no',
  'out_order_no',
  'out_batch_no',
  'out_bill_no',
  'out_transfer_no',
  'out_recharge_no',
  'out_apply_no',
  'out_authorization_no',
  'out_instruction_no',
  'out_reservation_no',
  'out_subsidy_no',
  'out_subsidy_return_no',
  'out_settle_batch_no',
  'out_abnormal_settle_batch_no',
  'out_withdraw_no',
  'send_request_no',
  'use_request_no',
  'return_request_no',
  'deactivate_request_no',
  'upload_request_no',
  'modify_budget_request_no',
  'business_code',
]

/**
 * The field of a body that makes a repeated request harmless: the merchant's own number for it, when the body must
 * carry it.
 */
export function idempotencyKey(body: Schema | undefined): string | undefined {
  return keys.find((name) => body?.required?.includes(name) && body.properties?.[name]?.type === 'string')
}
