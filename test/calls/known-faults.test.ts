import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments, startSandbox } from '../../sandbox/index.ts'
import { type Client, createClient } from '../../src/index.ts'
import { rsaPair } from '../support/keys.ts'
import { opensslDecrypts } from '../support/openssl-oaep.ts'
import { apiV3Key, mchid, publicKeyPlatform, serial } from '../support/platform-keys.ts'

// Calls that WeChat Pay takes although the pages say otherwise: they compile, the sandbox takes them, and what is
// personal goes out encrypted. Each was refused, or sent in plain, before the spec was corrected.

const merchant = rsaPair()
const keys = rsaPair()
const platform = publicKeyPlatform(keys)
const sandbox = await startSandbox({
  documents: Object.values(
    await specDocuments([
      'applyment4sub',
      'apply4subject',
      'bank-transfer',
      'bill',
      'brand',
      'businesscircle',
      'combine-transactions',
      'ecommerce',
      'edu-papay',
      'eduschoolpay',
      'global',
      'marketing',
      'med-ins',
      'pay',
      'payscore',
      'profitsharing',
      'refund',
      'transfer',
    ]),
  ),
  merchants: [{ mchid, serial, publicKey: merchant.publicKey, apiV3Key }],
  platform,
})
test.after(() => sandbox.close())

const client: Client = createClient({
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platform.serial]: platform.publicKey },
  baseUrl: sandbox.url,
})

/** Fails with what the sandbox refused. */
async function taken(call: Promise<{ error?: unknown }>): Promise<void> {
  const { error } = await call
  assert.is(error, undefined, JSON.stringify(error))
}

/** The body of the last request, as it was on the wire. */
const sent = () => JSON.parse(sandbox.requests.at(-1)!.body.toString())
const opened = (text: string) => opensslDecrypts(keys.privateKey, text)

const notify_url = 'https://app.example/notify'
const native = { appid: 'wx1', mchid, description: '笔', notify_url, amount: { total: 100 } }

test('1: answers to questions on a member card go out encrypted', async () => {
  await taken(
    client.POST('/v3/brand/partner/card-member/user-cards/{user_card_code}/confirm', {
      params: { path: { user_card_code: '1' }, query: { card_id: '1' } },
      body: {
        brand_id: '1',
        openid: 'o1',
        user_card_confirm_state: 'CREATE_CARD_SUCCESS',
        user_information: { custom_field_list: [{ name: '爱好', user_chosen_values: ['钓鱼'] }] },
      },
    }),
  )
  assert.is(opened(sent().user_information.custom_field_list[0].user_chosen_values[0]), '钓鱼')
})

test('2: a refund of a plain order needs no combined order', () =>
  taken(
    client.POST('/v3/ecommerce/refunds/apply', {
      body: {
        sp_appid: 'wx1',
        transaction_id: '1',
        out_refund_no: '1',
        amount: { refund: 1, total: 1, currency: 'CNY' },
      },
    }),
  ))

test('3: the parts of a medical refund have one underscore, and a direct merchant has no sub_mchid', () =>
  taken(
    client.POST('/v3/med-ins/refunds/notify', {
      params: { query: { mix_trade_no: '1' } },
      body: {
        med_refund_total_fee: 3,
        med_refund_gov_fee: 1,
        med_refund_self_fee: 1,
        med_refund_other_fee: 1,
        refund_time: '2026-01-02T15:04:05+08:00',
        out_refund_no: '1',
      },
    }),
  ))

test('4: a combined order of merchants without sub-merchants', () =>
  taken(
    client.POST('/v3/combine-transactions/jsapi', {
      body: {
        combine_appid: 'wx1',
        combine_mchid: mchid,
        combine_out_trade_no: '1',
        notify_url,
        combine_payer_info: { openid: 'o1' },
        sub_orders: [
          {
            mchid,
            out_trade_no: '2',
            description: '笔',
            attach: 'x',
            amount: { total_amount: 1, currency: 'CNY' },
          },
        ],
      },
    }),
  ))

test('5: a partner order for a user of the sub-merchant', () =>
  taken(
    client.POST('/v3/pay/partner/transactions/jsapi', {
      body: {
        sp_appid: 'wx1',
        sp_mchid: mchid,
        sub_appid: 'wx2',
        sub_mchid: '2',
        description: '笔',
        out_trade_no: '1',
        notify_url,
        amount: { total: 1 },
        payer: { sub_openid: 'o1' },
      },
    }),
  ))

