import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { delayBefore, pause, retryAfter } from '../../../src/retry/delay.ts'
import { retryPolicy } from '../../../src/retry/policy.ts'
import { retryable } from '../../../src/retry/retryable.ts'
import { traitsOf } from '../../support/table.ts'

const policy = retryPolicy()

test('delays double, are at least half of that, and never more than the longest', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (n, random) => {
        const most = Math.min(policy.minDelay * 2 ** (n - 1), policy.maxDelay)
        const delay = delayBefore(n, policy, undefined, random)
        assert.ok(delay >= most / 2 && delay <= most)
        assert.ok(delayBefore(n, policy, 7_000, random) >= 7_000)
      },
    ),
  )
})

test('Retry-After in seconds and as a date', () => {
  const now = Date.UTC(2026, 0, 1)
  const read = (value: string) => retryAfter(new Headers({ 'Retry-After': value }), now)
  assert.is(read('0'), 0)
  assert.is(read(' 12 '), 12_000)
  assert.is(read('Thu, 01 Jan 2026 00:00:05 GMT'), 5_000)
  assert.is(read('Wed, 31 Dec 2025 00:00:00 GMT'), 0)
  for (const odd of ['', 'soon', '-1', '1.5', '2026-01-01', '1e3']) assert.is(read(odd), undefined)
  assert.is(retryAfter(new Headers(), now), undefined)
})

test('a pause leaves no listener behind, and an abort ends it at once', async () => {
  const controller = new AbortController()
  await pause(1, controller.signal)
  const reason = new Error('left')
  setTimeout(() => controller.abort(reason), 5)
  for (const wait of [() => pause(10_000, controller.signal), () => pause(10_000, controller.signal)]) {
    try {
      await wait()
      assert.unreachable()
    } catch (thrown) {
      assert.is(thrown, reason)
    }
  }
})

test('GET is retryable; a POST is when its body carries its own number, as a text', () => {
  const operation = { name: 'x', traits: { idempotencyKey: 'out_refund_no' } }
  assert.ok(retryable({ method: 'GET' }, { name: 'x', traits: {} }))
  assert.ok(retryable({ method: 'POST', body: '{"out_refund_no":"1"}' }, operation))
  for (const body of [
    '{"out_refund_no":""}',
    '{"out_refund_no":1}',
    '{"nested":{"out_refund_no":"1"}}',
    '{}',
    'null',
    '{',
    undefined,
    new Uint8Array(3),
  ]) {
    assert.not.ok(retryable({ method: 'POST', body }, operation), String(body))
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    assert.not.ok(retryable({ method, body: '{"out_refund_no":"1"}' }, { name: 'x', traits: {} }))
  }
})

test('the table: payments and refunds are retryable, closing and sending are not', () => {
  const key = (name: string) => traitsOf(name).idempotencyKey
  assert.is(key('POST /v3/pay/transactions/jsapi'), 'out_trade_no')
  assert.is(key('POST /v3/refund/domestic/refunds'), 'out_refund_no')
  assert.is(key('POST /v3/profitsharing/orders'), 'out_order_no')
  assert.is(key('POST /v3/fund-app/mch-transfer/transfer-bills'), 'out_bill_no')
  assert.is(key('POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close'), undefined)
  assert.is(key('POST /v3/smartguide/guides'), undefined)
  assert.is(key('POST /v3/merchant/media/upload'), undefined)
})

test.run()
