import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments } from '../../../sandbox/index.ts'
import { document } from '../../support/document.ts'
import { HandSigned } from '../../support/hand-signed.ts'
import { rsaPair } from '../../support/keys.ts'
import { mchid, serial } from '../../support/platform-keys.ts'
import { merchant, platform, startForMerchant } from '../merchant-sandbox.ts'

const documents = await specDocuments(['new-tax-control-fapiao', 'brand-mode'])
const { sandbox, hand } = await startForMerchant({
  documents: [document, ...Object.values(documents)],
  merchants: [
    { mchid, serial, publicKey: merchant.publicKey },
    { brandId: '130001', serial: 'B0B0B0B0', publicKey: merchant.publicKey },
  ],
})
const brand = new HandSigned(sandbox, {
  id: ['brand_id', '130001'],
  serial: 'B0B0B0B0',
  privateKey: merchant.privateKey,
})
test.after(() => sandbox.close())

test('a correctly signed request is accepted, and its caller recorded', async () => {
  assert.is((await hand.send()).status, 200)
  assert.is(sandbox.requests.at(-1)?.account, mchid)
})

test('a wrong signature is 401 and shows the message that was verified', async () => {
  const jsapi = '/v3/pay/transactions/jsapi'
  const body = '{"description":"中文","amount":{"total":1}}'
  for (const signed of [
    { method: 'PUT' },
    { target: '/v3/other' },
    { body: body.replace('1', '2') },
    { body: '' },
    { key: rsaPair().privateKey },
  ]) {
    const sent = { method: 'POST', target: jsapi, body, signed }
    const error = await hand.refused(sent, 401, 'SIGN_ERROR', 'signature')
    const { sign_information, issue, detail } = error.detail
    assert.is(sign_information.method, 'POST')
    assert.is(sign_information.url, jsapi)
    assert.match(
      sign_information.truncated_sign_message,
      /^POST\n\/v3\/pay\/transactions\/jsapi\n\d+\nnonce\d+\n\{"descri\n$/,
    )
    const head = sign_information.truncated_sign_message.length - 9
    assert.is(sign_information.sign_message_length, head + Buffer.byteLength(body) + 1)
    assert.equal([issue, detail], ['sign not match', { issue }])
  }
})

test('a malformed Authorization or an unknown account is 401', async () => {
  const changes: [string, (header: string) => string][] = [
    ['Authorization', (header) => header.replace('WECHATPAY2', 'WECHATPAY')],
    ['Authorization', (header) => header.replace(',timestamp', ';timestamp')],
    ['Authorization', (header) => `${header},extra="1"`],
    ['Authorization', () => 'WECHATPAY2-SHA256-RSA2048'],
    ['mchid', (header) => `${header},mchid="${mchid}"`],
    ['nonce_str', (header) => header.replace(/nonce_str="\w+",/, '')],
    ['serial_no', (header) => header.replace(/,serial_no="\w+"/, '')],
    ['mchid', (header) => header.replace(mchid, '1')],
    ['serial_no', (header) => header.replace(serial, '00')],
  ]
  for (const [field, authorization] of changes)
    await hand.refused({ authorization }, 401, 'SIGN_ERROR', field)
  await hand.refused({ headers: { Authorization: undefined } }, 401, 'SIGN_ERROR', 'Authorization')
})

test('a nonce is valid once, a timestamp within 300 seconds of now', async () => {
  const signed = { nonce: 'once' }
  assert.is((await hand.send({ signed })).status, 200)
  await hand.refused({ signed }, 401, 'SIGN_ERROR', 'nonce_str')
  const now = Math.floor(Date.now() / 1000)
  assert.is((await hand.send({ signed: { timestamp: String(now - 298) } })).status, 200)
  for (const timestamp of [String(now - 301), String(now + 302), String(Date.now())]) {
    await hand.refused({ signed: { timestamp } }, 401, 'SIGN_ERROR', 'timestamp')
  }
})

test('a brand must use the authorization scheme of brands', async () => {
  const target = '/brand/store/brandstores'
  const headers = { 'Wechatpay-Serial': platform.serial }
  assert.is((await brand.send({ target, headers })).status, 200)
  assert.is(sandbox.requests.at(-1)?.account, '130001')
  const merchantScheme = (header: string) => header.replace('WECHATPAY-BRAND-', 'WECHATPAY2-')
  const asMerchant = (header: string) => merchantScheme(header).replace('brand_id', 'mchid')
  for (const authorization of [merchantScheme, asMerchant])
    await brand.refused({ target, headers, authorization }, 401, 'SIGN_ERROR', 'Authorization')
  const noBrand = (header: string) => header.replace('brand_id', 'mchid')
  await brand.refused({ target, headers, authorization: noBrand }, 401, 'SIGN_ERROR', 'Authorization')
  const other = (header: string) => header.replace('130001', '130002')
  await brand.refused({ target, headers, authorization: other }, 401, 'SIGN_ERROR', 'brand_id')
})

test('only an operation without security works without Authorization', async () => {
  const target =
    '/invoicing/fapiao/fapiao-file?nonce_str=1&mch_id=1&fapiao_id=1&fapiao_apply_id=1&invoice_code=1&invoice_no=1&sign=1&openid=1&token=1'
  const headers = { Authorization: undefined }
  const { status, body } = await hand.send({ target, headers })
  assert.is.not(status, 401, JSON.stringify(body))
  await hand.refused({ headers }, 401, 'SIGN_ERROR')
})

test.run()
