import { constants, privateDecrypt, publicEncrypt } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startSandbox } from '../../../sandbox/index.ts'
import { HandSigned, type Sent } from '../../support/hand-signed.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { certificatePlatform, mchid, publicKeyPlatform, serial } from '../../support/platform-keys.ts'

const secret = { type: 'string', 'x-encrypted': 'wechatpay' }
const answered = { type: 'string', 'x-encrypted': 'merchant', example: '张三' }
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const properties = (fields: object) => ({ type: 'object', properties: fields })
const embedded = (schema: object) => ({
  type: 'string',
  contentMediaType: 'application/json',
  contentSchema: schema,
})

const document = {
  openapi: '3.1.0',
  paths: {
    '/v3/people': {
      post: {
        requestBody: json(
          properties({
            name: secret,
            cards: { type: 'array', items: { $ref: '#/components/schemas/card' } },
            extra: embedded({
              ...properties({ phone: secret, age: { type: 'integer' } }),
              required: ['age'],
            }),
          }),
        ),
        responses: {
          200: json(
            properties({
              name: answered,
              list: { type: 'array', items: properties({ name: answered }) },
              inner: embedded(properties({ name: answered })),
            }),
          ),
        },
      },
      get: {
        parameters: [
          { name: 'mobile', in: 'query', schema: secret },
          {
            name: 'partner',
            in: 'query',
            ...json({ ...properties({ type: { type: 'string' } }), required: ['type'] }),
          },
        ],
        responses: { 204: {} },
      },
    },
  },
  components: { schemas: { card: properties({ number: secret }) } },
}

const merchant = rsaPair()
const platform = publicKeyPlatform()
const other = certificatePlatform(1)
const sandbox = await startSandbox({
  documents: [document],
  merchants: [{ mchid, serial, publicKey: merchant.publicKey }],
  platform: [platform, other],
})
const hand = new HandSigned(sandbox, { id: ['mchid', mchid], serial, privateKey: merchant.privateKey })
test.after(() => sandbox.close())

const padding = constants.RSA_PKCS1_OAEP_PADDING

function sealed(text: string, key = platform.publicKey, oaepHash = 'sha1'): string {
  return publicEncrypt({ key, padding, oaepHash }, Buffer.from(text)).toString('base64')
}

function opened(text: string): string {
  return privateDecrypt(
    { key: merchant.privateKey, padding, oaepHash: 'sha1' },
    Buffer.from(text, 'base64'),
  ).toString()
}

function people(body: object, wechatpaySerial: string | undefined = platform.serial): Sent {
  const headers = { 'Content-Type': 'application/json', 'Wechatpay-Serial': wechatpaySerial }
  return { method: 'POST', target: '/v3/people', body: JSON.stringify(body), headers }
}

test('sensitive fields are decrypted wherever they stand, and remembered', async () => {
  const body = {
    name: sealed('张三'),
    cards: [{ number: sealed('6222') }, { number: sealed('6223') }],
    extra: JSON.stringify({ phone: sealed('138'), age: 7 }),
  }
  assert.is((await hand.send(people(body))).status, 200)
  const { opened: found, value } = sandbox.requests.at(-1)!
  assert.equal(found, {
    '/name': '张三',
    '/cards/0/number': '6222',
    '/cards/1/number': '6223',
    '/extra/phone': '138',
  })
  assert.equal(value, {
    name: '张三',
    cards: [{ number: '6222' }, { number: '6223' }],
    extra: { phone: '138', age: 7 },
  })
})

test('the key is the one that Wechatpay-Serial names', async () => {
  const body = { name: sealed('张三', other.publicKey) }
  assert.is((await hand.send(people(body, other.serial))).status, 200)
  await hand.refused(people(body), 400, 'PARAM_ERROR', '/name')
  await hand.refused(people(body, undefined), 400, 'PARAM_ERROR', '/name')
})

test('sensitive fields that are not encrypted, or not for WeChat Pay, answer 400', async () => {
  const bad: [object, string][] = [
    [{ name: '张三' }, '/name'],
    [{ name: '' }, '/name'],
    [{ name: `${sealed('张三')}\n` }, '/name'],
    [{ name: sealed('张三').slice(4) }, '/name'],
    [{ name: sealed('张三', stranger().publicKey) }, '/name'],
    [{ name: sealed('张三', merchant.publicKey) }, '/name'],
    [{ name: sealed('张三', platform.publicKey, 'sha256') }, '/name'],
    [{ cards: [{ number: sealed('1') }, { number: '6222' }] }, '/cards/1/number'],
    [{ extra: JSON.stringify({ age: 1, phone: '138' }) }, '/extra/phone'],
  ]
  for (const [body, field] of bad) await hand.refused(people(body), 400, 'PARAM_ERROR', field)
})

test('a request with sensitive fields must say which key they are encrypted with', async () => {
  const sent = people({ name: sealed('张三') })
  const headers = { ...sent.headers, 'Wechatpay-Serial': undefined }
  await hand.refused({ ...sent, headers }, 400, 'PARAM_ERROR', 'Wechatpay-Serial')
  const none = people({})
  assert.is(
    (await hand.send({ ...none, headers: { ...none.headers, 'Wechatpay-Serial': undefined } })).status,
    200,
  )
})

test('embedded JSON is a text, of its own shape, without what the gateway refuses', async () => {
  const bad: [unknown, string][] = [
    [{ age: 1 }, '/extra'],
    ['{', '/extra'],
    ['', '/extra'],
    ['{"age":"1"}', '/extra/age'],
    ['{}', '/extra/age'],
    ['{"age":1,"more":null}', '/extra/more'],
    ['{"age":1,"more":"\u{1f600}"}', '/extra'],
    ['{"age":1,"more":"\\ud83d\\ude00"}', '/extra/more'],
  ]
  for (const [extra, field] of bad) await hand.refused(people({ extra }), 400, 'PARAM_ERROR', field)
})

test('in a query as well', async () => {
  const headers = { 'Wechatpay-Serial': platform.serial }
  const get = (query: Record<string, string>): Sent => ({
    target: `/v3/people?${new URLSearchParams(query)}`,
    headers,
  })
  assert.is((await hand.send(get({ mobile: sealed('138'), partner: '{"type":"APPID"}' }))).status, 204)
  assert.equal(sandbox.requests.at(-1)?.opened, { mobile: '138' })
  await hand.refused(get({ mobile: '138' }), 400, 'PARAM_ERROR', 'mobile')
  await hand.refused(get({ partner: 'APPID' }), 400, 'PARAM_ERROR', 'partner')
  await hand.refused(get({ partner: '{}' }), 400, 'PARAM_ERROR', 'partner/type')
  // A plus that is not percent-encoded is a space to whoever reads it.
  const raw = `/v3/people?mobile=${sealed('138').replace(/.$/, '+')}`
  await hand.refused({ target: raw, headers }, 400, 'PARAM_ERROR', 'mobile')
})

test('sensitive fields of an answer are encrypted for the merchant', async () => {
  const { body } = await hand.send(people({}))
  assert.is(opened(body.name), '张三')
  assert.is(opened(body.list[0].name), '张三')
  assert.is(opened(JSON.parse(body.inner).name), '张三')
})

test.run()
