import createFetchClient, { type Middleware } from 'openapi-fetch'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { signature, verification } from '../../src/middleware.ts'
import { thrownBy } from '../support/thrown.ts'
import { mchid, platformSerial, serial, startWorld } from '../support/world.ts'

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

test('an exemption is for one operation, compared whole', async () => {
  const unsigned = new Set(['GET /v3/smartguide/guides'])
  const client = createFetchClient<Paths>({ baseUrl: sandbox.url })
  client.use(verification({ platform, unsigned }), signature({ mchid, serial, privateKey }))
  world.fault = (answer) => ({ ...answer, headers: { 'Content-Type': 'application/json' } })
  const path = { guide_id: 'g1' }
  assert.ok((await client.GET('/v3/smartguide/guides', { params: { query: { store_id: 1 } } })).data)
  for (const call of [
    () => client.GET('/v3/smartguide/guides/{guide_id}', { params: { path } }),
    () => client.DELETE('/v3/smartguide/guides/{guide_id}', { params: { path } }),
    () =>
      client.GET('/v3/smartguide/guides/default', { params: { query: { a: 'GET /v3/smartguide/guides' } } }),
  ]) {
    assert.is((await thrownBy(call)).code, 'ERR_RESPONSE_UNSIGNED')
  }
})

test.run()
