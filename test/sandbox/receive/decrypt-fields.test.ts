import { constants, publicEncrypt } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Sent } from '../../support/hand-signed.ts'
import { stranger } from '../../support/keys.ts'
import { merchant, certified as other, platform, startForMerchant } from '../merchant-sandbox.ts'

const secret = { type: 'string', 'x-encrypted': 'wechatpay' }
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
        responses: { 204: {} },
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

const { sandbox, hand } = await startForMerchant({ documents: [document], platform: [platform, other] })
test.after(() => sandbox.close())

function encrypted(text: string, key = platform.publicKey, oaepHash = 'sha1'): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  return publicEncrypt({ key, padding, oaepHash }, Buffer.from(text)).toString('base64')
}

function people(body: object, wechatpaySerial: string | undefined = platform.serial): Sent {
  const headers = { 'Content-Type': 'application/json', 'Wechatpay-Serial': wechatpaySerial }
  return { method: 'POST', target: '/v3/people', body: JSON.stringify(body), headers }
}

test('sensitive fields are decrypted at any depth and recorded', async () => {
  const body = {
    name: encrypted('张三'),
    cards: [{ number: encrypted('6222') }, { number: encrypted('6223') }],
    extra: JSON.stringify({ phone: encrypted('138'), age: 7 }),
  }
  assert.is((await hand.send(people(body))).status, 204)
  const { decrypted, value } = sandbox.requests.at(-1)!
  assert.equal(decrypted, {
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

test('Wechatpay-Serial names the key that decrypts', async () => {
  const body = { name: encrypted('张三', other.publicKey) }
  assert.is((await hand.send(people(body, other.serial))).status, 204)
  await hand.refused(people(body), 400, 'PARAM_ERROR', '/name')
  await hand.refused(people(body, undefined), 400, 'PARAM_ERROR', '/name')
})

test('a sensitive field that is not encrypted for WeChat Pay is refused', async () => {
  const bad: [object, string][] = [
    [{ name: '张三' }, '/name'],
    [{ name: '' }, '/name'],
    [{ name: `${encrypted('张三')}\n` }, '/name'],
    [{ name: encrypted('张三').slice(4) }, '/name'],
    [{ name: encrypted('张三', stranger().publicKey) }, '/name'],
    [{ name: encrypted('张三', merchant.publicKey) }, '/name'],
    [{ name: encrypted('张三', platform.publicKey, 'sha256') }, '/name'],
    [{ cards: [{ number: encrypted('1') }, { number: '6222' }] }, '/cards/1/number'],
    [{ extra: JSON.stringify({ age: 1, phone: '138' }) }, '/extra/phone'],
  ]
  for (const [body, field] of bad) await hand.refused(people(body), 400, 'PARAM_ERROR', field)
})

test('a request with sensitive fields needs Wechatpay-Serial', async () => {
  const sent = people({ name: encrypted('张三') })
  const headers = { ...sent.headers, 'Wechatpay-Serial': undefined }
  await hand.refused({ ...sent, headers }, 400, 'PARAM_ERROR', 'Wechatpay-Serial')
  const none = people({})
  assert.is(
    (await hand.send({ ...none, headers: { ...none.headers, 'Wechatpay-Serial': undefined } })).status,
    204,
  )
})

test('embedded JSON must be a string that matches its schema and the limits of the gateway', async () => {
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

test('query parameters may be encrypted or contain JSON', async () => {
  const headers = { 'Wechatpay-Serial': platform.serial }
  const get = (query: Record<string, string>): Sent => ({
    target: `/v3/people?${new URLSearchParams(query)}`,
    headers,
  })
  assert.is((await hand.send(get({ mobile: encrypted('138'), partner: '{"type":"APPID"}' }))).status, 204)
  assert.equal(sandbox.requests.at(-1)?.decrypted, { mobile: '138' })
  await hand.refused(get({ mobile: '138' }), 400, 'PARAM_ERROR', 'mobile')
  await hand.refused(get({ partner: 'APPID' }), 400, 'PARAM_ERROR', 'partner')
  await hand.refused(get({ partner: '{}' }), 400, 'PARAM_ERROR', 'partner/type')
  // A plus sign that is not percent-encoded means a space.
  const raw = `/v3/people?mobile=${encrypted('138').replace(/.$/, '+')}`
  await hand.refused({ target: raw, headers }, 400, 'PARAM_ERROR', 'mobile')
})

test.run()
