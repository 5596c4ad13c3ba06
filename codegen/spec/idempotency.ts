import type { Schema } from '../openapi/document.ts'

// Fields that the pages document as the merchant's number of a request: it is unique, and a request with the same
// number is the same request. Numbers of things, such as `out_shop_no` and `out_card_no`, are not in the list.
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

// Here the number belongs to something else: an order that is reported, a refund that is settled, a transfer whose
// receipt is applied for. No page says that sending the request twice has one effect.
const references = new Set([
  'PATCH /global/v3/customs/orders',
  'PATCH /v3/global/customs/orders',
  'POST /global/v3/customs/orders',
  'POST /global/v3/customs/verify-certificate',
  'POST /v3/aggracct-bc/wb-channel/control-orders/info/update/result/notify',
  'POST /v3/bank-batch-transfer/receipt/detail-receipts',
  'POST /v3/bank-batch-transfer/receipt/summary-receipts',
  'POST /v3/brand/card/card-links/cancel-applyment',
  'POST /v3/catering/orders/sync-status',
  'POST /v3/ecommerce/applyments/submit-sign-verify-info',
  'POST /v3/ecommerce/refunds/{refund_id}/apply-abnormal-refund',
  'POST /v3/fund-app/mch-transfer/elecsign/out-bill-no',
  'POST /v3/fund-app/mch-transfer/partner/electronic-receipts',
  'POST /v3/global/customs/orders',
  'POST /v3/global/customs/verify-certificate',
  'POST /v3/gov/subsidy/n-qualifications/sync',
  'POST /v3/gov/subsidy/qualifications/sync',
  'POST /v3/gov/subsidy/sncode/lock',
  'POST /v3/gov/subsidy/sncode/unlock',
  'POST /v3/gov/subsidy/transactions/sync',
  'POST /v3/industry-rebate/retail-industry/transactions',
  'POST /v3/industry-rebate/transactions/{transaction_id}',
  'POST /v3/marketing/membercard-open/cards/{card_id}/codes/{code}/bonus/commit',
  'POST /v3/marketing/membercard-open/cards/{card_id}/codes/{code}/bonus/prepare',
  'POST /v3/med-ins/refunds/notify',
  'POST /v3/merchant-risk-manage/ec-trade-risk/recv-dispose-result',
  'POST /v3/parking/reminders/ext-payment',
  'POST /v3/pay-devices/open-scenario-speakerorder/{transaction_id}/report',
  'POST /v3/pay/acquiring-bank/transactions/exposure',
  'POST /v3/pay/partner/transactions/exposure',
  'POST /v3/pay/transactions/exposure',
  'POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund',
  'POST /v3/smartguide/guides/{guide_id}/assign',
  'POST /v3/transfer/bill-receipt',
])

/**
 * The field of a body that makes it safe to send the request again: the merchant's number of it, if it is required.
 *
 * @param operation `POST /v3/…`
 */
export function idempotencyKey(operation: string, body: Schema | undefined): string | undefined {
  if (references.has(operation)) return undefined
  return keys.find((name) => body?.required?.includes(name) && body.properties?.[name]?.type === 'string')
}
