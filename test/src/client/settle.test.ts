import { inspect } from 'node:util'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient as createRefundClient } from '../../../generated/refund/client.ts'
import {
  type AnyWechatpayError,
  type ApiError,
  createClient,
  type KeyErrorCode,
  type NetworkError,
  settle,
  WechatpayError,
} from '../../../src/index.ts'
import { startFaulty } from '../../support/faulty.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { looseClient, mchid, platformSerial, serial } from '../../support/world.ts'

const merchant = rsaPair()
const platform = rsaPair()
const faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
const options = {
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: faulty.url,
  retry: false,
} as const
const client = looseClient(options)

test.after(() => faulty.close())
test.before.each(() => {
  faulty.attempts.length = 0
})

/** Each request but a GET fails; a GET is answered. */
function losing(how: 'reset' | '500 Oops' | 'unsigned'): void {
  faulty.fault = ({ socket, answer, seen }) => {
    if (seen.method === 'GET') socket.end(answer('{"state":"FOUND"}'))
    else if (how === 'reset') socket.resetAndDestroy()
    else if (how === 'unsigned') socket.end(answer('{}', { timestamp: false }))
    else socket.end(answer('{"code":"SYSTEM_ERROR","message":"x"}', { status: how, timestamp: false }))
  }
}

const order = {
  appid: 'wx1',
  mchid,
  description: 'a secret gift',
  out_trade_no: 'a/1 2',
  notify_url: 'https://example.com',
  amount: { total: 1 },
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
}

/** A call, and the query that settles it as it is sent. */
const calls: Record<string, { body: object; path?: object; query: string }> = {
  '/v3/pay/transactions/jsapi': {
    body: order,
    query: `/v3/pay/transactions/out-trade-no/a%2F1%202?mchid=${mchid}`,
  },
  '/v3/pay/transactions/out-trade-no/{out_trade_no}/close': {
    body: { mchid },
    path: { out_trade_no: 'a/1 2' },
    query: `/v3/pay/transactions/out-trade-no/a%2F1%202?mchid=${mchid}`,
  },
  '/v3/pay/partner/transactions/native': {
    body: { ...order, sp_mchid: '1', sub_mchid: '2' },
    query: '/v3/pay/partner/transactions/out-trade-no/a%2F1%202?sp_mchid=1&sub_mchid=2',
  },
  '/v3/refund/domestic/refunds': {
    body: { out_trade_no: '1', out_refund_no: 'r1', amount: { refund: 1, total: 1, currency: 'CNY' } },
    query: '/v3/refund/domestic/refunds/r1',
  },
  '/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund': {
    body: {
      out_refund_no: 'r1',
      sub_mchid: '2',
      type: 'USER_BANK_CARD',
      bank_account: '6222',
      real_name: '张三',
    },
    path: { refund_id: '50' },
    query: '/v3/refund/domestic/refunds/r1?sub_mchid=2',
  },
  '/v3/transfer/batches': {
    body: { appid: 'wx1', out_batch_no: 'b1', total_amount: 1, transfer_detail_list: [] },
    query: '/v3/transfer/batches/out-batch-no/b1?need_query_detail=false',
  },
  '/v3/payscore/serviceorder/{out_order_no}/cancel': {
    body: { appid: 'wx1', service_id: '5', reason: 'x' },
    path: { out_order_no: 'o1' },
    query: '/v3/payscore/serviceorder?out_order_no=o1&service_id=5&appid=wx1',
  },
  '/v3/profitsharing/orders': {
    body: { appid: 'wx1', transaction_id: '42', out_order_no: 'p1', receivers: [], unfreeze_unsplit: true },
    query: '/v3/profitsharing/orders/p1?transaction_id=42',
  },
}

for (const [path, { body, path: variables = {}, query }] of Object.entries(calls)) {
  test(`${path}: the error names the query, and settle() calls it`, async () => {
    losing('reset')
    const error = await thrownBy(() => client.POST(path, { body, params: { path: variables } }))
    assert.is(error.unsettled, true, error.message)
    const sent = new URL(query, 'https://h')
    assert.match(error.message, `see with settle(client, error), which calls GET ${sent.pathname}`)
    const { data } = await settle(client, error)
    assert.equal(data, { state: 'FOUND' })
    const last = faulty.attempts.at(-1)!
    assert.is(last.method, 'GET')
    const url = new URL(last.path, 'https://h')
    assert.is(url.pathname, sent.pathname)
    assert.equal([...url.searchParams].sort(), [...sent.searchParams].sort())
    assert.not.match(inspect(error, { depth: 9 }), /secret|oUpF8|6222|张三/)
  })
}

