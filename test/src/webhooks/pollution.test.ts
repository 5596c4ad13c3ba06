import { createVerify } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { paySigner } from '../../../src/index.ts'
import { createNotifications, type NotificationOptions } from '../../../src/webhooks/index.ts'
import { rsaPair } from '../../support/keys.ts'
import { notify } from '../../support/notification.ts'

// A neighbour package that merges a JSON body into Object.prototype must not choose keys, a time or a limit.
const apiV3Key = 'an APIv3 key, as long as it must'
const pair = rsaPair()
const serial = 'PUB_KEY_ID_0119'
const options: NotificationOptions = { platform: { [serial]: pair.publicKey }, apiV3Key, onError: () => {} }

const hostile: Record<string, unknown> = {
  keys: { remote: false },
  privateKey: 'no key',
  clock: 0,
  nonce: 'chosen',
  hooks: { key: 1 },
  limit: 0,
  apiV3Key: 'x'.repeat(32),
  platform: { PUB_KEY_ID_1: 'no key' },
  onError: 1,
}

async function outcome() {
  const { headers, body } = notify({ serial, privateKey: pair.privateKey, apiV3Key })
  const notifications = createNotifications(options)
  const handler = notifications.handler({ 'TRANSACTION.SUCCESS': () => {} })
  const statuses = []
  for (const text of [body, body.replace('支付', '退款')]) {
    const request = Object.assign(Object.create(null), { method: 'POST', headers, body: text })
    statuses.push((await handler(new Request('https://example.com/notify', request))).status)
  }
  const { jsapi } = paySigner({ privateKey: pair.privateKey })
  const order = await jsapi({ appid: 'wx1', prepay_id: 'wx2' })
  const lines = [order.appId, order.timeStamp, order.nonceStr, order.package, ''].join('\n')
  const signed = createVerify('sha256').update(lines).verify(pair.publicKey, order.paySign, 'base64')
  const recent = Math.abs(Date.now() / 1000 - Number(order.timeStamp)) < 60
  return { statuses, signed, recent, nonce: order.nonceStr.length }
}

const honest = await outcome()

test('without pollution: one notification is accepted, and one refused', () => {
  assert.equal(honest, { statuses: [204, 401], signed: true, recent: true, nonce: 32 })
})

for (const [name, value] of Object.entries(hostile)) {
  test(`Object.prototype.${name} changes nothing`, async () => {
    const prototype = Object.prototype as Record<string, unknown>
    let result: unknown
    prototype[name] = value
    try {
      result = await outcome()
    } catch (error) {
      result = error
    } finally {
      delete prototype[name]
    }
    assert.equal(result, honest)
  })
}

test.run()
