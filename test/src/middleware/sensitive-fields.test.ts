import createFetchClient, { type Middleware } from 'openapi-fetch'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { operations } from '../../../generated/operations.ts'
import { importEncryptionKey } from '../../../src/keys/oaep-key.ts'
import { type SensitiveFieldsOptions, sensitiveFields } from '../../../src/middleware/sensitive-fields.ts'
import { signature } from '../../../src/middleware/signature.ts'
import { requestMessage } from '../../../src/signature/message.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { opensslVerifies } from '../../support/openssl.ts'
import { opensslDecrypts, opensslEncrypts } from '../../support/openssl-oaep.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

// biome-ignore lint/suspicious/noExplicitAny: any document's paths
type Paths = any

const merchant = rsaPair()
const wechat = rsaPair()
const id = 'PUB_KEY_ID_0119000072912026010100000000000001'
const platform = { [id]: wechat.publicKey, PUB_KEY_ID_9: stranger().publicKey }
const { privateKey } = merchant

type Without<Options> = Options extends unknown ? Omit<Options, 'operations'> : never
type Given = Without<SensitiveFieldsOptions>

/** A client without a server: it records what was sent, and responds with what the test gives. */
function world(options: Given, answer = '{}', init: ResponseInit = {}, ...more: Middleware[]) {
  const sent: Request[] = []
  const client = createFetchClient<Paths>({
    baseUrl: 'https://h',
    async fetch(request: Request) {
      sent.push(request)
      return new Response(answer || null, { headers: { 'Content-Type': 'application/json' }, ...init })
    },
  })
  client.use(
    sensitiveFields({ ...options, operations: [operations] } as SensitiveFieldsOptions) as Middleware,
    ...more,
  )
  return { client, sent }
}

test('a body goes out encrypted, and names the key', async () => {
  const { client, sent } = world({ platform, privateKey })
  const body = { type: 'PERSONAL_OPENID', name: '张三', account: '张三' }
  const given = structuredClone(body)
  await client.POST('/v3/profitsharing/receivers/add', { body })
  const [request] = sent
  assert.is(request!.headers.get('Wechatpay-Serial'), id)
  const { name, ...rest } = await request!.json()
  assert.is(opensslDecrypts(wechat.privateKey, name), '张三')
  assert.equal(rest, { type: 'PERSONAL_OPENID', account: '张三' })
  assert.equal(body, given)
})

test('a query goes out encrypted', async () => {
  const { client, sent } = world({ platform, privateKey })
  await client.GET('/v3/smartguide/guides', { params: { query: { store_id: 7, mobile: '13800138000' } } })
  const { searchParams } = new URL(sent[0]!.url)
  assert.is(searchParams.get('store_id'), '7')
  assert.is(opensslDecrypts(wechat.privateKey, searchParams.get('mobile')!), '13800138000')
  assert.is(sent[0]!.headers.get('Wechatpay-Serial'), id)
  assert.not.match(sent[0]!.url, '13800138000')
})

test('what has nothing sensitive goes as it is, and needs no key', async () => {
  const keys = { encrypter: async () => assert.unreachable('no key was needed') as never }
  const { client, sent } = world({ keys, privateKey })
  await client.POST('/v3/profitsharing/receivers/add', { body: { type: 'MERCHANT_ID' } })
  await client.POST('/v3/marketing/busifavor/callbacks', { body: { name: 'plain' } })
  await client.GET('/v3/smartguide/guides', { params: { query: { store_id: 7 } } })
  assert.is(await sent[0]!.text(), '{"type":"MERCHANT_ID"}')
  assert.is(await sent[1]!.text(), '{"name":"plain"}')
  assert.is(sent[2]!.url, 'https://h/v3/smartguide/guides?store_id=7')
  for (const request of sent) assert.is(request.headers.get('Wechatpay-Serial'), null)
})