test('an error that was logged as JSON settles as well, thrown or of a result', async () => {
  losing('reset')
  const thrown = await thrownBy(() =>
    client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: 'r1' } }),
  )
  losing('500 Oops')
  const { error } = await client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: 'r2' } })
  assert.match(error!.hint!, 'GET /v3/refund/domestic/refunds/r2')
  for (const one of [thrown, error]) {
    const logged = JSON.parse(JSON.stringify(one)) as unknown
    assert.equal((await settle<{ state: string }>(client, logged)).data?.state, 'FOUND')
  }
  assert.match(faulty.attempts.at(-1)!.path, /refunds\/r2$/)
  losing('unsigned')
  const unsigned = await thrownBy(() =>
    client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: 'r3' } }),
  )
  assert.is(unsigned.code, 'ERR_RESPONSE_UNSIGNED')
  assert.match(unsigned.message, /drop headers\?. The request may have taken effect: see with settle/)
  assert.ok((await settle(client, unsigned)).data)
})

test('the number is the one that was sent, whatever the caller does to the body meanwhile', async () => {
  losing('reset')
  const body = { out_refund_no: 'sent' }
  const call = client.POST('/v3/refund/domestic/refunds', { body })
  body.out_refund_no = 'changed'
  const error = await thrownBy(() => call)
  assert.equal(error.settledBy, {
    operation: 'GET /v3/refund/domestic/refunds/{out_refund_no}',
    params: { path: { out_refund_no: 'sent' } },
  })
})

test('a client of one domain settles, and a query that finds nothing is its result', async () => {
  const refunds = createRefundClient(options)
  losing('reset')
  const body = { out_refund_no: 'r1' } as never
  const error = await thrownBy(() => refunds.POST('/v3/refund/domestic/refunds', { body }))
  faulty.fault = ({ socket, answer }) =>
    socket.end(
      answer('{"code":"RESOURCE_NOT_EXISTS","message":""}', { status: '404 Not Found', timestamp: false }),
    )
  assert.is((await settle(refunds, error)).error?.code, 'RESOURCE_NOT_EXISTS')
})

test('without a number that the query needs, none is named', async () => {
  losing('reset')
  for (const body of [
    {},
    { out_trade_no: 'a' },
    { out_trade_no: '', mchid },
    { out_trade_no: { a: 1 }, mchid },
  ]) {
    const error = await thrownBy(() => client.POST('/v3/pay/transactions/jsapi', { body }))
    assert.is(error.unsettled, true, error.message)
    assert.not.ok('settledBy' in error)
    assert.match(error.message, 'repeat it only with the same out_trade_no')
  }
})

test('an error that leaves nothing open, and one that no query settles', async () => {
  faulty.fault = ({ socket, answer }) =>
    socket.end(answer('{"code":"PARAM_ERROR","message":"x"}', { status: '400 Bad', timestamp: false }))
  const { error: refused } = await client.POST('/v3/refund/domestic/refunds', {
    body: { out_refund_no: '1' },
  })
  losing('reset')
  const { attempts } = faulty
  const open = await thrownBy(() => client.POST('/v3/smartguide/guides', { body: {} }))
  attempts.length = 0
  for (const odd of [
    refused,
    undefined,
    null,
    'ERR_NETWORK',
    {},
    new Error('other'),
    { unsettled: 'true' },
  ]) {
    const error = await thrownBy(() => settle(client, odd))
    assert.is(error.code, 'ERR_SETTLE')
    assert.match(error.message, 'the error is not unsettled')
  }
  const post = { operation: 'POST /v3/refund/domestic/refunds', params: {} }
  for (const odd of [
    open,
    { unsettled: true },
    { unsettled: true, settledBy: post },
    { unsettled: true, settledBy: 'GET /' },
  ]) {
    const error = await thrownBy(() => settle(client, odd))
    assert.is(error.code, 'ERR_SETTLE')
    assert.match(error.message, 'no query settles this request. Repeat it with the same number')
  }
  assert.is((await thrownBy(() => settle({}, open))).code, 'ERR_CONFIG')
  assert.is(attempts.length, 0)
})

test('the union of all errors narrows by its code', async () => {
  const thrown = await thrownBy(() => createClient({ ...options, privateKey: 'x' }))
  const error = thrown as AnyWechatpayError
  function advice(one: AnyWechatpayError): string {
    switch (one.code) {
      case 'ERR_KEY_NOT_PEM': {
        // Compiles only if the union narrows.
        const code: KeyErrorCode = one.code
        return `${one.name} ${code}`
      }
      case 'ERR_NETWORK':
        return (one satisfies NetworkError) ? 'network' : ''
      default:
        return 'other'
    }
  }
  assert.is(advice(error), 'KeyError ERR_KEY_NOT_PEM')
  assert.instance(error, WechatpayError)
  const shape: Pick<ApiError, 'unsettled' | 'settledBy'> = {}
  assert.equal(shape, {})
})

test.run()
