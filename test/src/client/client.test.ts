import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type ClientOptions,
  ConfigError,
  createClient,
  NetworkError,
  unlisted,
  WechatpayError,
} from '../../../src/index.ts'
import { operationNames, traitsOf } from '../../support/table.ts'
import { printed, thrownBy } from '../../support/thrown.ts'
import { looseClient, serial, startWorld } from '../../support/world.ts'

const world = await startWorld()
const { client, sandbox, options } = world
const jsapi = '/v3/pay/transactions/jsapi'
const body = { description: 'x', amount: { total: 1 } }

/** What a test opened beside the sandbox; closed even when it fails. */
const opened: (() => unknown)[] = [() => sandbox.close()]

test.after(async () => {
  for (const close of opened) await close()
})
test.before.each(() => {
  world.fault = undefined
})

test('an error of the API is a result with its Request-ID, not an exception', async () => {
  const { data, error, response } = await client.POST(jsapi, { body: { description: 'x' } })
  assert.is(data, undefined)
  assert.is(response.status, 400)
  assert.is(error?.code, 'PARAM_ERROR')
  assert.is(error?.status, 400)
  assert.equal(error?.detail, {
    field: '/amount',
    location: 'body',
    issue: "must have required property 'amount'",
  })
  assert.is(error?.requestId, response.headers.get('Request-ID'))
})

test('a gateway that answers HTML, or nothing at all, is an error as well', async () => {
  for (const html of ['<html>Bad Gateway</html>', '', '"text"', 'null', '[]', '{"code":42}']) {
    world.fault = () => ({ status: 502, headers: { 'Content-Type': 'text/html' }, body: Buffer.from(html) })
    const { data, error } = await client.POST(jsapi, { body })
    assert.is(data, undefined)
    assert.is(error?.code, 'HTTP_502')
    assert.is(error?.status, 502)
    assert.not.ok('requestId' in error!)
  }
})

test('a verified 2xx that is not JSON', async () => {
  world.fault = (answer, { sign }) => sign({ ...answer, body: Buffer.from('<html>secret</html>') })
  const error = await thrownBy(() => client.POST(jsapi, { body }))
  assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
  assert.is(error.operation, `POST ${jsapi}`)
  assert.match(error.requestId!, /^[0-9A-F]{32}$/)
  assert.not.match(printed(error), '<html>')
  const { data } = await client.POST(jsapi, { body, parseAs: 'text' })
  assert.is(data, '<html>secret</html>')
})

test('a verified 2xx with an empty body has no data', async () => {
  world.fault = (answer, { sign }) => sign({ ...answer, body: Buffer.alloc(0) })
  assert.is((await client.POST(jsapi, { body })).data, undefined)
})

test('nobody answers: NetworkError, with the reason of fetch', async () => {
  const gone = await startWorld()
  await gone.sandbox.close()
  const lost = looseClient({ ...options, baseUrl: gone.sandbox.url })
  const error = await thrownBy(() => lost.POST(jsapi, { body }))
  assert.instance(error, NetworkError)
  assert.is(error.code, 'ERR_NETWORK')
  assert.is(error.operation, `POST ${jsapi}`)
  assert.match(error.message, 'ECONNREFUSED')
  assert.match(printed(error.cause), 'ECONNREFUSED')
})

test('an answer that breaks off is a NetworkError', async () => {
  const half = createServer((_, answer) => {
    const headers = ['Signature', 'Nonce', 'Timestamp', 'Serial'].map(
      (name) => [`Wechatpay-${name}`, 'x'] as const,
    )
    const timestamp = String(Math.floor(Date.now() / 1000))
    answer.writeHead(200, {
      ...Object.fromEntries(headers),
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Serial': Object.keys(options.platform!)[0]!,
      'Content-Length': 100,
    })
    answer.write('{', () => setTimeout(() => answer.destroy(), 10))
  }).listen(0, '127.0.0.1')
  opened.push(() => half.close())
  await new Promise((resolve) => half.once('listening', resolve))
  const baseUrl = `http://127.0.0.1:${(half.address() as AddressInfo).port}`
  const error = await thrownBy(() => client.POST(jsapi, { body, baseUrl }))
  assert.is(error.code, 'ERR_NETWORK')
})

test("the caller's own abort stays what it is", async () => {
  const abort = new AbortController()
  world.fault = (answer) => {
    abort.abort()
    return answer
  }
  const names: string[] = []
  const call = (signal: AbortSignal) =>
    client.POST(jsapi, { body, signal }).catch((error) => names.push(error.name))
  await call(abort.signal)
  await call(AbortSignal.abort())
  await call(AbortSignal.abort(new RangeError('mine')))
  assert.equal(names, ['AbortError', 'AbortError', 'RangeError'])
})