test('all fields of one request are for one key, also while keys change', async () => {
  const keys = await Promise.all([wechat, stranger()].map(({ publicKey }) => importEncryptionKey(publicKey)))
  let asked = 0
  const encrypter = async () => {
    const at = asked++
    return { serial: `KEY_${at}`, key: keys[at]! }
  }
  const { client, sent } = world({ keys: { encrypter }, privateKey })
  const body = { receivers: ['a', 'b', 'c'].map((name) => ({ name })) }
  await client.POST('/v3/profitsharing/orders', { body })
  await client.POST('/v3/profitsharing/orders', { body })
  for (const [index, pair] of [wechat, stranger()].entries()) {
    assert.is(sent[index]!.headers.get('Wechatpay-Serial'), `KEY_${index}`)
    const { receivers } = (await sent[index]!.json()) as typeof body
    assert.equal(
      receivers.map(({ name }) => opensslDecrypts(pair.privateKey, name)),
      ['a', 'b', 'c'],
    )
  }
})

test('what is signed afterwards is what goes out', async () => {
  const sign = signature({ mchid: '1900007291', serial: '408B07E79B8269FE', privateKey, platformSerial: id })
  const { client, sent } = world({ platform, privateKey }, '{}', {}, sign)
  await client.POST('/v3/profitsharing/receivers/add', { body: { name: '张三' } })
  const { url, headers } = sent[0]!
  const said = headers.get('Authorization')!
  const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(said)![1]!
  const body = await sent[0]!.text()
  const message = requestMessage({
    method: 'POST',
    url,
    timestamp: part('timestamp'),
    nonce: part('nonce_str'),
    body,
  })
  assert.ok(opensslVerifies(merchant.publicKey, message, part('signature')))
  assert.not.match(body, '张三')
})

test('embedded JSON is written and read', async () => {
  const answer = JSON.stringify({
    passthrough_response_content: '{"a":[1]}',
    passthrough_request_content: 'no JSON',
  })
  const { client, sent } = world({ platform, privateKey }, answer)
  const body = { payer: { name: '张三' }, passthrough_request_content: { order: 1 } }
  const { data } = await client.POST('/v3/med-ins/orders', { body })
  assert.equal(data, { passthrough_response_content: { a: [1] }, passthrough_request_content: 'no JSON' })
  assert.is((await sent[0]!.json()).passthrough_request_content, '{"order":1}')
})

test('an answer is decrypted, and its headers stay', async () => {
  const answer = JSON.stringify({ user_name: opensslEncrypts(merchant.publicKey, '张三'), state: 'SUCCESS' })
  const headers = { 'Request-ID': 'R1', 'Content-Length': String(answer.length) }
  const { client } = world({ platform, privateKey }, answer, { headers })
  const path = '/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{out_bill_no}'
  const { data, response } = await client.GET(path, { params: { path: { out_bill_no: '1' } } })
  assert.equal(data, { user_name: '张三', state: 'SUCCESS' })
  assert.is(response.headers.get('Request-ID'), 'R1')
  assert.is(response.headers.get('Content-Length'), null)
})

test('an answer that is an error, empty or no JSON is left as it is', async () => {
  const path = '/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{out_bill_no}'
  const init = { params: { path: { out_bill_no: '1' } }, parseAs: 'text' as const }
  const refused = world({ platform, privateKey }, '{"user_name":"x"}', { status: 404 })
  assert.equal((await refused.client.GET(path, init)).error, { user_name: 'x' })
  assert.is((await world({ platform, privateKey }, '<html>').client.GET(path, init)).data, '<html>')
  const { response } = await world({ platform, privateKey }, '', { status: 204 }).client.GET(path, init)
  assert.is(response.status, 204)
})

test('a field that does not decrypt is reported with operation, place and Request-ID', async () => {
  const cipher = opensslEncrypts(stranger().publicKey, '张三')
  const answer = JSON.stringify({ data: [{ payer_phone: '' }, { payer_phone: cipher }] })
  const { client } = world({ platform, privateKey }, answer, { headers: { 'Request-ID': 'R1' } })
  const error = await thrownBy(() => client.GET('/v3/merchant-service/complaints-v2', {}))
  assert.is(error.code, 'ERR_DECRYPT')
  assert.match(
    error.message,
    'GET /v3/merchant-service/complaints-v2: data[1].payer_phone cannot be decrypted',
  )
  assert.is(error.requestId, 'R1')
})

