import { createHash, publicEncrypt } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type FaultTools, type SandboxResponse, specDocuments, startSandbox } from '../../sandbox/index.ts'
import { parameterSchema } from '../../sandbox/receive/check-parameters.ts'
import { sampleValue } from '../../sandbox/respond/sample-value.ts'
import type { Document, Operation, Parameter, Schema } from '../../sandbox/spec/spec-types.ts'
import { visitFields } from '../../sandbox/spec/visit-fields.ts'
import { createBrandClient } from '../../src/brand.ts'
import { createClient, RequestError } from '../../src/index.ts'
import { createNotifications } from '../../src/webhooks/index.ts'
import { HandSigned, type Sent } from '../support/hand-signed.ts'
import { apiV3Key, mchid, serial } from '../support/platform-keys.ts'
import { certified, merchant, platform } from './merchant-sandbox.ts'
import { verifies } from './verifies.ts'

// Merchants and brands call the same sandbox, each with its own scheme. The pairs of keys are shared, to save time.

const brandId = '130001'
const brandKey = 'the API key of a brand, 32 bytes'
const scheme = 'WECHATPAY-BRAND-SHA256-RSA2048'
const documents = (await specDocuments(['brand-mode', 'brand', 'webhooks'])) as Record<string, Document>
const brandMode = documents['brand-mode']!
let fault: ((response: SandboxResponse, tools: FaultTools) => SandboxResponse) | undefined
const sandbox = await startSandbox({
  documents: Object.values(documents),
  merchants: [
    { mchid, serial, publicKey: merchant.publicKey, apiV3Key },
    { brandId, serial, publicKey: merchant.publicKey, apiV3Key: brandKey },
  ],
  platform: [platform, certified],
  fault: (response, tools) => fault?.(response, tools) ?? response,
})
const byHand = new HandSigned(sandbox, {
  id: ['brand_id', brandId],
  serial,
  privateKey: merchant.privateKey,
})
const merchantByHand = new HandSigned(sandbox, {
  id: ['mchid', mchid],
  serial,
  privateKey: merchant.privateKey,
})
const named = { 'Wechatpay-Serial': platform.serial }
const configs = '/brand/marketing/product-coupon/notify-configs'
test.after.each(() => {
  fault = undefined
})
test.after(() => sandbox.close())

const keys = {
  serial,
  privateKey: merchant.privateKey,
  platform: { [platform.serial]: platform.publicKey },
  baseUrl: sandbox.url,
}
const brand = createBrandClient({ brandId, ...keys })

