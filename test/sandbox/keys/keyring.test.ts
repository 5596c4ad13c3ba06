import { createDecipheriv, verify, X509Certificate } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Platform, startSandbox } from '../../../sandbox/index.ts'
import { document } from '../../support/document.ts'
import { type Got, HandSigned } from '../../support/hand-signed.ts'
import { rsaPair } from '../../support/keys.ts'
import {
  apiV3Key,
  certificatePlatform,
  type KnownPlatform,
  mchid,
  publicKeyPlatform,
  serial,
} from '../../support/platform-keys.ts'

const merchant = rsaPair()
const byKey = publicKeyPlatform()
const older = certificatePlatform(300)
const newer = certificatePlatform(3, merchant)
const platform: Platform[] = []

const sandbox = await startSandbox({
  documents: [document],
  merchants: [
    { mchid, serial, publicKey: merchant.publicKey, apiV3Key },
    { brandId: '130001', serial: 'B0B0B0B0', publicKey: merchant.publicKey },
  ],
  platform,
})
const hand = new HandSigned(sandbox, { id: ['mchid', mchid], serial, privateKey: merchant.privateKey })
const brand = new HandSigned(sandbox, {
  id: ['brand_id', '130001'],
  serial: 'B0B0B0B0',
  privateKey: merchant.privateKey,
})
const certificates = { target: '/v3/certificates' }

test.before.each(() => {
  platform.splice(0, platform.length, byKey, older, newer)
})
test.after(() => sandbox.close())

function signedBy({ headers, raw }: Got, key: KnownPlatform): boolean {
  const head = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n`
  const message = Buffer.concat([Buffer.from(head), raw, Buffer.from('\n')])
  const signature = Buffer.from(headers['wechatpay-signature'] ?? '', 'base64')
  return headers['wechatpay-serial'] === key.serial && verify('sha256', message, key.publicKey, signature)
}

function open(sealed: Record<string, string>): string {
  const bytes = Buffer.from(sealed['ciphertext']!, 'base64')
  const cipher = createDecipheriv('aes-256-gcm', apiV3Key, sealed['nonce']!)
  cipher.setAAD(Buffer.from(sealed['associated_data']!)).setAuthTag(bytes.subarray(-16))
  return cipher.update(bytes.subarray(0, -16), undefined, 'utf8') + cipher.final('utf8')
}

test('an answer is signed by the key that the request names, else by the newest certificate', async () => {
  for (const key of [byKey, older, newer]) {
    assert.ok(signedBy(await hand.send({ headers: { 'Wechatpay-Serial': key.serial } }), key))
  }
  assert.ok(signedBy(await hand.send(), newer))
  assert.not.ok(signedBy(await hand.send(), older))
  platform.splice(0, platform.length, byKey)
  assert.ok(signedBy(await hand.send(), byKey))
  await hand.refused(
    { headers: { 'Wechatpay-Serial': older.serial } },
    400,
    'PARAM_ERROR',
    'Wechatpay-Serial',
  )
})

test('a certificate that is not yet in effect, or no longer, signs nothing unasked', async () => {
  platform.splice(
    0,
    platform.length,
    older,
    certificatePlatform(-2, merchant),
    certificatePlatform(4000, merchant),
  )
  assert.ok(signedBy(await hand.send(), older))
})

test('the list of certificates opens with the APIv3 key, newest first', async () => {
  const answer = await hand.send(certificates)
  assert.is(answer.status, 200)
  assert.ok(signedBy(answer, newer))
  assert.equal(
    answer.body.data.map((one: Record<string, string>) => one['serial_no']),
    [newer.serial, older.serial],
  )
  for (const [at, key] of [newer, older].entries()) {
    const { effective_time, expire_time, encrypt_certificate: sealed } = answer.body.data[at]
    assert.is(sealed.algorithm, 'AEAD_AES_256_GCM')
    assert.is(sealed.associated_data, 'certificate')
    const certificate = new X509Certificate(open(sealed))
    assert.is(certificate.serialNumber, key.serial)
    assert.ok(certificate.verify(certificate.publicKey))
    assert.is(new Date(certificate.validFrom).getTime(), new Date(effective_time).getTime())
    assert.is(new Date(certificate.validTo).getTime(), new Date(expire_time).getTime())
    assert.match(effective_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
  }
})

test('a platform that has a public key alone has no certificates to list', async () => {
  platform.splice(0, platform.length, byKey)
  await hand.refused(certificates, 404, 'RESOURCE_NOT_EXISTS')
})

test('a brand signs with a scheme of its own', async () => {
  assert.is((await brand.send()).status, 200)
  assert.is(sandbox.requests.at(-1)?.account, '130001')
  const merchantScheme = (header: string) => header.replace('WECHATPAY-BRAND-', 'WECHATPAY2-')
  await brand.refused({ authorization: merchantScheme }, 401, 'SIGN_ERROR', 'Authorization')
  const asMerchant = (header: string) => merchantScheme(header).replace('brand_id', 'mchid')
  await brand.refused({ authorization: asMerchant }, 401, 'SIGN_ERROR', 'mchid')
  const other = (header: string) => header.replace('130001', '130002')
  await brand.refused({ authorization: other }, 401, 'SIGN_ERROR', 'brand_id')
})

test.run()
