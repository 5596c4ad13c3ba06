import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { operations } from '../../../generated/operations.ts'
import { chain, type Wechatpay } from '../../../src/chain/index.ts'
import { Nodes } from '../../../src/chain/nodes.ts'
import { branchAt, chainTree } from '../../../src/chain/tree.ts'
import type { Call } from '../../../src/client/call.ts'
import { ConfigError, type RequestError } from '../../../src/index.ts'
import { operationNames } from '../../support/table.ts'
import { thrownBy } from '../../support/thrown.ts'

type Loose = { [name: string]: Loose } & ((options?: unknown) => Promise<unknown>)

const calls: unknown[][] = []
const call = (async (method: string, path: string, init: () => object) => {
  calls.push([method, path, init()])
  return { data: method }
}) as unknown as Call
const wechatpay = new Nodes(call, chainTree([operations])).start() as Wechatpay
const loose = wechatpay as unknown as Loose

test.before.each(() => {
  calls.length = 0
})

test('the three styles make the same call', async () => {
  const options = { guide_id: 'LLA3', json: { out_trade_no: '20150806125346' } }
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post(options)
  await wechatpay.chain('v3/smartguide/guides/{guide_id}/assign').post(options)
  await wechatpay['v3/smartguide/guides/{guide_id}/assign'].post(options)
  await wechatpay.chain('v3/smartguide/guides/<guide_id>/assign').post(options)
  await wechatpay['v3/smartguide/guides/<guide_id>/assign'].post(options)
  await loose['/v3/smartguide/guides/{guide_id}/assign']!['post']!(options)
  const expected = [
    'POST',
    '/v3/smartguide/guides/{guide_id}/assign',
    { params: { path: { guide_id: 'LLA3' } }, body: { out_trade_no: '20150806125346' } },
  ]
  assert.equal(calls, Array(6).fill(expected))
})

test('a call is a promise: awaited, or chained with then', async () => {
  const seen = await wechatpay.v3.certificates.get().then(({ data }) => data)
  assert.is(seen as unknown, 'GET')
  assert.equal(calls, [['GET', '/v3/certificates', { params: { path: {} } }]])
})

test('options become parameters of the client; null and undefined mean absent', async () => {
  const { signal } = new AbortController()
  const fetch = async () => new Response()
  const post = loose['v3/smartguide/guides/{guide_id}/assign']!['post']!
  await post({ guide_id: 1, query: { a: 1 }, headers: { 'X-A': 'b' }, json: { b: 2 }, signal, fetch })
  await post({
    guide_id: '1',
    query: null,
    headers: undefined,
    json: null,
    base_uri: undefined,
    signal: null,
  })
  await post(null)
  assert.equal(
    calls.map(([, , init]) => init),
    [
      {
        params: { path: { guide_id: 1 }, query: { a: 1 } },
        headers: { 'X-A': 'b' },
        body: { b: 2 },
        signal,
        fetch,
      },
      { params: { path: { guide_id: '1' } } },
      { params: { path: {} } },
    ],
  )
})

test('the options are not modified', async () => {
  const options = Object.freeze({ guide_id: '1', json: Object.freeze({ out_trade_no: '2' }) })
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post(options)
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post(options)
  assert.equal(calls[0], calls[1])
})

test('base_uri is the entry point with the part of the path before v3', async () => {
  await wechatpay.v3.global.transactions.native.post({
    base_uri: 'https://apihk.mch.weixin.qq.com/',
    json: {} as never,
  })
  await wechatpay.v3.transactions.native.post({
    base_uri: 'https://api.mch.weixin.qq.com/hk/',
    json: {} as never,
  })
  await wechatpay.v3.transactions.native.post({ json: {} as never })
  assert.equal(
    calls.map(([, path, init]) => [path, (init as { baseUrl?: string }).baseUrl]),
    [
      ['/v3/global/transactions/native', 'https://apihk.mch.weixin.qq.com'],
      ['/hk/v3/transactions/native', 'https://api.mch.weixin.qq.com'],
      ['/hk/v3/transactions/native', undefined],
    ],
  )
  const error = await thrownBy(() =>
    wechatpay.v3.transactions.native.post({ base_uri: 'https://api.mch.weixin.qq.com/', json: {} as never }),
  )
  assert.is(error.message, 'POST /hk/v3/transactions/native: base_uri must end with /hk/')
})

test('the Content-Type of a form is dropped, as its boundary would be wrong', async () => {
  const body = new FormData()
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x', 'X-A': 'b' }
  await wechatpay.v3.merchant.media.upload.post({ body, headers })
  assert.equal(calls[0]![2], { params: { path: {} }, headers: { 'X-A': 'b' }, body })
})

test('options of the wrong shape reject, naming the operation', async () => {
  const post = loose['v3/smartguide/guides/{guide_id}/assign']!['post']!
  for (const [given, problem] of [
    ['text', 'the options must be an object'],
    [[], 'the options must be an object'],
    [{ json: {}, body: {} }, 'json and body exclude each other'],
    [{ query: 'a=b' }, 'query must be an object'],
    [{ headers: [] }, 'headers must be an object'],
  ] as const) {
    const error = (await thrownBy(() => post(given))) as RequestError
    assert.is(error.code, 'ERR_REQUEST')
    assert.is(error.message, `POST /v3/smartguide/guides/{guide_id}/assign: ${problem}`)
  }
  assert.equal(calls, [])
})

test('an unknown option is passed on, for the client to refuse it by name', async () => {
  await loose['v3/smartguide/guides/{guide_id}/assign']!['post']!({ guide_id: '1', jsom: {} })
  assert.equal(calls[0]![2], { params: { path: { guide_id: '1', jsom: {} } } })
})

