import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { RequestRecord } from '../../../sandbox/index.ts'
import { unlisted } from '../../../src/index.ts'
import { opensslVerifies } from '../../support/openssl.ts'
import { thrownBy } from '../../support/thrown.ts'
import { mchid, platformSerial, serial, startWorld } from '../../support/world.ts'

const world = await startWorld()
const { client, sandbox, merchant } = world
const guide = '/v3/smartguide/guides/{guide_id}'

test.after(() => sandbox.close())

/** The text is put together here from what came over the socket, not by the code under test. */
function judged(request: RequestRecord): Record<string, string> {
  const header = request.headers.authorization ?? ''
  const fields = Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  )
  const head = `${request.method}\n${request.target}\n${fields['timestamp']}\n${fields['nonce_str']}\n`
  const message = Buffer.concat([Buffer.from(head), request.body, Buffer.from('\n')])
  assert.ok(opensslVerifies(merchant.publicKey, message, fields['signature']!), `OpenSSL refuses ${head}`)
  assert.match(header, /^WECHATPAY2-SHA256-RSA2048 /)
  return fields
}

function last(): RequestRecord {
  return sandbox.requests.at(-1)!
}

test('POST with Chinese text: signed over the UTF-8 bytes that are sent', async () => {
  const body = { description: 'Image形象店-深圳腾大-QQ公仔', amount: { total: 100 } }
  const { data, error } = await client.POST('/v3/pay/transactions/jsapi', { body })
  assert.is(error, undefined)
  assert.equal(data, { prepay_id: 'prepay_id-1' })
  assert.is(last().body.toString(), JSON.stringify(body))
  const fields = judged(last())
  assert.is(fields['mchid'], mchid)
  assert.is(fields['serial_no'], serial)
  assert.ok(Math.abs(Number(fields['timestamp']) - Date.now() / 1000) < 5)
})

test('a body that is JSON text already is sent and signed as it is', async () => {
  const body = '{ "description": "x",\n "amount": {"total": 1} }'
  const { error } = await client.POST('/v3/pay/transactions/jsapi', { body })
  assert.is(error, undefined)
  assert.is(last().body.toString(), body)
  judged(last())
})

test('GET with a query of reserved characters', async () => {
  const note = `a b+c&d=e/f?g#h%i'j(k)*!~"<>^\`{|}中文,;:@$[]\\`
  const { error } = await client.GET('/v3/smartguide/guides', { params: { query: { store_id: 1, note } } })
  assert.is(error, undefined)
  assert.is(new URL(last().target, 'http://h').searchParams.get('note'), note)
  judged(last())
})

test('PATCH and PUT', async () => {
  for (const method of ['PATCH', 'PUT'] as const) {
    const init = { params: { path: { guide_id: 'g1' } }, body: { name: '张三' } }
    const { error, response } = await client[method](guide, init)
    assert.is(error, undefined)
    assert.is(response.status, 204)
    assert.is(last().method, method)
    judged(last())
  }
})

test('DELETE without a body: the last line is empty, and nothing claims a type', async () => {
  const { data, error, response } = await client.DELETE(guide, { params: { path: { guide_id: 'g1' } } })
  assert.is(error, undefined)
  assert.is(data, undefined)
  assert.is(response.status, 204)
  assert.is(last().body.length, 0)
  assert.is(last().headers['content-type'], undefined)
  judged(last())
})

test('POST without a body', async () => {
  const { error, response } = await client.POST('/v3/marketing/tasks')
  assert.is(error, undefined)
  assert.is(response.status, 202)
  judged(last())
})

test('a path variable with / % ? # space and Chinese arrives whole', async () => {
  const guide_id = '../a/b%2Fc?d=1#e 导购&=+;'
  const { data, error } = await client.GET(guide, { params: { path: { guide_id } } })
  assert.is(error, undefined)
  assert.equal(data, { guide_id: 'guide_id-1' })
  assert.is(last().operation, 'GET /v3/smartguide/guides/{guide_id}')
  assert.is(decodeURIComponent(last().target.split('/').at(-1)!), guide_id)
  judged(last())
})

