import { constants, privateDecrypt, sign, webcrypto } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { CertificatesEvent } from '../../../src/hooks.ts'
import { automaticCertificates } from '../../../src/verification/certificates.ts'
import { type PlatformKey, verifiedBy } from '../../../src/verification/platform.ts'
import { certified } from '../../support/certificate.ts'
import { startCertificateServer } from '../../support/certificate-server.ts'
import { stranger } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const apiV3Key = 'an APIv3 key, as long as it must'
const minute = 60_000
const hour = 60 * minute
const start = Date.parse('2026-03-01T00:00:00Z')

const old = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')
const next = certified('0A52F09EFDC096DE15EBE81A47057A7232F1B8E2')
const later = certified('9957F09EFDC096DE15EBE81A47057A7232F1B8E3')

const server = await startCertificateServer(apiV3Key, start)
let events: CertificatesEvent[] = []

test.before.each(() => {
  Object.assign(server, { list: [old], signer: undefined, apiV3Key, now: start, hits: 0, fault: undefined })
  events = []
})
test.after(() => server.close())

function source(options: Partial<Parameters<typeof automaticCertificates>[0]> = {}) {
  return automaticCertificates({
    apiV3Key,
    download: server.download,
    clock: () => server.now,
    observe: (event) => events.push(event),
    ...options,
  })
}

/** Does a key verify what the holder of the private one signed? */
async function fits(key: PlatformKey | undefined, privateKey: string): Promise<boolean> {
  const message = Buffer.from('a message')
  const signature = sign('sha256', message, privateKey)
  return key !== undefined && verifiedBy(key, message, signature)
}

/** Lets work that nobody waits for come to its end. */
async function settled(done: () => boolean): Promise<void> {
  for (let count = 0; count < 200 && !done(); count++) await new Promise((resolve) => setTimeout(resolve, 10))
}

test('certificates of OpenSSL: the key verifies, and encrypts for the holder', async () => {
  const keys = source()
  await keys.ready()
  assert.is(keys.trusted(), old.serial)
  assert.ok(await fits(await keys.find(old.serial), old.privateKey))
  const { serial, key } = await keys.encrypter()
  const cipher = await webcrypto.subtle.encrypt('RSA-OAEP', key, Buffer.from('张三'))
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const plain = privateDecrypt({ key: old.privateKey, padding, oaepHash: 'sha1' }, Buffer.from(cipher))
  assert.is(`${serial} ${plain}`, `${old.serial} 张三`)
  assert.is((await keys.encrypter()).key, key, 'a key is imported once')
  assert.ok(keys.remote)
  assert.equal(events, [{ serials: [old.serial] }])
})

test('many callers at once ask once', async () => {
  const keys = source()
  const calls = Array.from({ length: 50 }, (_, index) => (index % 2 ? keys.ready() : keys.find(next.serial)))
  await Promise.all(calls)
  assert.is(server.hits, 1)
})

test('two clients share nothing', async () => {
  await source().ready()
  await source().ready()
  assert.is(server.hits, 2)
})

test('an unknown serial: one list a minute, however many ask', async () => {
  const keys = source()
  await keys.ready()
  server.list = [old, next]
  for (let second = 0; second < 60; second++) {
    server.now = start + second * 1000
    await Promise.all([keys.find(next.serial), keys.find(`ABCDEF${second + 10}`)])
  }
  assert.is(server.hits, 1)
  server.now = start + minute
  await Promise.all(Array.from({ length: 20 }, () => keys.find('ABCDEF01')))
  assert.is(server.hits, 2)
  assert.ok(await fits(await keys.find(next.serial), next.privateKey))
  for (let second = 60; second < 600; second++) {
    server.now = start + second * 1000
    assert.is(await keys.find('ABCDEF01'), undefined)
  }
  assert.is(server.hits, 10)
})