test('6 and 14: an overseas order in one of two modes, whose detail is an object', () =>
  taken(
    client.POST('/v3/global/transactions/jsapi', {
      body: {
        sp_mchid: mchid,
        sp_appid: 'wx1',
        sub_mchid: '2',
        description: 'pen',
        notify_url,
        out_trade_no: '1',
        trade_type: 'JSAPI',
        merchant_category_code: '4111',
        payer: { sp_openid: 'o1' },
        amount: { total: 1, currency: 'HKD' },
        detail: { cost_price: 1, goods_detail: [{ goods_id: '1', quantity: 1, price: 1 }] },
      },
    }),
  ))

test('7: the code of a document is no secret, its number is', async () => {
  await taken(
    client.POST('/v3/eduschoolpay/contracts/presign', {
      body: {
        appid: 'wx1',
        openid: 'o1',
        plan_id: '1',
        user_id: '1',
        school_id: '1',
        out_contract_code: '1',
        identity: {
          real_name: '张三',
          credential_type: 'IDENTITY_CARD',
          id_card_number: '11010519491231002X',
        },
      },
    }),
  )
  assert.is(sent().identity.credential_type, 'IDENTITY_CARD')
  assert.is(opened(sent().identity.real_name), '张三')
})

test('8: the key of an encrypted bill arrives decrypted', async () => {
  const { data } = await client.GET('/v3/bill/sub-merchant-fundflowbill', {
    params: {
      query: {
        sub_mchid: '1',
        bill_date: '2026-01-02',
        account_type: 'BASIC',
        algorithm: 'AEAD_AES_256_GCM',
      },
    },
  })
  const key: string = data?.download_bill_list?.[0]?.encrypt_key ?? ''
  assert.ok(key !== '' && key.length < 300, key)
})

test('9: names of payees arrive decrypted', async () => {
  const { data } = await client.GET(
    '/v3/bank-transfer/batches/batch-id/{batch_id}/details/detail-id/{detail_id}',
    {
      params: { path: { batch_id: '1', detail_id: '1' } },
    },
  )
  assert.ok((data?.username?.length ?? 0) < 300)
  const applied = await client.GET('/v3/ecommerce/applyments/{applyment_id}', {
    params: { path: { applyment_id: 1 } },
  })
  assert.ok((applied.data?.account_validation?.account_name?.length ?? 0) < 300)
})

test('10: a shop is known by its id', () =>
  taken(
    client.POST('/v3/pay/transactions/native', {
      body: {
        ...native,
        out_trade_no: '1',
        scene_info: { payer_client_ip: '127.0.0.1', store_info: { id: '0001' } },
      },
    }),
  ))

test('11: the names of a subject as WeChat Pay spells them', () =>
  taken(
    client.POST('/v3/apply4subject/applyment', {
      body: {
        business_code: '1',
        contact_info: { name: '张三', mobile: '13900000000', id_card_number: '1' },
        subject_info: {
          subject_type: 'SUBJECT_TYPE_ENTERPRISE',
          business_licence_info: {
            licence_number: '1',
            licence_copy: 'MediaId',
            merchant_name: '甲公司',
            legal_person: '张三',
            company_address: '北京',
            licence_valid_date: ['1970-01-01', 'forever'],
          },
          special_operation_list: [{ category_id: 44, operation_copy_list: ['MediaId'] }],
        },
        identification_info: {
          identification_type: 'IDENTIFICATION_TYPE_IDCARD',
          identification_name: '张三',
        },
      },
    }),
  ))

test('12: values that the pages leave out of their enums', async () => {
  await taken(
    client.GET('/v3/marketing/busifavor/stocks/{stock_id}/couponcodes', {
      params: { path: { stock_id: '1' }, query: { status: 'AVAILABLE' } },
    }),
  )
  await taken(
    client.POST('/v3/marketing/paygiftactivity/unique-threshold-activity', {
      body: {
        activity_base_info: {
          activity_name: '活动',
          activity_second_title: '满减',
          merchant_logo_url: 'https://app.example/logo.png',
          out_request_no: '1',
          delivery_purpose: 'OFF_LINE_PAY',
        },
        award_send_rule: {
          award_type: 'BUSIFAVOR',
          merchant_option: 'MANUAL_INPUT_MERCHANT',
          transaction_amount_minimum: 1,
          send_content: 'SINGLE_COUPON',
        },
        advanced_setting: {
          delivery_user_category: 'DELIVERY_MEMBER_PERSON',
          payment_mode: { payment_scene_list: ['MINIAPP_SCENE'] },
        },
      },
    }),
  )
})

test('13: sharing profit with a notification', () =>
  taken(
    client.POST('/v3/profitsharing/orders', {
      body: { appid: 'wx1', transaction_id: '1', out_order_no: '1', unfreeze_unsplit: true, notify_url },
    }),
  ))

