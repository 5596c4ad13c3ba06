import { inspect } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BusinessSigner, businessSigner, type Coupon } from '../../../src/front-end/index.ts'
import { opensslSign } from '../../support/openssl.ts'
import { printed, thrownBy } from '../../support/thrown.ts'
import { apiV2Key, vector } from './vectors.ts'

const mchid = '1900000109'
const nonce = () => '593BEC0C930BF1AFEB40B4A08C8FB242'
const signer = businessSigner({ mchid, apiV2Key, nonce, clock: () => 1_554_208_460_999 })
const token = 'AAQTtwkAAAABAAAAAAB2d3Q0XyKk6Wj3'

/** Compares the order of the fields too, since a front end shows it in queries. */
function same(actual: unknown, expected: unknown): void {
  assert.is(JSON.stringify(actual, undefined, 1), JSON.stringify(expected, undefined, 1))
}

test('pay score: confirming an order, in three forms', async () => {
  same(await signer.wxpayScoreUse(token), vector('payscore: confirm order').result)
})

test('pay score: the page of an order, in three forms', async () => {
  const { fields, result } = vector('payscore: order detail')
  const order = { service_id: fields['service_id']!, out_order_no: fields['out_order_no']! }
  const { miniProgram, jsapi, app } = await signer.wxpayScoreDetail(order)
  same({ miniProgram, jsapi }, result)
  const { businessType, queryString } = jsapi
  same(app, { businessType, query: queryString, extInfo: '{"miniProgramType":0}' })
})

test('coupon plug-in', async () => {
  const { result } = vector('coupon plug-in')
  const { send_coupon_params } = result as { send_coupon_params: Coupon[] }
  same(await signer.couponParams(send_coupon_params), result)
})

test('coupon link', async () => {
  const { fields, result } = vector('H5 coupon link')
  const { stock_id = '', out_request_no = '', open_id = '', coupon_code } = fields
  assert.is(await signer.couponLink({ stock_id, out_request_no, open_id, coupon_code }), result)
})

test('a value is signed as it is, and escaped once where it is part of a query', async () => {
  const out_order_no = 'a|b*c%7C+d=&e'
  const { miniProgram, jsapi } = await signer.wxpayScoreDetail({ service_id: '1', out_order_no })
  const { sign, ...rest } = miniProgram.extraData
  const message = `mch_id=${mchid}&nonce_str=${nonce()}&out_order_no=${out_order_no}&service_id=1&sign_type=HMAC-SHA256&timestamp=1554208460&key=${apiV2Key}`
  assert.is(sign, opensslSign('HMAC-SHA256', message, apiV2Key))
  assert.equal(Object.fromEntries(new URLSearchParams(jsapi.queryString)), { ...rest, sign })
  assert.match(jsapi.queryString, '&out_order_no=a%7Cb*c%257C%2Bd%3D%26e&')
})

test('whatever a coupon has is signed and passed on, but for what is empty', async () => {
  const coupon = {
    stock_id: '123',
    out_request_no: 'R123',
    coupon_code: 'C1',
    create_coupon_merchant: '1900000001',
    customize_send_time: '2026-05-20T13:29:35+08:00',
  }
  const { send_coupon_params, sign } = await signer.couponParams([
    { ...coupon },
    { stock_id: '456', out_request_no: 'R456', coupon_code: undefined, customize_send_time: '' },
  ])
  same(send_coupon_params, [coupon, { stock_id: '456', out_request_no: 'R456' }])
  const flat = [
    'coupon_code0=C1',
    'create_coupon_merchant0=1900000001',
    'customize_send_time0=2026-05-20T13:29:35+08:00',
    'out_request_no0=R123',
    'out_request_no1=R456',
    `send_coupon_merchant=${mchid}`,
    'stock_id0=123',
    'stock_id1=456',
  ]
  assert.is(sign, opensslSign('HMAC-SHA256', `${flat.join('&')}&key=${apiV2Key}`, apiV2Key))
})

