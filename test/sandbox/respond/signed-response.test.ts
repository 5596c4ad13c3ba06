import { createDecipheriv, createHash, verify } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Answer, type FaultTools, specDocuments, startSandbox } from '../../../sandbox/index.ts'
import { HandSigned } from '../../support/hand-signed.ts'
import { rsaPair } from '../../support/keys.ts'
import {
  apiV3Key,
  certificatePlatform,
  mchid,
  publicKeyPlatform,
  serial,
} from '../../support/platform-keys.ts'

const merchant = rsaPair()
const platform = publicKeyPlatform()
const certified = certificatePlatform(1)
const names = [
  'billdownload',
  'statements',
  'merchant-service',
  'new-tax-control-fapiao',
  'certificates',
  'webhooks',
]
const documents = Object.values(await specDocuments(names))
let fault: ((answer: Answer, tools: FaultTools) => Answer | Promise<Answer>) | undefined

const sandbox = await startSandbox({
  documents,
  merchants: [
    { mchid: '1', serial: '01', publicKey: merchant.publicKey },
    { mchid, serial, publicKey: merchant.publicKey, apiV3Key },
  ],
  platform: [platform, certified],
  fault: async (answer, tools) => fault?.(answer, tools) ?? answer,
})
const hand = new HandSigned(sandbox, { id: ['mchid', mchid], serial, privateKey: merchant.privateKey })
const bill = { target: '/v3/billdownload/file?token=t' }
const statement = {
  target: '/hk/v3/statements?date=20260101&mchid=1',
  headers: { 'Wechatpay-Serial': platform.serial },
}

test.after.each(() => {
  fault = undefined
})
test.after(() => sandbox.close())

function verifies(headers: Record<string, string>, covered: string | Buffer, key = platform): boolean {
  const head = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n`
  const message = Buffer.concat([Buffer.from(head), Buffer.from(covered), Buffer.from('\n')])
  const signature = Buffer.from(headers['wechatpay-signature'] ?? '', 'base64')
  return headers['wechatpay-serial'] === key.serial && verify('sha256', message, key.publicKey, signature)
}

test('what WeChat Pay does not sign is not signed', async () => {
  for (const target of [bill.target, '/v3/merchant-service/images/ab']) {
    const { status, headers, raw } = await hand.send({ target })
    assert.is(status, 200)
    assert.ok(raw.length > 0)
    assert.not.ok(Object.keys(headers).some((name) => name.startsWith('wechatpay-')))
  }
})

test('a statement is signed by its digest', async () => {
  const { headers, raw } = await hand.send(statement)
  const sha1 = createHash('sha1').update(raw).digest('hex')
  assert.is(headers['wechatpay-statement-sha1'], sha1)
  assert.ok(verifies(headers, `{"sha1":"${sha1}"}`))
  assert.not.ok(verifies(headers, raw))
})

test('a statement is signed anew by what its header says, as its content may be compressed', async () => {
  fault = (answer, { sign }) =>
    sign(
      { ...answer, headers: { 'Wechatpay-Statement-Sha1': 'ab' }, body: Buffer.from('gzip') },
      { serial: certified.serial },
    )
  const { headers, raw } = await hand.send(statement)
  assert.is(raw.toString(), 'gzip')
  assert.ok(verifies(headers, '{"sha1":"ab"}', certified))
})

test('an operation without security needs no Authorization', async () => {
  const target =
    '/invoicing/fapiao/fapiao-file?nonce_str=1&mch_id=1&fapiao_id=1&fapiao_apply_id=1&invoice_code=1&invoice_no=1&sign=1&openid=1&token=1'
  const free = await hand.send({ target, headers: { Authorization: undefined } })
  assert.is.not(free.status, 401, JSON.stringify(free.body))
  await hand.refused({ ...bill, headers: { Authorization: undefined } }, 401, 'SIGN_ERROR')
})

test('a notification is signed and encrypted, its resource made from the document', async () => {
  const { headers, body } = await sandbox.notification('TRANSACTION.SUCCESS')
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  assert.ok(verifies(lower, body, certified))
  const { resource, ...envelope } = JSON.parse(body)
  assert.is(envelope.event_type, 'TRANSACTION.SUCCESS')
  assert.is(envelope.resource_type, 'encrypt-resource')
  assert.match(envelope.id, /^[\da-f-]{36}$/)
  assert.is(resource.original_type, 'transaction')
  const opened = open(resource)
  assert.is(opened['sp_mchid'], 'sp_mchid-1')
})

test('a notification of one’s own making', async () => {
  const given = {
    resource: { 中: 1 },
    id: 'EV-1',
    serial: platform.serial,
    timestamp: 1,
    nonce: 'n',
    account: mchid,
    associatedData: '',
  }
  const { headers, body } = await sandbox.notification('MY.EVENT', given)
  const { id, resource } = JSON.parse(body)
  assert.is(id, 'EV-1')
  assert.equal(open(resource), { 中: 1 })
  assert.is(resource.associated_data, '')
  assert.is(headers['Wechatpay-Timestamp'], '1')
  assert.is(headers['Wechatpay-Serial'], platform.serial)
})

test('a notification that cannot be made says why', async () => {
  const made = (event: string, account?: string) =>
    sandbox.notification(event, account === undefined ? {} : { account }).then(
      () => 'made',
      (error) => (error instanceof RangeError ? error.message : String(error)),
    )
  assert.match(await made('NO.SUCH'), /no event NO\.SUCH/)
  assert.match(await made('TRANSACTION.SUCCESS', '1'), /apiV3Key/)
  assert.match(await made('TRANSACTION.SUCCESS', '2'), /no such account/)
})

test('every documented event can be made', async () => {
  const { webhooks } = (await specDocuments(['webhooks']))['webhooks'] as { webhooks: object }
  for (const event of Object.keys(webhooks))
    open(JSON.parse((await sandbox.notification(event)).body).resource)
})

function open({ ciphertext, nonce, associated_data }: Record<string, string>): Record<string, unknown> {
  const bytes = Buffer.from(ciphertext!, 'base64')
  const cipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce!)
  cipher.setAAD(Buffer.from(associated_data!)).setAuthTag(bytes.subarray(-16))
  return JSON.parse(cipher.update(bytes.subarray(0, -16), undefined, 'utf8') + cipher.final('utf8'))
}

test.run()