test('15: a pay score order with the amount of a discount', () =>
  taken(
    client.POST('/v3/payscore/serviceorder', {
      body: {
        out_order_no: '1',
        appid: 'wx1',
        service_id: '1',
        service_introduction: '充电宝',
        time_range: { start_time: 'OnAccept' },
        risk_fund: { name: 'DEPOSIT', amount: 100 },
        notify_url,
        post_discounts: [{ name: '满减', description: '满一减一', amount: 100 }],
      },
    }),
  ))

test('16 and 17: a transfer without a scene and a name, and no serial from the caller', () =>
  taken(
    client.POST('/v3/transfer/batches', {
      body: {
        appid: 'wx1',
        out_batch_no: '1',
        batch_name: '报销',
        batch_remark: '报销',
        total_amount: 1,
        total_num: 1,
        transfer_detail_list: [
          { out_detail_no: '1', transfer_amount: 1, transfer_remark: '报销', openid: 'o1' },
        ],
      },
    }),
  ))

test('18: stopping a stock of coupons, which no page documents', () =>
  taken(
    client.POST('/v3/marketing/favor/stocks/{stock_id}/stop', {
      params: { path: { stock_id: '1' } },
      body: { stock_creator_mchid: mchid },
    }),
  ))

test('20: an amount is a whole number of fen', async () => {
  const { error } = await client.POST('/v3/pay/transactions/native', {
    body: { ...native, out_trade_no: '1', amount: { total: 5.5 } },
  })
  assert.is(error?.code, 'PARAM_ERROR')
  assert.match(JSON.stringify(error), '/amount/total')
})

test('23: a subject with a certificate has no business licence', () =>
  taken(
    client.POST('/v3/applyment4sub/applyment/', {
      body: {
        business_code: '1',
        contact_info: {
          contact_type: 'LEGAL',
          contact_name: '张三',
          mobile_phone: '13900000000',
          contact_email: 'a@app.example',
        },
        subject_info: {
          subject_type: 'SUBJECT_TYPE_INSTITUTIONS',
          certificate_info: {
            cert_copy: 'MediaId',
            cert_type: 'CERTIFICATE_TYPE_2388',
            cert_number: '1',
            merchant_name: '学校',
            company_address: '北京',
            legal_person: '张三',
          },
          identity_info: { id_doc_type: 'IDENTIFICATION_TYPE_IDCARD', owner: true },
        },
        business_info: {
          merchant_shortname: '学校',
          service_phone: '0758000',
          sales_info: { sales_scenes_type: ['SALES_SCENES_STORE'] },
        },
        settlement_info: { settlement_id: '719', qualification_type: '学校' },
        bank_account_info: {
          bank_account_type: 'BANK_ACCOUNT_TYPE_CORPORATE',
          account_name: '学校',
          account_bank: '工商银行',
          bank_address_code: '110000',
          account_number: '1',
        },
      },
    }),
  ))

test('24: the query of a commit status answers with the status', async () => {
  const { data } = await client.GET('/v3/businesscircle/users/{openid}/points/commit_status', {
    params: { path: { openid: 'o1' }, query: { brandid: 1, appid: 'wx1' } },
  })
  const status: string | undefined = data?.points_commit_status
  assert.type(status, 'string')
})

test('25: a stock of coupons without times of a day', () =>
  taken(
    client.POST('/v3/marketing/favor/coupon-stocks', {
      body: {
        stock_name: '券',
        belong_merchant: mchid,
        available_begin_time: '2026-01-02T15:04:05+08:00',
        available_end_time: '2026-02-02T15:04:05+08:00',
        stock_use_rule: {
          max_coupons: 1,
          max_amount: 1,
          max_coupons_per_user: 1,
          natural_person_limit: false,
          prevent_api_abuse: false,
        },
        pattern_info: { description: '券', background_color: 'COLOR020' },
        coupon_use_rule: {
          fixed_normal_coupon: { coupon_amount: 1, transaction_minimum: 1 },
          available_merchants: [mchid],
        },
        no_cash: false,
        stock_type: 'NORMAL',
        out_request_no: '1',
      },
    }),
  ))

test('27 and 28: a direct merchant names no sub-merchant, and one number of an order is enough', async () => {
  await taken(
    client.POST('/v3/edu-papay/transactions', {
      body: {
        appid: 'wx1',
        body: '学费',
        out_trade_no: '1',
        notify_url,
        contract_id: '1',
        trade_scene: 'EDU',
        amount: { total: 1, currency: 'CNY' },
      },
    }),
  )
  await taken(
    client.POST('/v3/refund/domestic/refunds', {
      body: { out_trade_no: '1', out_refund_no: '1', amount: { refund: 1, total: 1, currency: 'CNY' } },
    }),
  )
})

test.run()
