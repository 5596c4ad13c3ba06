import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { resourceSchema } from '../../codegen/emit/webhooks.ts'
import type { Document, Schema } from '../../codegen/openapi/document.ts'
import { webhooksOf } from '../../codegen/openapi/operations.ts'

/**
 * Decrypted notifications. Payments and refunds of merchants, a partner's refund, a parking PAY_BACK and permissions of
 * merchants have the form of public examples, the others that of the field lists. All numbers are made up.
 */

const document = parse(readFileSync(new URL('../../spec/webhooks.yaml', import.meta.url), 'utf8')) as Document
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })

function schemaOf(event: string): Schema {
  const found = webhooksOf(document).find(({ path }) => path === event)
  assert.ok(found, event)
  return resourceSchema(found.operation)
}

/** The kinds that a resource is, by name; `itself` when the event has one. */
function kindsOf(event: string, resource: object): string[] {
  const schema = schemaOf(event)
  const kinds = schema.oneOf ?? [{ ...schema, title: 'itself' }]
  return kinds.filter((kind) => ajv.validate(kind, resource)).map(({ title }) => title!)
}

const amount = { total: 100, payer_total: 90, currency: 'CNY', payer_currency: 'CNY' }
const order = {
  out_trade_no: '1217752501201407033233368018',
  transaction_id: '4200000000000000000000000001',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  bank_type: 'OTHERS',
  attach: '',
  success_time: '2026-01-02T15:04:05+08:00',
  amount,
}
const payment = { ...order, mchid: '1900000001', appid: 'wx0000000000000001', payer: { openid: 'o1' } }
const partner = { sp_mchid: '1900000002', sub_mchid: '1900000003', sub_appid: 'wx0000000000000003' }
const partnerPayment = { ...order, ...partner, sp_appid: 'wx0000000000000002', payer: { sp_openid: 'o2' } }
const sub = {
  mchid: '1900000001',
  sub_mchid: '1900000003',
  out_trade_no: '1',
  transaction_id: '2',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  bank_type: 'OTHERS',
  attach: '',
  success_time: '2026-01-02T15:04:05.120+08:00',
  amount: { total_amount: 10, currency: 'CNY', payer_amount: 10, payer_currency: 'CNY' },
}
const combined = {
  combine_appid: 'wx0000000000000001',
  combine_mchid: '1900000001',
  combine_out_trade_no: '3',
  combine_payer_info: { openid: 'o1' },
  scene_info: { device_id: 'POS1:1' },
  sub_orders: [sub],
}
const sharing = {
  mchid: '1900000001',
  transaction_id: '2',
  order_id: '5',
  out_order_no: '6',
  receiver: { type: 'MERCHANT_ID', account: '1900000004', amount: 88, description: '运费' },
  success_time: '2026-01-02T15:04:05+08:00',
}
const parking = {
  ...partner,
  appid: 'wx0000000000000001',
  description: '停车场扣费',
  create_time: '2026-01-02T14:04:05+08:00',
  out_trade_no: '7',
  trade_state: 'SUCCESS',
  trade_state_description: '支付成功',
  bank_type: 'BPA',
  user_repaid: 'N',
  trade_scene: 'PARKING',
  payer: { openid: 'o1' },
  amount: { total: 528800, discount_total: 1, payer_total: 518799, currency: 'CNY' },
  parking_info: { parking_id: '8', plate_number: '粤B88888', plate_color: 'BLUE', charging_duration: 3600 },
  promotion_detail: [{ promotion_id: '9', name: '单品惠', scope: 'SINGLE', type: 'DISCOUNT', amount: 1 }],
}
const refund = {
  transaction_id: '2',
  out_trade_no: '1',
  refund_id: '50200207182018070300011301001',
  out_refund_no: '10',
  refund_status: 'SUCCESS',
  success_time: '2026-01-02T15:04:05+08:00',
  user_received_account: '招商银行信用卡0403',
  amount: { total: 999, refund: 999, payer_total: 999, payer_refund: 999 },
}
const permission = {
  appid: 'wx0000000000000001',
  mchid: '1900000001',
  service_id: '500001',
  openid: 'o1',
  user_service_status: 'USER_OPEN_SERVICE',
  openorclose_time: '20180225112233',
}
const { mchid, ...unnumbered } = permission
const school = { mchid, appid: 'wx0000000000000001', openid: 'o1', plan_id: '11', contract_id: '12' }
const schoolOrder = { mchid, appid: 'wx1', out_trade_no: '13', trade_state: 'ACCEPT', amount }