test('each signature has a nonce of its own and the time of the clock', async () => {
  const { wxpayScoreUse } = businessSigner({ mchid, apiV2Key })
  const views = await Promise.all(Array.from({ length: 50 }, () => wxpayScoreUse(token)))
  const fields = views.map(({ miniProgram }) => miniProgram.extraData)
  assert.is(new Set(fields.map(({ nonce_str }) => nonce_str)).size, 50)
  for (const { timestamp, nonce_str } of fields) {
    assert.match(timestamp, /^\d{10}$/)
    assert.ok(Math.abs(Number(timestamp) - Date.now() / 1000) < 10)
    assert.match(nonce_str, /^[\dA-Za-z]{32}$/)
  }
})

test('a package that is not the token of an answer is refused: a service id above all', async () => {
  const wrong = ['88888888000011', '2002000000000558128851361561536', `package=${token}`, `${token}&a=b`]
  for (const value of wrong) {
    const error = await thrownBy(() => signer.wxpayScoreUse(value))
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, 'package is not a token')
    assert.match(error.hint ?? '', 'not the service_id')
  }
  for (const value of ['', undefined, null, 7, 'a b', `${token}\n`]) {
    const error = await thrownBy(() => signer.wxpayScoreUse(value as string))
    assert.match(error.message, 'package must be one line of ASCII')
    assert.match(error.hint ?? '', 'not the service_id')
  }
})

test('a token is passed on whatever it is made of', async () => {
  for (const value of ['1AAQ', 'AAQ1', 'AA==', 'a/b+c=', 'A-B=C', 'a.b~c%3D'])
    assert.is((await signer.wxpayScoreUse(value)).miniProgram.extraData.package, value)
})

test('other values that are missing, empty or not one line of ASCII are refused', async () => {
  const coupon = { stock_id: '1', out_request_no: '2', open_id: '3' }
  for (const value of ['', undefined, 7, 'a\nb', '订单'] as string[]) {
    for (const [name, act] of Object.entries<() => unknown>({
      service_id: () => signer.wxpayScoreDetail({ service_id: value, out_order_no: '1' }),
      out_order_no: () => signer.wxpayScoreDetail({ service_id: '1', out_order_no: value }),
      stock_id: () => signer.couponParams([coupon, { ...coupon, stock_id: value }]),
      out_request_no: () => signer.couponLink({ ...coupon, out_request_no: value }),
      open_id: () => signer.couponLink({ ...coupon, open_id: value }),
    })) {
      const error = await thrownBy(act)
      assert.is(error.code, 'ERR_REQUEST')
      assert.match(error.message, `${name} must be one line of ASCII`)
      assert.match(error.hint ?? '', 'as WeChat Pay returned it')
    }
  }
  const error = await thrownBy(() => signer.couponLink({ ...coupon, coupon_code: 7 as never }))
  assert.match(error.message, 'coupon_code must be one line of ASCII')
  for (const none of [[], undefined, {}, 'a'] as never[]) {
    const refused = await thrownBy(() => signer.couponParams(none))
    assert.is(refused.code, 'ERR_REQUEST')
    assert.match(refused.message, 'there is no coupon to hand out. Give a list')
  }
  assert.match((await thrownBy(() => signer.wxpayScoreDetail(undefined as never))).message, 'service_id must')
})

test('options that cannot be right are refused at once, and the key is not quoted', async () => {
  const keys = [
    '',
    apiV2Key.slice(1),
    `${apiV2Key}0`,
    `${apiV2Key}\n`,
    ` ${apiV2Key.slice(1)}`,
    '密'.repeat(32),
  ]
  for (const key of [...keys, undefined, null, 7, Buffer.from(apiV2Key), [apiV2Key]]) {
    const error = await thrownBy(() => businessSigner({ mchid, apiV2Key: key as string }))
    assert.is(error.name, 'ConfigError')
    assert.is(error.code, 'ERR_CONFIG')
    assert.match(error.message, key === undefined || key === '' ? 'apiV2Key is missing' : '32 characters')
    assert.match(error.hint ?? '', 'not the APIv3 key')
    if (typeof key === 'string' && key !== '') assert.not.match(printed(error), key.trim())
  }
  for (const value of ['', undefined, 1900000109, '1900000109 ', 'mchid', '1'.repeat(33)]) {
    const error = await thrownBy(() => businessSigner({ mchid: value as string, apiV2Key }))
    assert.is(error.code, 'ERR_CONFIG')
    assert.match(error.message, 'mchid must be a string of digits')
    assert.match(error.hint ?? '', 'merchant number')
  }
  businessSigner({ mchid: '1'.repeat(32), apiV2Key })
})