test('what is not the serial of a certificate asks for none', async () => {
  const keys = source()
  const wrong = [
    'PUB_KEY_ID_1',
    'PUB_KEY_ID_0119000072912026',
    '__proto__',
    '',
    'x'.repeat(5000),
    '../v3',
    'ABC',
  ]
  for (const serial of [...wrong, 'ABCDEF01x', 'A'.repeat(65)]) assert.is(await keys.find(serial), undefined)
  assert.is(server.hits, 0)
})

test('a serial is found however it is written', async () => {
  server.list = [next]
  const keys = source()
  assert.ok(await keys.find(next.serial.toLowerCase().replace(/^0/, '')))
})

test('a list that is younger than 11 hours is not renewed', async () => {
  let asked = 0
  const keys = source({
    download: () => {
      asked++
      return server.download()
    },
  })
  await keys.ready()
  for (const age of [minute, hour, 11 * hour - 1]) {
    server.now = start + age
    await keys.ready()
    assert.ok(await keys.find(old.serial))
    assert.is(asked, 1)
  }
  server.now = start + 11 * hour
  await keys.ready()
  assert.is(asked, 2)
  await settled(() => events.length === 2)
})

test('from 11 hours on the list is renewed behind, from 12 hours on it is waited for', async () => {
  const keys = source()
  await keys.ready()
  server.now = start + 11 * hour - 1
  await keys.ready()
  assert.is(server.hits, 1)
  server.list = [next]
  server.now = start + 11 * hour
  await keys.ready()
  assert.is(keys.trusted(), old.serial)
  await settled(() => events.length === 2)
  assert.is(keys.trusted(), next.serial)
  server.list = [later]
  server.now += 12 * hour
  await keys.ready()
  assert.is(keys.trusted(), later.serial)
  assert.is(server.hits, 3)
})

