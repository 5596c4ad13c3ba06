import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { PlatformKey } from '../../../sandbox/index.ts'
import type { Got } from '../../support/hand-signed.ts'
import { rsaPair } from '../../support/keys.ts'
import { certificatePlatform, type KnownPlatform, publicKeyPlatform } from '../../support/platform-keys.ts'
import { startForMerchant } from '../merchant-sandbox.ts'
import { verifies } from '../verifies.ts'

const pair = rsaPair()
const publicKey = publicKeyPlatform()
const older = certificatePlatform(300)
const newer = certificatePlatform(3, pair)
const platform: PlatformKey[] = []
const { sandbox, hand } = await startForMerchant({ platform })

test.before.each(() => {
  platform.splice(0, platform.length, publicKey, older, newer)
})
test.after(() => sandbox.close())

function signedBy({ headers, raw }: Got, key: KnownPlatform): boolean {
  return verifies(headers, raw, key)
}

test('a response is signed with the key that the request names, otherwise with the newest certificate', async () => {
  for (const key of [publicKey, older, newer]) {
    assert.ok(signedBy(await hand.send({ headers: { 'Wechatpay-Serial': key.serial } }), key))
  }
  assert.ok(signedBy(await hand.send(), newer))
  assert.not.ok(signedBy(await hand.send(), older))
})

test('a switch of keys takes effect at the next request', async () => {
  platform.splice(0, platform.length, publicKey)
  assert.ok(signedBy(await hand.send(), publicKey))
  const headers = { 'Wechatpay-Serial': older.serial }
  await hand.refused({ headers }, 400, 'PARAM_ERROR', 'Wechatpay-Serial')
})

test('a certificate that is not in effect signs only when the request names it', async () => {
  const future = certificatePlatform(-2, pair)
  platform.splice(0, platform.length, older, future, certificatePlatform(4000, pair))
  assert.ok(signedBy(await hand.send(), older))
  assert.ok(signedBy(await hand.send({ headers: { 'Wechatpay-Serial': future.serial } }), future))
})

test.run()