test('nothing that is printed holds the key', async () => {
  const { sign, wxpayScoreUse, couponParams } = signer
  const shown = [
    inspect(signer, { depth: 10, showHidden: true }),
    JSON.stringify(signer),
    `${signer} ${Object.values(signer).join()}`,
    JSON.stringify(await wxpayScoreUse(token)),
  ]
  for (const act of [
    () => sign({ a: 1 as never }),
    () => sign({}, 'MD5'),
    () => sign({ a: 'b' }, apiV2Key as never),
    () => wxpayScoreUse('1'),
    () => couponParams([]),
    () => businessSigner({ mchid: '', apiV2Key }),
  ])
    shown.push(printed(await thrownBy(act)))
  for (const text of shown) assert.not.match(text, apiV2Key)
})

test('a polluted prototype adds no option and no field', async () => {
  const calls: Record<string, (one: BusinessSigner) => Promise<unknown>> = {
    use: (one) => one.wxpayScoreUse(token),
    detail: (one) => one.wxpayScoreDetail({ service_id: '1', out_order_no: '2' }),
    coupons: (one) => one.couponParams([{ stock_id: '1', out_request_no: '2' }]),
    link: (one) => one.couponLink({ stock_id: '1', out_request_no: '2', open_id: '3' }),
  }
  const all = () => Promise.all(Object.values(calls).map((call) => call(signer)))
  const honest = await all()
  const hostile = { apiV2Key: 'x'.repeat(32), mchid: '1', clock: () => 0, nonce: () => 'n', coupon_code: 'c' }
  const prototype = Object.prototype as Record<string, unknown>
  for (const [name, value] of Object.entries(hostile)) {
    let polluted: unknown[]
    let refused: unknown
    prototype[name] = value
    try {
      polluted = await all()
      const options = { mchid, apiV2Key }
      delete (options as Record<string, unknown>)[name]
      refused = await Promise.resolve()
        .then(() => businessSigner(options))
        .then(({ couponParams }) => couponParams([{ stock_id: '1', out_request_no: '2' }]))
        .catch((error: { code: string }) => error.code)
    } finally {
      delete prototype[name]
    }
    assert.equal(polluted, honest, name)
    assert.equal(refused, name === 'mchid' || name === 'apiV2Key' ? 'ERR_CONFIG' : honest[2], name)
  }
})

test('what is signed is what is passed on: a getter is read once, and later changes do not count', async () => {
  let reads = 0
  const order = {
    service_id: '1',
    get out_order_no() {
      return `order${++reads}`
    },
  }
  const { extraData } = (await signer.wxpayScoreDetail(order)).miniProgram
  assert.is(extraData.out_order_no, 'order1')
  const { sign, ...fields } = extraData
  assert.is(sign, await signer.sign({ ...fields }))

  const coupon = { stock_id: '1', out_request_no: '2' }
  const coupons = [coupon]
  const signing = signer.couponParams(coupons)
  coupon.stock_id = '3'
  coupons.push({ stock_id: '4', out_request_no: '5' })
  const signed = await signing
  assert.equal(signed.send_coupon_params, [{ stock_id: '1', out_request_no: '2' }])
  const flat = { send_coupon_merchant: mchid, stock_id0: '1', out_request_no0: '2' }
  assert.is(signed.sign, await signer.sign(flat))
})

test.run()