/** A sample as it is sent: sensitive fields encrypted, embedded JSON as text. */
function sent(schema: Schema, name = ''): unknown {
  return visitFields(brandMode, schema, sampleValue(brandMode, schema, name), '', {
    encrypted: (text) =>
      publicEncrypt({ key: platform.publicKey, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64'),
    embedded: (text, _pointer, _schema, visitInner) => JSON.stringify(visitInner(JSON.parse(text))),
  })
}

function targetOf(path: string, parameters: Parameter[] = []): string {
  const query = new URLSearchParams()
  let target = path
  for (const parameter of parameters) {
    const value = String(sent(parameterSchema(parameter) ?? {}, parameter.name))
    if (parameter.in === 'path') target = target.replace(`{${parameter.name}}`, encodeURIComponent(value))
    if (parameter.in === 'query') query.set(parameter.name, value)
  }
  return query.size > 0 ? `${target}?${query}` : target
}

function bodyOf({ requestBody }: Operation): Pick<Sent, 'body' | 'signed' | 'headers'> {
  const json = requestBody?.content?.['application/json']?.schema
  if (json) return { body: JSON.stringify(sent(json)), headers: named }
  const form = requestBody?.content?.['multipart/form-data']?.schema?.properties
  if (!form) return { headers: named }
  const digest = createHash('sha256').update('content').digest('hex')
  const fields = Object.entries(sent(form['meta']!) as object)
  const meta = JSON.stringify(
    Object.fromEntries(fields.map(([name, value]) => [name, /sha256|digest/.test(name) ? digest : value])),
  )
  const body =
    `--part-1\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n${meta}\r\n` +
    '--part-1\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\ncontent\r\n--part-1--\r\n'
  const headers = { ...named, 'Content-Type': 'multipart/form-data; boundary=part-1' }
  return { body, signed: { body: meta }, headers: { ...headers, 'Content-Length': String(body.length) } }
}

test('each operation of brands takes a brand’s request and answers with its signature type', async () => {
  let count = 0
  let decrypted = 0
  for (const [path, item] of Object.entries(brandMode.paths ?? {})) {
    for (const verb of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item[verb]
      if (!operation) continue
      const method = verb.toUpperCase()
      const target = targetOf(path, operation.parameters)
      const { status, headers, raw } = await byHand.send({ method, target, ...bodyOf(operation) })
      assert.ok(status === 200 || status === 204, `${method} ${path}: ${status} ${raw}`)
      const request = sandbox.requests.at(-1)!
      assert.equal([request.operation, request.account], [`${method} ${path}`, brandId])
      assert.is(headers['wechatpay-signature-type'], scheme)
      assert.ok(verifies(headers, raw, platform))
      count++
      decrypted += Object.keys(request.decrypted).length
    }
  }
  assert.is(count, 55)
  assert.ok(decrypted > 0)
})

test('a client of a brand calls it over a socket', async () => {
  const confirm = '/brand/marketing/product-coupon/users/{openid}/coupons/{coupon_code}/confirm'
  const schema = brandMode.paths![confirm]!.post!.requestBody!.content!['application/json']!.schema!
  const body = sent(schema) as Record<string, unknown>
  const path = { openid: 'o1', coupon_code: '中' }
  const { data, error, response } = await brand.POST(confirm, {
    params: { path },
    body: body as never,
  })
  assert.is(error, undefined)
  assert.is(data?.coupon_code, 'coupon_code-1')
  assert.is(response.headers.get('Wechatpay-Signature-Type'), scheme)
  const { account, value, headers } = sandbox.requests.at(-1)!
  assert.equal([account, value], [brandId, body])
  assert.match(headers.authorization!, /^WECHATPAY-BRAND-SHA256-RSA2048 brand_id="130001",/)

  const store = await brand.DELETE('/brand/store/brandstores/{store_id}', {
    params: { path: { store_id: '1' } },
  })
  assert.equal([store.error, store.response.status], [undefined, 204])

  const file = new File(['content'], 'a.png')
  const upload = '/brand/marketing/product-coupon/media/upload-image'
  const uploaded = await brand.POST(upload, { body: { file, meta: { filename: 'a.png' } } })
  assert.equal([uploaded.error, sandbox.requests.at(-1)?.file?.size], [undefined, 7])
})

test('personal data of a brand’s members is encrypted for the key of the brand', async () => {
  const users = '/brand/card-member/user-cards/import-by-openid'
  const body = { card_id: 'p1', openid: 'o1', user_card_code: '1', phone_number: '13800138000' }
  const { error } = await brand.POST(users, { body })
  assert.is(error, undefined)
  const { value, decrypted } = sandbox.requests.at(-1)!
  assert.is((value as typeof body).phone_number, '13800138000')
  assert.equal(Object.keys(decrypted), ['/phone_number'])
})

test('a merchant’s client refuses the paths of brands, and a brand’s refuses all others, before anything is sent', async () => {
  const before = sandbox.requests.length
  const shop = createClient({ mchid, ...keys })
  const refused = async (call: Promise<unknown>, hint: string) => {
    const error = await call.catch((thrown: unknown) => thrown)
    assert.instance(error, RequestError)
    assert.is((error as RequestError).code, 'ERR_OPERATION_UNKNOWN')
    assert.match((error as RequestError).message, hint)
  }
  // @ts-expect-error a path of brands
  await refused(shop.GET(configs), 'Did you mean GET /v3/marketing/partner/product-coupon/notify-configs?')
  // @ts-expect-error a path of merchants
  await refused(brand.GET('/v3/certificates'), 'there is no GET /v3/certificates')
  assert.is(sandbox.requests.length, before)
})

test('a client is for a merchant or for a brand, and a brand has public keys alone', () => {
  const message = (create: () => unknown): string => {
    try {
      create()
    } catch (error) {
      return (error as Error).message
    }
    throw new Error('nothing was thrown')
  }
  // @ts-expect-error a brand's option
  const merchants = message(() => createClient({ brandId, ...keys }))
  assert.match(merchants, 'brandId is not for createClient. For a brand, use createBrandClient')
  // @ts-expect-error a merchant's option
  const brands = message(() => createBrandClient({ mchid, ...keys }))
  assert.match(brands, 'brandId is missing')
  // @ts-expect-error brands have no certificates
  const automatic = message(() => createBrandClient({ brandId, ...keys, certificates: 'auto', apiV3Key }))
  assert.match(automatic, 'certificates is not for brands')
  const platform = { [certified.serial]: keys.platform[Object.keys(keys.platform)[0]!]! }
  assert.match(
    message(() => createBrandClient({ brandId, ...keys, platform })),
    'platform has a key that is not a PUB_KEY_ID_…',
  )
})

test('neither a merchant nor a brand can call the other’s paths', async () => {
  const page = '/v3/brand/partner/card-member/cards?brand_id=1&offset=0&limit=1'
  assert.is((await merchantByHand.send({ target: page, headers: named })).status, 200)
  assert.is((await byHand.send({ target: configs, headers: named })).status, 200)
  const field = 'Authorization'
  const wrong = await byHand.refused({ target: page, headers: named }, 401, 'SIGN_ERROR', field)
  assert.match(wrong.message, /must be WECHATPAY2-SHA256-RSA2048 for paths that do not begin with \/brand\//)
  const other = await merchantByHand.refused({ target: configs, headers: named }, 401, 'SIGN_ERROR', field)
  assert.match(other.message, /must be WECHATPAY-BRAND-SHA256-RSA2048 for paths that begin with \/brand\//)
  // A path that nobody has is not told to who may not ask.
  await merchantByHand.refused({ target: '/brand/no/such' }, 401, 'SIGN_ERROR', field)
  await byHand.refused({ target: '/brand/no/such' }, 404, 'RESOURCE_NOT_EXISTS')
})

test('a brand names a public key of WeChat Pay', async () => {
  for (const headers of [{}, { 'Wechatpay-Serial': certified.serial }])
    await byHand.refused({ target: configs, headers }, 400, 'PARAM_ERROR', 'Wechatpay-Serial')
})

test('a fault that signs again keeps the signature type of brands', async () => {
  fault = (response, { sign }) => sign({ ...response, body: Buffer.from('{"notify_url":"x"}') })
  const { headers, raw } = await byHand.send({ target: configs, headers: named })
  assert.is(headers['wechatpay-signature-type'], scheme)
  assert.ok(verifies(headers, raw, platform))
})

test('a notification to a brand has its signature type, its key and a public key', async () => {
  const notifications = createNotifications({
    apiV3Key: brandKey,
    platform: { [platform.serial]: platform.publicKey },
    privateKey: merchant.privateKey,
  })
  for (const event of [
    'PRODUCT_COUPON.SEND',
    'PRODUCT_COUPON.USE',
    'PRODUCT_COUPON.RETURN',
    'BRAND_MEMBER_CARD.USER_CARD.CREATE',
    'BRAND_MEMBER_CARD.USER_CARD.DELETE',
    'BRAND_MEMBER_CARD.POINT_EXCHANGE_COUPON',
    'BRAND_MEMBER_CARD.SYNC_USER_POINT',
  ] as const) {
    const { headers, body } = await sandbox.notification(event, { account: brandId })
    assert.is(headers['Wechatpay-Signature-Type'], scheme)
    const parsed = await notifications.receive({ headers, body })
    assert.is(parsed.event_type, event)
  }
  const { headers } = await sandbox.notification('TRANSACTION.SUCCESS', { account: mchid })
  assert.is(headers['Wechatpay-Signature-Type'], 'WECHATPAY2-SHA256-RSA2048')
  assert.is(headers['Wechatpay-Serial'], certified.serial)
})

test.run()