test('old and new side by side: the newest in effect encrypts, all verify', async () => {
  const ahead = { ...later, from: start + hour }
  const expired = { ...certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E4', stranger()), until: start - 1 }
  server.list = [ahead, { ...next, from: start - hour }, { ...old, from: start - 2 * hour }, expired]
  server.signer = old
  const keys = source()
  assert.is((await keys.encrypter()).serial, next.serial)
  for (const one of [old, next, later]) assert.ok(await fits(await keys.find(one.serial), one.privateKey))
  assert.is(await keys.find(expired.serial), undefined)
  server.now = start + hour
  assert.is((await keys.encrypter()).serial, later.serial)
  assert.is(keys.trusted(), later.serial)
})

test('a switch in mid-flight: what is listed no more verifies for 12 hours, and never encrypts', async () => {
  const keys = source()
  await keys.ready()
  server.list = [next]
  server.now = start + minute
  assert.ok(await fits(await keys.find(next.serial), next.privateKey))
  assert.is((await keys.encrypter()).serial, next.serial)
  assert.ok(await fits(await keys.find(old.serial), old.privateKey))
  server.now = start + minute + 12 * hour
  assert.is(await keys.find(old.serial), undefined)
})

test('a renewal that fails is reported, and earlier certificates stay until they expire', async () => {
  server.list = [{ ...old, until: start + 20 * hour }]
  const keys = source()
  await keys.ready()
  server.fault = (reply) => ({ ...reply, status: 500, body: '' })
  server.now = start + 13 * hour
  await keys.ready()
  assert.is(keys.trusted(), old.serial)
  assert.ok(await keys.find(old.serial))
  assert.is(server.hits, 2)
  assert.equal(events[1]!.serials, [old.serial])
  assert.match(events[1]!.failure!.message, 'HTTP 500')
  const unknown = await thrownBy(() => keys.find(next.serial))
  assert.is(unknown.code, 'ERR_CERTIFICATES_UNAVAILABLE')
  server.now = start + 20 * hour
  assert.is((await thrownBy(() => keys.ready())).code, 'ERR_CERTIFICATES_UNAVAILABLE')
  assert.is((await thrownBy(() => keys.trusted())).code, 'ERR_CERTIFICATES_UNAVAILABLE')
  server.fault = undefined
  server.list = [next]
  await keys.ready()
  assert.is(keys.trusted(), next.serial)
})

test('the endpoint is down: the next call finds it up again', async () => {
  const download = async () => {
    throw new TypeError('fetch failed', { cause: { request: 'Authorization: WECHATPAY2 secret' } })
  }
  let down = true
  const keys = source({ download: () => (down ? download() : server.download()) })
  const error = await thrownBy(() => keys.ready())
  assert.is(error.code, 'ERR_CERTIFICATES_UNAVAILABLE')
  assert.not.match(printed(error), /secret/)
  assert.not.match(printed(events), /secret/)
  down = false
  // Strangers' messages have to wait for the minute, the app's own calls do not.
  const soon = await thrownBy(() => keys.find(old.serial))
  assert.is(soon.code, 'ERR_CERTIFICATES_UNAVAILABLE')
  assert.match(soon.message, 'fetching the platform certificates failed less than a minute ago')
  assert.is(soon.operation, 'GET /v3/certificates')
  assert.is(soon.cause, events[0]!.failure)
  await keys.ready()
  assert.ok(await keys.find(old.serial))
})

test('one caller that aborts leaves the others alone', async () => {
  let free = () => {}
  const gate = new Promise<void>((resolve) => {
    free = resolve
  })
  const keys = source({ download: () => gate.then(server.download) })
  const controller = new AbortController()
  const first = keys.ready(controller.signal)
  const second = keys.ready()
  controller.abort(new Error('enough'))
  await first.then(
    () => assert.unreachable(),
    (error) => assert.is(error.message, 'enough'),
  )
  await keys.ready(controller.signal).then(
    () => assert.unreachable(),
    (error) => assert.is(error.message, 'enough'),
  )
  free()
  await second
  assert.is(server.hits, 1)
})

test('nobody waits for ever for a download that was frozen', async () => {
  let calls = 0
  const keys = source({ download: () => (calls++ ? server.download() : new Promise(() => {})) })
  const stuck = keys.ready(AbortSignal.timeout(20))
  await stuck.then(
    () => assert.unreachable(),
    () => {},
  )
  server.now += minute
  await keys.ready()
  assert.is(calls, 2)
})

test('a clock that is set back hinders no renewal', async () => {
  server.now = start + 1000 * hour
  const keys = source()
  await keys.ready()
  server.now = start
  server.list = [old, next]
  await keys.ready()
  assert.ok(await keys.find(next.serial))
})

test('a probe is not believed, but asked again', async () => {
  let probes = 1
  server.fault = (reply) =>
    probes-- > 0
      ? { ...reply, headers: { ...reply.headers, 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x=' } }
      : reply
  await source().ready()
  assert.is(server.hits, 2)
  // What fails otherwise is not asked again.
  server.hits = 0
  server.fault = (reply) => ({ ...reply, headers: { ...reply.headers, 'Wechatpay-Signature': 'AAAA' } })
  await thrownBy(() => source().ready())
  assert.is(server.hits, 1)
  probes = 9
  server.fault = (reply) => {
    probes--
    return { ...reply, headers: { ...reply.headers, 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x=' } }
  }
  assert.match((await thrownBy(() => source().ready())).message, 'wrong signature on purpose')
  assert.is(probes, 7)
})

test('a private key that cannot sign is reported as a KeyError', async () => {
  const { ConfigError } = await import('../../../src/errors.ts')
  const download = async () => {
    throw new ConfigError('ERR_CONFIG', 'wrong')
  }
  assert.is((await thrownBy(() => source({ download }).ready())).code, 'ERR_CONFIG')
})

test('an APIv3 key that is not of 32 bytes is refused at once', async () => {
  assert.is((await thrownBy(() => source({ apiV3Key: 'short' }))).code, 'ERR_CONFIG')
})

test.run()