test('<guide_id> is {guide_id}', async () => {
  const init = { params: { path: { guide_id: 'g 1' } }, body: { out_trade_no: '1' } }
  const { error, response } = await client.POST('/v3/smartguide/guides/<guide_id>/assign', init)
  assert.is(error, undefined)
  assert.is(response.status, 204)
  assert.is(last().target, '/v3/smartguide/guides/g%201/assign')
  judged(last())
})

test('a path variable that would leave the path is refused before anything is sent', async () => {
  const sent = sandbox.requests.length
  for (const [guide_id, code] of [
    ['..', 'ERR_PATH_UNSAFE'],
    ['.', 'ERR_PATH_UNSAFE'],
    ['\ud800', 'ERR_PATH_UNSAFE'],
    [Number.NaN, 'ERR_PATH_UNSAFE'],
    [2 ** 60, 'ERR_PATH_UNSAFE'],
    [{}, 'ERR_PATH_UNSAFE'],
    ['', 'ERR_PATH_MISSING'],
    [undefined, 'ERR_PATH_MISSING'],
    [null, 'ERR_PATH_MISSING'],
  ] as const) {
    const error = await thrownBy(() => client.GET(guide, { params: { path: { guide_id } } }))
    assert.is(error.code, code)
    assert.is(error.operation, 'GET /v3/smartguide/guides/{guide_id}')
    assert.match(error.message, 'path variable guide_id')
  }
  assert.is((await thrownBy(() => client.GET(guide))).code, 'ERR_PATH_MISSING')
  for (const path of ['/v3/smartguide/../pay', '/v3/smartguide/guides?store_id=1']) {
    assert.is((await thrownBy(() => client.GET(path))).code, 'ERR_OPERATION_UNKNOWN')
    assert.is((await thrownBy(() => unlisted(client).request('GET', path))).code, 'ERR_PATH_UNSAFE')
  }
  const extra = { params: { path: { guide_id: '1', guid: '2' } } }
  assert.is((await thrownBy(() => client.GET(guide, extra))).code, 'ERR_PATH_UNKNOWN')
  assert.is(sandbox.requests.length, sent)
})

test('Accept, User-Agent and the trusted key go with every request, and each nonce is new', async () => {
  await client.POST('/v3/marketing/tasks')
  const before = last()
  await client.POST('/v3/marketing/tasks')
  assert.is(last().headers.accept, 'application/json')
  assert.is(last().headers['user-agent'], 'wechatpay-fetch')
  assert.is(last().headers['wechatpay-serial'], platformSerial)
  const [one, two] = [judged(before)['nonce_str']!, judged(last())['nonce_str']!]
  assert.match(one, /^[0-9A-F]{32}$/)
  assert.is.not(one, two)
})

test('headers of the caller go along; Authorization and Wechatpay-Serial stay ours', async () => {
  const headers = {
    'User-Agent': 'shop/1',
    Authorization: 'none',
    'Wechatpay-Serial': serial,
    'X-Trace': 'a',
  }
  const { error } = await client.POST('/v3/marketing/tasks', { headers })
  assert.is(error, undefined)
  assert.is(last().headers['user-agent'], 'shop/1')
  assert.is(last().headers['x-trace'], 'a')
  assert.is(last().headers['wechatpay-serial'], platformSerial)
  judged(last())
})

test('what a middleware changes is signed as well', async () => {
  const middleware = [
    {
      onRequest: ({ request }: { request: Request }) =>
        new Request(`${request.url}?store_id=7`, { headers: { authorization: 'x' }, redirect: 'follow' }),
    },
  ]
  const { error } = await client.GET('/v3/smartguide/guides', { middleware })
  assert.is(error, undefined)
  assert.is(last().target, '/v3/smartguide/guides?store_id=7')
  judged(last())
})

test.run()
