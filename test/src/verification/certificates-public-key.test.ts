import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { CertificatesEvent } from '../../../src/hooks.ts'
import { automaticCertificates } from '../../../src/verification/certificates.ts'
import { certified } from '../../support/certificate.ts'
import { type CertificatesReply, startCertificateServer } from '../../support/certificate-server.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'

const apiV3Key = 'an APIv3 key, as long as it must'
const start = Date.parse('2026-03-01T00:00:00Z')
const old = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')
const publicKey = { PUB_KEY_ID_0119: rsaPair().publicKey }
const server = await startCertificateServer(apiV3Key, start)
let events: CertificatesEvent[] = []

test.before.each(() => {
  Object.assign(server, { list: [old], signer: undefined, hits: 0, fault: undefined })
  events = []
})
test.after(() => server.close())

function source(options: Partial<Parameters<typeof automaticCertificates>[0]> = {}) {
  const observe = (event: CertificatesEvent) => events.push(event)
  return automaticCertificates({
    apiV3Key,
    download: server.download,
    clock: () => start,
    observe,
    ...options,
  })
}

const notExists = (reply: CertificatesReply) => ({
  ...reply,
  status: 404,
  headers: {},
  body: '{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书"}',
})

test('404, and no public key: says to use one', async () => {
  server.fault = notExists
  const error = await thrownBy(() => source().ready())
  assert.is(error.name, 'CertificateError')
  assert.match(error.message, 'public key mode')
  assert.match(error.message, "platform: { 'PUB_KEY_ID_…': pem }")
})

test('404 and a public key: goes on with it', async () => {
  server.fault = notExists
  const keys = source({ platform: publicKey })
  await keys.ready()
  assert.is(keys.trusted(), 'PUB_KEY_ID_0119')
  assert.is((await keys.encrypter()).serial, 'PUB_KEY_ID_0119')
  assert.ok(await keys.find('PUB_KEY_ID_0119'))
  assert.is(server.hits, 0)
  for (let count = 0; count < 5; count++) assert.is(await keys.find(old.serial), undefined)
  assert.is(server.hits, 1)
  assert.equal(events, [{ serials: [] }])
})

test('a public key and certificates: either verifies, requests ask for the public key', async () => {
  const keys = source({ platform: publicKey })
  assert.ok(await keys.find(old.serial))
  await keys.ready()
  assert.is(keys.trusted(), 'PUB_KEY_ID_0119')
})

test('a list that is signed with the public key is verified with it', async () => {
  const pair = rsaPair()
  server.signer = { serial: 'PUB_KEY_ID_2', privateKey: pair.privateKey }
  assert.ok(await source({ platform: { PUB_KEY_ID_2: pair.publicKey } }).find(old.serial))
  assert.is((await thrownBy(() => source().ready())).code, 'ERR_CERTIFICATES_MALFORMED')
})

test.run()