test('a path that does not exist throws an error that names the nearest', async () => {
  for (const [walk, message] of [
    [() => loose['v3']!['smartguid'], 'there is no v3.smartguid. Did you mean v3.smartguide?'],
    [
      () => loose['v3']!['smartguide']!['guides']!['guide_id'],
      'there is no v3.smartguide.guides.guide_id. Did you mean v3.smartguide.guides._guide_id_?',
    ],
    [
      () => loose['v3']!['smartguide']!['guides']!['put'],
      'there is no v3.smartguide.guides.put. Did you mean v3.smartguide.guides.get?',
    ],
    [() => loose['v2'], 'there is no v2. Did you mean v3?'],
    [
      () => loose['v3/smartguide/guide'],
      'there is no v3/smartguide/guide. Did you mean v3/smartguide/guides?',
    ],
    [
      () => wechatpay.chain('/v3/pay/transaction/native' as never),
      'there is no /v3/pay/transaction/native. Did you mean v3/pay/transactions/native?',
    ],
  ] as const) {
    const error = await thrownBy(walk)
    assert.is(error.name, 'RequestError')
    assert.is(error.code, 'ERR_OPERATION_UNKNOWN')
    assert.is(error.message, message)
  }
})

test('a node is not a promise, and await returns it', async () => {
  const node = wechatpay.v3.smartguide.guides
  assert.is(await node, node)
  assert.is(await wechatpay, wechatpay)
  assert.is(await Promise.resolve(node), node)
  assert.is(wechatpay.v3.smartguide.guides, node, 'and it is always the same object')
  assert.is(wechatpay['v3/smartguide/guides'], node)
})

test('it can be printed, serialised, compared, spread and inspected by tools', () => {
  const node = loose['v3']!['smartguide']!
  assert.is(JSON.stringify({ node, wechatpay }), '{"node":"v3/smartguide","wechatpay":"wechatpay"}')
  assert.is(inspect(node), 'Object [v3/smartguide] { guides: [Getter] }')
  for (const depth of [0, 2, Number.POSITIVE_INFINITY])
    for (const showProxy of [true, false])
      assert.type(inspect(wechatpay, { depth, showProxy, showHidden: true, getters: depth === 0 }), 'string')
  assert.is(`${node}`, '[object v3/smartguide]')
  assert.is(String(wechatpay), '[object wechatpay]')
  assert.equal(Object.keys(node), ['guides'])
  assert.equal(Object.keys({ ...loose['v3']!['smartguide']!['guides']! }), ['get', 'post', '_guide_id_'])
  assert.ok('guides' in node)
  assert.not.ok('guide' in node)
  assert.equal(node, node)
  for (const name of [
    'then',
    'nodeType',
    '$$typeof',
    'asymmetricMatch',
    '@@__IMMUTABLE_ITERABLE__@@',
    '__esModule',
  ])
    assert.is(node[name], undefined, name)
  assert.is(node['constructor'] as unknown, Object)
  assert.is(typeof node['hasOwnProperty'], 'function')
  assert.is((wechatpay as unknown as Partial<typeof wechatpay>)?.v3?.smartguide?.guides?.get?.name, 'get')
})

test('chain refuses anything but a client', async () => {
  for (const wrong of [undefined, null, {}, 'client']) {
    const error = await thrownBy(() => chain(wrong as never))
    assert.instance(error, ConfigError)
  }
})

test('every operation of the spec can be reached by its path and by its names', () => {
  const spec = fileURLToPath(new URL('../../../spec/', import.meta.url))
  const root = chainTree([operations])
  let count = 0
  // The chain is a merchant's, so that it lacks the operations of brands.
  const files = readdirSync(spec).filter((name) => name.endsWith('.yaml') && name !== 'brand-mode.yaml')
  for (const file of files) {
    let path = ''
    let method = ''
    for (const line of readFileSync(spec + file, 'utf8').split('\n')) {
      path = /^ {2}(\/\S+):$/.exec(line)?.[1] ?? path
      const found = /^ {4}(get|post|put|patch|delete):$/.exec(line)?.[1]
      method = found ?? method
      const alias = /^ {8}- (\/\S+)$/.exec(line)?.[1]
      const one = found ? path : alias
      if (!one) continue
      const own = one.slice(Math.max(one.indexOf('/v3/'), 0) + 1)
      assert.is(branchAt(root, own)?.calls.get(method), one)
      count++
    }
  }
  assert.ok(count > 1000)
  assert.is(operationNames.length, count, 'and the table has no others')
})

test('the table is smaller than 12 kB', () => {
  const size = gzipSync(operations.lines.join('\n'), { level: 9 }).length
  assert.ok(size < 12_000, `${size} bytes`)
})

test('a table with renamed segments, a trailing slash, and a method that is also a segment', async () => {
  const lines = ['hk=', ' v3', '  orders g d', '   delete p', '   special-one=specialOne p', '   =_empty_ p']
  const root = chainTree([{ lines }])
  const orders = branchAt(root, 'v3/orders')!
  assert.equal([...orders.children.keys()], ['delete', 'specialOne', '_empty_'])
  assert.is(branchAt(root, 'v3/orders/')!.calls.get('post'), '/hk/v3/orders/')
  assert.is(branchAt(root, 'v3/orders/{empty}'), branchAt(root, 'v3/orders/'))
  const start = new Nodes(call, root).start() as Loose
  await start['v3']!['orders']!['delete']!({})
  await start['v3']!['orders']!['delete']!['post']!({})
  assert.equal(
    calls.map(([method, path]) => `${method} ${path}`),
    ['DELETE /hk/v3/orders', 'POST /hk/v3/orders/delete'],
  )
})

test.run()