test('what fetch throws does not carry the request along', async () => {
  const fetch = async (request: Request) => {
    throw Object.assign(new TypeError('no', { cause: { request } }), {
      request,
      headers: [...request.headers],
    })
  }
  const error = await thrownBy(() => client.POST(jsapi, { body, fetch }))
  assert.is(error.code, 'ERR_NETWORK')
  assert.is((error.cause as Error).message, 'no')
  assert.not.match(printed(error), 'nonce_str')
})

test('a request that cannot be built says so', async () => {
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  const attempts: [string, () => Promise<unknown>][] = [
    ['GET with a body', () => client.GET('/v3/a', { body })],
    ['a header that is none', () => client.POST(jsapi, { body, headers: { 'X-Name': '中文' } })],
    ['a cycle', () => client.POST(jsapi, { body: cyclic })],
    ['a big integer', () => client.POST(jsapi, { body: { total: 1n } })],
    ['a form', () => client.POST(jsapi, { body: new FormData() })],
    ['a base that is no URL', () => client.POST(jsapi, { body, baseUrl: 'api.mch.weixin.qq.com' })],
  ]
  const sent = sandbox.requests.length
  for (const [name, attempt] of attempts) assert.is((await thrownBy(attempt)).code, 'ERR_REQUEST', name)
  assert.is(sandbox.requests.length, sent)
})

test("a middleware's own error stays its own", async () => {
  const middleware = [
    {
      onRequest() {
        throw new RangeError('mine')
      },
    },
  ]
  const error = await client.POST(jsapi, { body, middleware }).catch((thrown) => thrown)
  assert.instance(error, RangeError)
})

test('options that are wrong are named when the client is made', async () => {
  const secret = 'a-secret-of-the-wrong-length'
  const wrong: [string, object][] = [
    ['mchid', { mchid: undefined }],
    ['mchid', { mchid: 1900007291 }],
    ['mchid', { mchid: '19"0' }],
    ['serial', { serial: '' }],
    ['serial', { serial: `serial=${serial}` }],
    ['serial', { serial: 'PUB_KEY_ID_1' }],
    ['platform', { platform: undefined }],
    ['platform', { platform: {} }],
    ['platform', { platform: { [serial]: world.platform.publicKey } }],
    ['apiV3Key', { apiV3Key: secret }],
    ['baseUrl', { baseUrl: 'api.mch.weixin.qq.com' }],
    ['baseUrl', { baseUrl: 'https://api.mch.weixin.qq.com/#' }],
    ['fetch', { fetch: 'x' }],
    ['middleware', { middleware: {} }],
    ['clock', { clock: 5 }],
  ]
  for (const [name, change] of wrong) {
    const error = await thrownBy(() => createClient({ ...options, ...change } as ClientOptions))
    assert.instance(error, ConfigError)
    assert.is(error.code, 'ERR_CONFIG')
    assert.match(error.message, name)
    assert.not.match(printed(error), secret)
  }
  assert.is((await thrownBy(() => createClient(undefined as never))).code, 'ERR_CONFIG')
  createClient({ ...options, apiV3Key: `${'密'.repeat(10)}ab`, baseUrl: 'https://api2.mch.weixin.qq.com/' })
})

test('a client has the five verbs, is no thenable, and shows no secret', async () => {
  const apiV3Key = '0123456789abcdef0123456789ABCDEF'
  const made = looseClient({ ...options, apiV3Key })
  assert.equal(Object.keys(made).sort(), ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])
  const sent = sandbox.requests.length
  assert.is(await made, made)
  assert.is(sandbox.requests.length, sent)
  for (const shown of [inspect(made, { depth: 10, showHidden: true }), JSON.stringify(made), String(made)]) {
    assert.not.match(shown, /BEGIN|CryptoKey|0123456789abcdef/)
  }
})

test('baseUrl with a slash at its end, and a base for one call', async () => {
  const slash = looseClient({ ...options, baseUrl: `${sandbox.url}/` })
  assert.is((await slash.POST(jsapi, { body })).error, undefined)
  const elsewhere = looseClient({ ...options, baseUrl: 'http://127.0.0.1:1' })
  assert.is((await elsewhere.POST(jsapi, { body, baseUrl: sandbox.url })).error, undefined)
})

