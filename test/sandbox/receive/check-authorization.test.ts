import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Answer, startSandbox } from '../../../sandbox/index.ts'
import { document } from '../../support/document.ts'
import { HandSigned } from '../../support/hand-signed.ts'
import { rsaPair } from '../../support/keys.ts'

const mchid = '1900007291'
const serial = '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB'
const platformSerial = 'PUB_KEY_ID_0119000072912026010100000000000001'
const merchant = rsaPair()
let fault: ((answer: Answer) => Answer) | undefined

const sandbox = await startSandbox({
  documents: [document],
  merchants: [{ mchid, serial, publicKey: merchant.publicKey }],
  platform: { serial: platformSerial, privateKey: rsaPair().privateKey },
  fault: (answer) => fault?.(answer) ?? answer,
})
const hand = new HandSigned(sandbox, { id: ['mchid', mchid], serial, privateKey: merchant.privateKey })
const send = hand.send.bind(hand)
const refused = hand.refused.bind(hand)

test.after(() => sandbox.close())

test('what is signed by hand and right is answered', async () => {
  const { status, body } = await send({})
  assert.equal([status, body], [200, { which: 'the default guide' }])
})

test('a written-out segment beats a variable', async () => {
  assert.ok('guide_id' in (await send({ target: '/v3/smartguide/guides/other' })).body)
})

test('a wrong signature answers 401 with what was signed for', async () => {
  const jsapi = '/v3/pay/transactions/jsapi'
  const body = '{"description":"中文","amount":{"total":1}}'
  for (const signed of [
    { method: 'PUT' },
    { target: '/v3/other' },
    { body: body.replace('1', '2') },
    { body: '' },
    { key: rsaPair().privateKey },
  ]) {
    const error = await refused(
      { method: 'POST', target: jsapi, body, signed },
      401,
      'SIGN_ERROR',
      'signature',
    )
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

test('an Authorization that is not exactly right answers 401', async () => {
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
  for (const [field, authorization] of changes) await refused({ authorization }, 401, 'SIGN_ERROR', field)
  await refused({ headers: { Authorization: undefined } }, 401, 'SIGN_ERROR', 'Authorization')
})

test('a nonce is good once, a timestamp for 300 seconds', async () => {
  const signed = { nonce: 'once' }
  assert.is((await send({ signed })).status, 200)
  await refused({ signed }, 401, 'SIGN_ERROR', 'nonce_str')
  const now = Math.floor(Date.now() / 1000)
  assert.is((await send({ signed: { timestamp: String(now - 298) } })).status, 200)
  for (const timestamp of [String(now - 301), String(now + 302), String(Date.now())]) {
    await refused({ signed: { timestamp } }, 401, 'SIGN_ERROR', 'timestamp')
  }
})

test('headers that WeChat Pay wants', async () => {
  await refused({ headers: { Accept: undefined } }, 400, 'PARAM_ERROR', 'Accept')
  await refused({ headers: { 'User-Agent': undefined } }, 400, 'PARAM_ERROR', 'User-Agent')
  await refused({ headers: { 'Wechatpay-Serial': serial } }, 400, 'PARAM_ERROR', 'Wechatpay-Serial')
  assert.is((await send({ headers: { 'Wechatpay-Serial': platformSerial } })).status, 200)
})

test('bodies that WeChat Pay does not take', async () => {
  const post = { method: 'POST', target: '/v3/pay/transactions/jsapi' }
  const body = (text: string | Buffer, field: string) =>
    refused({ ...post, body: text }, 400, 'PARAM_ERROR', field)
  await body('', '')
  await body('{', '')
  await body('[]', '')
  await body('{"amount":{"total":1}}', '/description')
  await body('{"description":"x","amount":{}}', '/amount/total')
  await body('{"description":"x","amount":{"total":"1"}}', '/amount/total')
  await body('{"description":"x","amount":{"total":1},"attach":null}', '/attach')
  await body('{"description":"x","amount":{"total":1},"more":[{"deep":null}]}', '/more/0/deep')
  await body('{"description":"😀","amount":{"total":1}}', '/description')
  await body('{"description":"\\ud83d\\ude00","amount":{"total":1}}', '/description')
  await body(Buffer.from([0x7b, 0xff, 0x7d]), '')
  const text = '{"description":"x","amount":{"total":1}}'
  const headers = { 'Content-Type': 'text/plain' }
  await refused({ ...post, body: text, headers }, 400, 'PARAM_ERROR', 'Content-Type')
  assert.is((await send({ ...post, body: text })).status, 200)
})

test('queries of the wrong type', async () => {
  const query = (text: string, field: string) =>
    refused({ target: `/v3/smartguide/guides${text}` }, 400, 'PARAM_ERROR', field)
  await query('', 'store_id')
  await query('?store_id=abc', 'store_id')
  await query('?store_id=1&store_id=2', 'store_id')
  await query('?store_id=1&limit=11', 'limit')
  await query('?store_id=1&note=%F0%9F%98%80', 'note')
  assert.is((await send({ target: '/v3/smartguide/guides?store_id=1&limit=10' })).status, 200)
})

test('paths and methods that are not there', async () => {
  await refused({ target: '/v3/nowhere' }, 404, 'RESOURCE_NOT_EXISTS')
  await refused({ target: '/v3/smartguide/guides/a/b/c' }, 404, 'RESOURCE_NOT_EXISTS')
  await refused({ target: '/v3/smartguide/guides/' }, 404, 'RESOURCE_NOT_EXISTS')
  await refused({ method: 'POST', target: '/v3/smartguide/guides' }, 405, 'METHOD_NOT_ALLOWED')
  await refused({ target: '/v3/smartguide/guides/%E4' }, 400, 'PARAM_ERROR')
})

test('samples are made from the schema, the same each time', async () => {
  const target = '/v3/smartguide/guides?store_id=1'
  const one = await send({ target })
  assert.equal(one.body, { data: [{ guide_id: 'guide_id-1' }], total_count: 1, state: 'OPEN' })
  assert.equal((await send({ target })).body, one.body)
})

test('a caller may pause between requests: connections are kept, and no limit is announced', async () => {
  const { headers } = await fetch(sandbox.url)
  assert.is(headers.get('Connection'), 'keep-alive')
  assert.is(headers.get('Keep-Alive'), null)
})

test('a fault that throws hangs up, and the sandbox lives on', async () => {
  fault = () => {
    throw new Error('hang up')
  }
  const answer = await send({}).catch(() => ({ status: 0 }))
  assert.not.ok(answer.status)
  fault = undefined
  assert.is((await send({})).status, 200)
})

test.run()
