import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments } from '../../../sandbox/index.ts'
import { apiV3Key, mchid, serial } from '../../support/platform-keys.ts'
import { decryptResource } from '../decrypt-resource.ts'
import { certified, merchant, platform, startForMerchant } from '../merchant-sandbox.ts'
import { verifies } from '../verifies.ts'

const { sandbox } = await startForMerchant({
  documents: Object.values(await specDocuments(['certificates', 'webhooks'])),
  merchants: [
    { mchid: '1', serial: '01', publicKey: merchant.publicKey },
    { mchid, serial, publicKey: merchant.publicKey, apiV3Key },
  ],
  platform: [platform, certified],
})
test.after(() => sandbox.close())

test('a notification is signed, and its encrypted resource is made from the document', async () => {
  const { headers, body } = await sandbox.notification('TRANSACTION.SUCCESS')
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  assert.ok(verifies(lowerCase, body, certified))
  const { resource, ...envelope } = JSON.parse(body)
  assert.is(envelope.event_type, 'TRANSACTION.SUCCESS')
  assert.is(envelope.resource_type, 'encrypt-resource')
  assert.match(envelope.id, /^[\da-f-]{36}$/)
  assert.is(resource.original_type, 'transaction')
  const payment = JSON.parse(decryptResource(resource))
  assert.is(payment.mchid, 'mchid-1')
  assert.type(payment.amount.total, 'number')
  for (const other of ['sp_mchid', 'combine_out_trade_no', 'receiver', 'trade_scene'])
    assert.not(other in payment, `the plain kind of payment has no ${other}`)
})

test('every part of a notification can be set', async () => {
  const { headers, body } = await sandbox.notification('MY.EVENT', {
    resource: { 中: 1 },
    id: 'EV-1',
    serial: platform.serial,
    timestamp: 1,
    nonce: 'n',
    account: mchid,
    associatedData: '',
  })
  const { id, resource } = JSON.parse(body)
  assert.is(id, 'EV-1')
  assert.equal(JSON.parse(decryptResource(resource)), { 中: 1 })
  assert.is(resource.associated_data, '')
  assert.is(headers['Wechatpay-Timestamp'], '1')
  assert.is(headers['Wechatpay-Serial'], platform.serial)
})

test('a notification that cannot be created says why', async () => {
  const message = (event: string, account?: string) =>
    sandbox.notification(event, account === undefined ? {} : { account }).then(
      () => 'created',
      (error) => (error instanceof RangeError ? error.message : String(error)),
    )
  assert.match(await message('NO.SUCH'), /no event is named NO\.SUCH/)
  assert.match(await message('TRANSACTION.SUCCESS', '1'), /needs an `apiV3Key`/)
  assert.match(await message('TRANSACTION.SUCCESS', '2'), /no account 2/)
})

test('every documented event can be created', async () => {
  const { webhooks } = (await specDocuments(['webhooks'])).webhooks as { webhooks: object }
  for (const event of Object.keys(webhooks)) {
    const { resource } = JSON.parse((await sandbox.notification(event)).body)
    assert.type(JSON.parse(decryptResource(resource)), 'object')
  }
})

test.run()
