import { X509Certificate } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { PlatformKey } from '../../../sandbox/index.ts'
import { certificatePlatform } from '../../support/platform-keys.ts'
import { decryptResource } from '../decrypt-resource.ts'
import { platform as publicKey, startForMerchant } from '../merchant-sandbox.ts'
import { verifies } from '../verifies.ts'

const older = certificatePlatform(300)
const newer = certificatePlatform(3)
const platform: PlatformKey[] = [publicKey, older, newer]
const { sandbox, hand } = await startForMerchant({ platform })
const certificates = { target: '/v3/certificates' }
test.after(() => sandbox.close())

test('the list of certificates decrypts with the APIv3 key and has the newest first', async () => {
  const { status, headers, raw, body } = await hand.send(certificates)
  assert.is(status, 200)
  assert.ok(verifies(headers, raw, newer))
  assert.equal(
    body.data.map((one: Record<string, string>) => one['serial_no']),
    [newer.serial, older.serial],
  )
  for (const [at, key] of [newer, older].entries()) {
    const { effective_time, expire_time, encrypt_certificate: encrypted } = body.data[at]
    assert.is(encrypted.algorithm, 'AEAD_AES_256_GCM')
    assert.is(encrypted.associated_data, 'certificate')
    const certificate = new X509Certificate(decryptResource(encrypted))
    assert.is(certificate.serialNumber, key.serial)
    assert.ok(certificate.verify(certificate.publicKey))
    assert.is(new Date(certificate.validFrom).getTime(), new Date(effective_time).getTime())
    assert.is(new Date(certificate.validTo).getTime(), new Date(expire_time).getTime())
    assert.match(effective_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
  }
})

test('without platform certificates the list is 404', async () => {
  platform.splice(0, platform.length, publicKey)
  await hand.refused(certificates, 404, 'RESOURCE_NOT_EXISTS')
})

test.run()
