import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createNotifications } from '../../../src/webhooks/index.ts'
import { apiV3Key } from '../../support/platform-keys.ts'
import { rejected } from './rejected.ts'
import { join } from './world.ts'

const { sandbox, peers, matrix, platform, options, leave } = await join()
test.after(leave)

const resource = { out_trade_no: '1217752501201407033233368018', amount: { total: 100 }, attach: '中文' }
const event = 'TRANSACTION.SUCCESS'

for (const peer of peers) {
  for (const by of ['key', 'certificate'] as const) {
    const how = by === 'key' ? 'public key' : 'downloaded certificate'
    test(`${peer.name}: a notification of ours verified and decrypted there, by ${how}`, () =>
      matrix.judge(`our notification read there, by ${how}`, peer.name, async () => {
        const { serial } = platform[by]
        const given = await sandbox.notification(event, { resource, serial })
        assert.equal(JSON.parse(await peer.notification(given, by)), resource)
        const changed = { ...given, body: given.body.replace('encrypt-resource', 'encrypt_resource') }
        assert.ok(await rejected(peer.notification(changed, by)))
      }))
  }

  test(`${peer.name}: a notification that it signed and encrypted is read here`, () =>
    matrix.judge('their notification read here; a changed one refused', peer.name, async () => {
      const nonce = 'fdasflkja484'
      const associatedData = 'transaction'
      const ciphertext = await peer.seal({ text: JSON.stringify(resource), nonce, associatedData })
      const body = JSON.stringify({
        id: 'EV-2018022511223320873',
        create_time: '2026-01-02T15:04:05+08:00',
        resource_type: 'encrypt-resource',
        event_type: event,
        summary: '支付成功',
        resource: {
          original_type: 'transaction',
          algorithm: 'AEAD_AES_256_GCM',
          ciphertext,
          associated_data: associatedData,
          nonce,
        },
      })
      const timestamp = String(Math.floor(Date.now() / 1000))
      const signature = await peer.sign(
        `${timestamp}\n${nonce}\n${body}\n`,
        platform.key.privateKey as string,
      )
      const headers = new Headers({
        'Wechatpay-Serial': platform.key.serial,
        'Wechatpay-Timestamp': timestamp,
        'Wechatpay-Nonce': nonce,
        'Wechatpay-Signature': signature,
        'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
      })
      const notifications = createNotifications({ apiV3Key, platform: options.platform })
      const bytes = new TextEncoder().encode(body)
      const got = await notifications.receive({ headers, body: bytes })
      assert.equal([got.id, got.resource], ['EV-2018022511223320873', resource])
      const changed = new TextEncoder().encode(body.replace('EV-', 'EV_'))
      assert.ok(await rejected(notifications.receive({ headers, body: changed })))
    }))
}

test.run()