const samples: [event: string, kind: string, resource: object][] = [
  ['TRANSACTION.SUCCESS', 'Payment', payment],
  ['TRANSACTION.SUCCESS', 'PartnerPayment', partnerPayment],
  ['TRANSACTION.SUCCESS', 'CombinedPayment', combined],
  ['TRANSACTION.SUCCESS', 'ParkingPayment', parking],
  ['TRANSACTION.SUCCESS', 'ProfitSharing', sharing],
  ['TRANSACTION.SUCCESS', 'GlobalPayment', abroad({ mchid: '1900000001', appid: 'wx0000000000000001' })],
  ['TRANSACTION.SUCCESS', 'GlobalPartnerPayment', abroad({ ...partner, sp_appid: 'wx0000000000000002' })],
  ['TRANSACTION.FAIL', 'Parking', { ...parking, trade_state: 'PAY_FAIL' }],
  ['TRANSACTION.FAIL', 'Insurance', { ...payment, trade_type: 'PAP', trade_state: 'PAYERROR' }],
  [
    'TRANSACTION.FAIL',
    'School',
    { ...schoolOrder, device_information: { device_id: '1', device_ip: '127.0.0.1' } },
  ],
  ['TRANSACTION.PAY_BACK', 'Parking', { ...parking, trade_state: 'PAY_BACK', user_repaid: 'Y' }],
  ['TRANSACTION.PAY_BACK', 'School', { ...schoolOrder, trade_type: 'AUTH', trade_state: 'SUCCESS' }],
  ['REFUND.SUCCESS', 'Refund', { ...refund, mchid: '1900000001' }],
  ['REFUND.SUCCESS', 'PartnerRefund', { ...refund, ...partner }],
  ['REFUND.ABNORMAL', 'Refund', { ...refund, mchid: '1900000001', refund_status: 'ABNORMAL' }],
  ['REFUND.CLOSED', 'PartnerRefund', { ...refund, ...partner, refund_status: 'CLOSED' }],
  ['PAYSCORE.USER_OPEN_SERVICE', 'Service', permission],
  [
    'PAYSCORE.USER_CLOSE_SERVICE',
    'Service',
    { ...unnumbered, mch_id: '1900000001', sub_mch_id: '1900000003' },
  ],
  ['PAYSCORE.USER_OPEN_SERVICE', 'School', { ...school, contract_status: 'ADD' }],
  ['PAYSCORE.USER_CLOSE_SERVICE', 'School', { ...school, contract_status: 'DELETE' }],
]

/** A payment from abroad has its number in `id`. */
function abroad(merchant: object): object {
  const { transaction_id: id, ...rest } = order
  return { ...rest, id, ...merchant }
}

for (const [event, kind, resource] of samples)
  test(`${event}: ${kind} is that kind and no other`, () => {
    assert.equal(kindsOf(event, resource), [kind])
  })

test('an order of pay score needs nothing that only partners have', () => {
  const { service_id, appid, openid } = permission
  const done = {
    service_id,
    appid,
    mchid,
    openid,
    out_order_no: '14',
    state: 'DONE',
    service_introduction: '雨伞',
  }
  for (const event of ['PAYSCORE.USER_CONFIRM', 'PAYSCORE.USER_PAID'])
    assert.equal(kindsOf(event, done), ['itself'])
})

test('a discount card has its amounts in fen, and its seven names', () => {
  const card = {
    mchid: '1900000001',
    appid: 'wx0000000000000001',
    out_card_code: '15',
    card_template_id: '16',
    card_id: '17',
    openid: 'o1',
    state: 'SETTLEMENT',
    total_amount: 200,
    pay_information: { pay_amount: 200, pay_state: 'PAID', transaction_id: '2' },
  }
  assert.equal(kindsOf('DISCOUNT_CARD.USER_PAID', card), ['itself'])
  const { card_id: _, ...lacking } = card
  assert.equal(kindsOf('DISCOUNT_CARD.USER_PAID', lacking), [])
})

test('a complaint has the fields that are sent since 2025, whose phone number is plain and whose states no page lists', () => {
  const complaint = {
    complaint_id: '18',
    action_type: 'CREATE_COMPLAINT',
    out_trade_no: '1',
    transaction_id: '2',
    complaint_time: '2026-01-02T15:04:05+08:00',
    amount: 3,
    payer_phone: '13800000000',
    complaint_detail: '未收到货',
    complaint_state: 'PAYER_COMPLAINTED',
    complaint_handle_state: 'WAIT_MERCHANT_RESPONSE',
  }
  assert.equal(kindsOf('COMPLAINT.CREATE', complaint), ['itself'])
  const { complaint_id, action_type } = complaint
  assert.equal(kindsOf('COMPLAINT.CREATE', { complaint_id, action_type }), ['itself'])
  const { properties } = schemaOf('COMPLAINT.CREATE')
  assert.equal(
    Object.keys(complaint).filter((name) => !Object.hasOwn(properties!, name)),
    [],
  )
})

test('an inquiry has message or messsage, neither of which is promised', () => {
  const { required, properties } = schemaOf('ENTRUST.TERMINATE_INQUIRY')
  assert.not(required!.some((name) => /^mess+age$/.test(name)))
  assert.ok(properties!['message'] && properties!['messsage'])
})

test('a contract for automatic deductions is that of a merchant or of a partner', () => {
  const contract = { out_contract_code: '1', contract_id: '2', plan_id: 3, operate_time: order.success_time }
  for (const event of ['PAPAY.SIGN', 'PAPAY.TERMINATE']) {
    assert.equal(kindsOf(event, { ...contract, mchid, appid: 'wx1', openid: 'o1' }), ['Contract'])
    assert.equal(kindsOf(event, { ...contract, ...partner, sp_appid: 'wx2' }), ['PartnerContract'])
  }
})

test.run()