test('an operation that WeChat Pay does not sign is exempt, and a longer path is not', async () => {
  const operation = operationNames.find((name) => traitsOf(name).unsigned) ?? ''
  const [, path = ''] = operation.split(' ')
  const fetch = async () => new Response('a file')
  const params = { path: Object.fromEntries([...path.matchAll(/{(\w+)}/g)].map(([, name]) => [name, '1'])) }
  assert.is((await client.GET(path, { params, fetch, parseAs: 'text' })).data, 'a file')
  const error = await thrownBy(() =>
    unlisted(client).request('GET', `${path}/more`, { params, fetch, parseAs: 'text' }),
  )
  assert.is(error.code, 'ERR_RESPONSE_UNSIGNED')
})

test('two merchants in one process share nothing', async () => {
  const other = await startWorld()
  opened.push(() => other.sandbox.close())
  const [mine, theirs] = await Promise.all([client.POST(jsapi, { body }), other.client.POST(jsapi, { body })])
  assert.is(mine.error, undefined)
  assert.is(theirs.error, undefined)
  const crossed = await client.POST(jsapi, { body, baseUrl: other.sandbox.url })
  assert.is(crossed.error?.code, 'SIGN_ERROR')
})

test('a middleware cannot make a success of an error answer', async () => {
  const client = looseClient({
    ...options,
    fetch: async () => Response.json({ code: 'NOT_ENOUGH', message: '' }, { status: 403 }),
    middleware: [
      {
        onResponse: async ({ response }) =>
          new Response(await response.text(), { headers: response.headers }),
      },
    ],
  })
  assert.is((await thrownBy(() => client.GET('/v3/smartguide/guides'))).code, 'ERR_CONFIG_MIDDLEWARE')
})

test('a hook that rejects is dropped like one that throws', async () => {
  const rejected: unknown[] = []
  const listen = (reason: unknown) => rejected.push(reason)
  process.on('unhandledRejection', listen)
  const hook = async () => {
    throw new Error('a hook')
  }
  const client = looseClient({
    ...options,
    fetch: async () => Response.json({ code: 'NO', message: '' }, { status: 400 }),
    hooks: { request: hook, response: hook, key: hook },
  })
  await client.GET('/v3/smartguide/guides')
  await new Promise((resolve) => setTimeout(resolve, 5))
  process.off('unhandledRejection', listen)
  assert.equal(rejected, [])
})

test('another spelling of an operation with sensitive fields is refused: they would go out in plain', async () => {
  let sent = 0
  const client = looseClient({
    ...options,
    async fetch() {
      sent++
      return new Response('{}')
    },
  })
  const body = { account_number: '6222020200112233445' }
  for (const path of [
    '/v3/apply4sub/sub_merchants/1900000109/modify-settlement',
    '/v3/applyment4sub/applyment',
    '/v3/SMARTGUIDE/guides',
    '//v3/smartguide/guides',
    '/v3/%73martguide/guides',
    '/v3/smartguide;x=1/guides',
    '/v3/smartguide/guides;x',
    '/v3/./smartguide/guides',
  ]) {
    const { code } = await thrownBy(() => client.POST(path, { body }))
    assert.ok(code === 'ERR_OPERATION_UNKNOWN' || code === 'ERR_PATH_UNSAFE', `${path}: ${code}`)
  }
  const filled = { params: { path: { domain: 'smartguide', name: 'guides' } }, body }
  const { code } = await thrownBy(() => client.POST('/v3/{domain}/{name}', filled))
  assert.is(code, 'ERR_OPERATION_UNKNOWN')
  const split = { baseUrl: 'https://api.mch.weixin.qq.com/v3', body }
  assert.is((await thrownBy(() => client.POST('/smartguide/guides', split))).code, 'ERR_OPERATION_UNKNOWN')
  assert.is(sent, 0)
})

test('what a remote signer throws does not carry its token along', async () => {
  const failure = Object.assign(new Error('403'), {
    config: { headers: { Authorization: 'Bearer KMS-TOKEN' } },
  })
  const client = looseClient({
    ...options,
    privateKey: {
      async sign() {
        throw failure
      },
    },
  })
  const error = await thrownBy(() => client.GET('/v3/smartguide/guides'))
  assert.is(error.code, 'ERR_KEY_SIGNER')
  assert.not.match(printed(error), 'KMS-TOKEN')
})

test('codes are a type: a misspelt one does not compile', () => {
  const error: unknown = new NetworkError('ERR_NETWORK', 'x')
  if (error instanceof WechatpayError) {
    // @ts-expect-error
    assert.not.ok(error.code === 'ERR_NETWROK')
    assert.ok(error.code === 'ERR_NETWORK')
  }
})

test.run()
