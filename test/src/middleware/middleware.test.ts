import createFetchClient, { type Middleware } from 'openapi-fetch'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { operations } from '../../../generated/operations.ts'
import { signature, verification } from '../../../src/middleware/index.ts'
import { thrownBy } from '../../support/thrown.ts'
import { mchid, platformSerial, serial, startWorld } from '../../support/world.ts'

// biome-ignore lint/suspicious/noExplicitAny: any document's paths
type Paths = any

const world = await startWorld()
const { sandbox, options } = world
const { privateKey, platform } = options

test.after(() => sandbox.close())
test.before.each(() => {
  world.fault = undefined
})

test('both work on any openapi-fetch client', async () => {
  const client = createFetchClient<Paths>({ baseUrl: sandbox.url })
  let count = 0
  const both: Middleware[] = [
    verification({ platform }),
    signature({ mchid, serial, privateKey, platformSerial, nonce: () => `aNonceOfMyOwn${++count}` }),
  ]
  client.use(...both)
  const body = { description: '中文', amount: { total: 1 } }
  const { data, error } = await client.POST('/v3/pay/transactions/jsapi', { body })
  assert.is(error, undefined)
  assert.equal(data, { prepay_id: 'prepay_id-1' })
  assert.match(sandbox.requests.at(-1)!.headers.authorization!, 'nonce_str="aNonceOfMyOwn1"')

  world.fault = (answer) => ({ ...answer, body: Buffer.from('{"prepay_id":"forged"}') })
  const refused = await thrownBy(() => client.POST('/v3/marketing/tasks', {}))
  assert.is(refused.code, 'ERR_RESPONSE_SIGNATURE')
  assert.is(refused.operation, 'POST /v3/marketing/tasks')
})

test('signature alone lets no redirect be followed', async () => {
  const client = createFetchClient<Paths>({ baseUrl: sandbox.url })
  client.use(signature({ mchid, serial, privateKey }))
  world.fault = (answer) => ({ ...answer, status: 302, headers: { Location: `${sandbox.url}/v3/elsewhere` } })
  const sent = sandbox.requests.length
  const { response } = await client.POST('/v3/marketing/tasks', {})
  assert.is(response.status, 302)
  assert.is(sandbox.requests.length, sent + 1)
})

test('a request does not name a platform key that nobody trusts', async () => {
  const client = createFetchClient<Paths>({ baseUrl: sandbox.url })
  client.use(signature({ mchid, serial, privateKey }))
  await client.POST('/v3/marketing/tasks', {})
  assert.is(sandbox.requests.at(-1)!.headers['wechatpay-serial'], undefined)
})

test('what is not signed is known by method and template path, compared whole', async () => {
  const verify = verification({ platform, operations: [operations] })
  const answer = (path: string, schemaPath: string, method = 'GET') => {
    const request = new Request(`https://api.mch.weixin.qq.com${path}`, { method })
    return verify.onResponse({ request, response: new Response('a bill'), schemaPath })
  }
  const file = '/v3/billdownload/file'
  assert.is(await (await answer(file, file)).text(), 'a bill')
  const all = verification({ platform })
  const unknown = { request: new Request('https://h'), response: new Response('a bill'), schemaPath: file }
  for (const call of [
    () => all.onResponse(unknown),
    () => answer(file, `${file}/`),
    () => answer(file, file, 'POST'),
    () => answer(file, '/v3/pay/transactions/id/{transaction_id}'),
    () => answer(`/v3/smartguide/guides?a=GET%20${file}`, '/v3/smartguide/guides'),
  ]) {
    assert.is((await thrownBy(call)).code, 'ERR_RESPONSE_UNSIGNED')
  }
})

test.run()