test('what cannot be encrypted is not sent, and the error does not quote it', async () => {
  const { client, sent } = world({ platform, privateKey })
  const post = (body: object) => () => client.POST('/v3/profitsharing/orders', { body })
  for (const [receivers, code, says] of [
    [[{ name: '4111'.repeat(60) }], 'ERR_ENCRYPT_TOO_LONG', /receivers\[0\]\.name has 240 bytes/],
    [[{ name: 411141114111 }], 'ERR_ENCRYPT_VALUE', /receivers\[0\]\.name must be a string/],
    [{ name: '411141114111' }, 'ERR_ENCRYPT_VALUE', /receivers must be an array/],
  ] as const) {
    const error = await thrownBy(post({ receivers }))
    assert.is(error.code, code)
    assert.match(error.message, says)
    assert.match(error.message, 'POST /v3/profitsharing/orders')
    assert.not.match(printed(error), '41114111')
  }
  const none = world({ keys: { encrypter: async () => Promise.reject(new Error('none')) }, privateKey })
  const call = none.client.POST('/v3/profitsharing/orders', { body: { receivers: [{ name: 'x' }] } })
  assert.is(
    await call.then(
      () => 'sent',
      (error) => error.message,
    ),
    'none',
  )
  assert.is(sent.length + none.sent.length, 0)
})

for (const kind of ['text', 'Blob'] as const) {
  test(`a form's ${kind} part is sealed, the file stays`, async () => {
    const { client, sent } = world({ platform, privateKey })
    const meta = JSON.stringify({
      merchant_contact_information: { consultation_phone_number: '13800138000' },
      sha256: 'x',
    })
    const form = new FormData()
    form.append('meta', kind === 'text' ? meta : new Blob([meta], { type: 'application/json' }))
    form.append('file', new Blob([new Uint8Array([1, 2, 255])], { type: 'image/jpeg' }), 'a.jpg')
    await client.POST('/v3/marketing/shopping-receipt/shoppingreceipts', { body: form })
    const request = sent[0]!
    assert.is(request.headers.get('Wechatpay-Serial'), id)
    assert.not.match(await request.clone().text(), '13800138000')
    const arrived = await request.formData()
    const part = arrived.get('meta')!
    const text = typeof part === 'string' ? part : await part.text()
    if (typeof part !== 'string') assert.is(part.type, 'application/json')
    const { merchant_contact_information: contact, sha256 } = JSON.parse(text)
    assert.is(opensslDecrypts(wechat.privateKey, contact.consultation_phone_number), '13800138000')
    assert.is(sha256, 'x')
    const file = arrived.get('file') as File
    assert.equal([...new Uint8Array(await file.arrayBuffer())], [1, 2, 255])
    assert.equal([file.name, file.type], ['a.jpg', 'image/jpeg'])
  })
}

test('a form without the part, and no form at all, are refused', async () => {
  const { client, sent } = world({ platform, privateKey })
  const form = new FormData()
  form.append('file', new Blob(['x']), 'a.jpg')
  for (const [body, says] of [
    [form, 'the form has no meta'],
    [
      { meta: { merchant_contact_information: { consultation_phone_number: '13800138000' } } },
      'needs a form',
    ],
  ] as const) {
    const error = await thrownBy(() =>
      client.POST('/v3/marketing/shopping-receipt/shoppingreceipts', { body }),
    )
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, says)
  }
  assert.is(sent.length, 0)
})

test('wrong options are reported at once', async () => {
  const given = { privateKey, operations: [operations] }
  assert.is((await thrownBy(() => sensitiveFields({ ...given, platform: {} }))).code, 'ERR_CONFIG')
  for (const none of [[], undefined]) {
    const error = await thrownBy(() => sensitiveFields({ ...given, platform, operations: none as never }))
    assert.match(`${error.code} ${error.message}`, 'ERR_CONFIG operations is missing')
  }
  const wrong = { ...given, platform, privateKey: wechat.publicKey }
  assert.is((await thrownBy(() => sensitiveFields(wrong))).code, 'ERR_KEY_IS_PUBLIC')
})

test.run()
