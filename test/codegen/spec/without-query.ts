/** Why no query settles an operation that moves money, or has an amount, and no key that makes it safe to repeat. */
const reasons: Record<string, readonly string[]> = {
  'changes a card, by no number of the merchant: query the card by its id': [
    'POST /brand/card-member/cards',
    'PATCH /brand/card-member/cards/{card_id}',
    'POST /v3/brand/partner/card-member/cards',
    'PATCH /v3/brand/partner/card-member/cards/{card_id}',
    'PATCH /v3/marketing/membercard-open/cards/{card_id}/codes/{code}',
    'POST /v3/taxi-invoice/cards',
  ],
  'reports what happened elsewhere: report it again': [
    'POST /v3/catering/orders/sync-status',
    'POST /v3/discount-card/cards/{out_card_code}/add-user-records',
    'POST /v3/gov/subsidy/goods/upload',
    'POST /v3/gov/subsidy/n-qualifications/sync',
    'POST /v3/gov/subsidy/qualifications/sync',
    'POST /v3/gov/subsidy/transactions/sync',
    'POST /v3/industry-rebate/retail-industry/transactions',
    'POST /v3/med-ins/refunds/notify',
    'POST /v3/merchant-risk-manage/ec-trade-risk/recv-dispose-result',
    'POST /v3/merchant-risk-manage/report-trade-union-information',
    'POST /v3/parking/reminders/exit',
    'POST /v3/parking/reminders/ext-payment',
    'POST /v3/parking/reminders/payment',
  ],
  'prepares a page where the user agrees: nothing takes effect before that': [
    'POST /v3/credit-repayment/partner/contracts/app-presign',
    'POST /v3/credit-repayment/partner/contracts/h5-presign',
    'POST /v3/papay/insurance-sign/contracts/pre-entrust-sign/app',
    'POST /v3/papay/insurance-sign/contracts/pre-entrust-sign/h5',
    'POST /v3/papay/insurance-sign/contracts/pre-entrust-sign/jsapi',
    'POST /v3/papay/insurance-sign/contracts/pre-entrust-sign/mini-program',
    'POST /v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign/app',
    'POST /v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign/h5',
    'POST /v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign/jsapi',
    'POST /v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign/mini-program',
    'POST /v3/papay/scheduled-deduct-sign/partner/contracts/pre-entrust-sign/app',
    'POST /v3/papay/scheduled-deduct-sign/partner/contracts/pre-entrust-sign/h5',
    'POST /v3/papay/scheduled-deduct-sign/partner/contracts/pre-entrust-sign/jsapi',
    'POST /v3/papay/scheduled-deduct-sign/partner/contracts/pre-entrust-sign/mini-program',
  ],
  'no page documents a query of it': [
    'POST /v3/ecommerce/profitsharing/after-sales-orders',
    'POST /v3/ecommerce/subsidies/create',
  ],
  'sets something up, by no number of the merchant: look at the list of it': [
    'POST /v3/marketing/goods-subsidy-activity/activity/{activity_id}/apply',
    'POST /v3/marketing/partner/product-coupon/image-generation-tasks',
    'POST /v3/marketing/paygiftactivity/unique-threshold-activity',
    'POST /v3/parking/reminders/application',
  ],
  'locks or unlocks for a user: only the user can be queried, and the openid is personal': [
    'POST /v3/marketing/goods-subsidy-activity/qualification/lock',
    'POST /v3/marketing/goods-subsidy-activity/qualification/unlock',
  ],
  'sends a message to the user: no page documents a query of it': [
    'POST /v3/papay/contracts/{contract_id}/notify',
    'POST /v3/partner-papay/contracts/{contract_id}/notify',
    'POST /v3/payscore/partner/serviceorder/{out_order_no}/send-pendingmessage',
    'POST /v3/payscore/partner/serviceorder/{out_order_no}/send-prepaidmessage',
    'POST /v3/payscore/serviceorder/{out_order_no}/send-pendingmessage',
    'POST /v3/payscore/serviceorder/{out_order_no}/send-prepaidmessage',
  ],
  'the schedule of a contract: query it by the contract, whose id is not a number of the merchant': [
    'POST /v3/papay/insurance-pay/policy-periods/contract-id/{contract_id}/policy-period-id/{policy_period_id}/schedule',
    'POST /v3/papay/pay/partner/schedules/contract-id/{contract_id}/schedule',
    'POST /v3/papay/pay/schedules/contract-id/{contract_id}/schedule',
  ],
  'changes a contract, by no number of the merchant: query the contract by its id': [
    'POST /v3/papay/insurance-sign/contracts/plan-id/{plan_id}/contract-id/{contract_id}/renew',
    'POST /v3/papay/insurance-sign/policy-periods/plan-id/{plan_id}/contract-id/{contract_id}/modify',
  ],
  'only reads': [
    'POST /v3/payscore/partner/permissions/assess-user-risk-level',
    'POST /v3/payscore/permissions/assess-user-risk-level',
  ],
  'the query needs the id of an employee, which is personal': [
    'POST /v3/webizpay/employees/{employee_id}/quota-cards',
  ],
  'the number is optional, and the query needs a product in an object of the body': [
    'POST /v3/offlineface/transactions',
  ],
}

/** The reason by the operation. */
export const withoutQuery: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, names]) => names.map((name): [string, string] => [name, reason])),
)
