import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { importPublicKey } from '../../../src/keys/import.ts'
import type { PlatformCertificate } from '../../../src/verification/certificate-list.ts'
import { CertificateStore } from '../../../src/verification/certificate-store.ts'
import { rsaPair } from '../../support/keys.ts'

const hour = 60 * 60_000
const start = Date.parse('2026-03-01T00:00:00Z')
const pem = rsaPair().publicKey
const key = await importPublicKey(pem)

let now = start
test.before.each(() => {
  now = start
})

function storeOf(...list: PlatformCertificate[]): CertificateStore {
  const store = new CertificateStore(() => now)
  store.replace(list)
  return store
}

function certificate(serial: string, from = start - hour, until = start + 1000 * hour): PlatformCertificate {
  return { serial, pem, key, from, until }
}

const a = certificate('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')
const b = certificate('0A52F09EFDC096DE15EBE81A47057A7232F1B8E2')

test('its age counts from the last list; a clock that was set back makes it unknown', () => {
  assert.is(new CertificateStore(() => now).age, Number.POSITIVE_INFINITY)
  const store = storeOf(a)
  assert.is(store.age, 0)
  now = start + hour
  assert.is(store.age, hour)
  now = start - 1
  assert.is(store.age, Number.POSITIVE_INFINITY)
  store.replace([a])
  assert.is(store.age, 0)
})

test('what is listed no more is found for exactly 12 hours, and no longer than it is valid', () => {
  const short = certificate(b.serial, start - hour, start + 3 * hour)
  const store = storeOf(a, short)
  store.replace([])
  now = start + 3 * hour - 1
  assert.ok(store.find(a.serial) && store.find(short.serial))
  now = start + 3 * hour
  assert.is(store.find(short.serial), undefined)
  now = start + 12 * hour - 1
  assert.ok(store.find(a.serial))
  now = start + 12 * hour
  assert.is(store.find(a.serial), undefined)
})

test('a certificate that is dropped and listed again is as valid as the last list says', () => {
  const store = storeOf(a)
  store.replace([b])
  store.replace([certificate(a.serial.toLowerCase(), a.from, start + hour)])
  assert.is(store.find(a.serial)!.until, start + hour)
  now = start + hour
  assert.is(store.find(a.serial), undefined)
  // Not so for the other one, which was dropped only then.
  assert.ok(store.find(b.serial))
})

test('one that stays dropped keeps its time, list after list', () => {
  const store = storeOf(a)
  store.replace([b])
  now = start + 11 * hour
  store.replace([b])
  now = start + 12 * hour - 1
  assert.ok(store.find(a.serial))
  now = start + 12 * hour
  assert.is(store.find(a.serial), undefined)
})

test('one that ended is forgotten with the next list, even if the clock is set back then', () => {
  for (const end of [start + 12 * hour, start + 13 * hour]) {
    now = start
    const store = storeOf(a)
    store.replace([b])
    now = end
    store.replace([b])
    now = start + hour
    assert.is(store.find(a.serial), undefined)
  }
})

test('the newest in effect is the one that took effect last, wherever it is listed', () => {
  const older = certificate('AA', start - 3 * hour)
  const newer = certificate('BB', start - hour)
  const middle = certificate('CC', start - 2 * hour)
  const ahead = certificate('DD', start + 1)
  const ended = certificate('EE', start - hour, start)
  const all = [older, newer, middle, ahead, ended]
  for (let turn = 0; turn < all.length; turn++) {
    all.push(all.shift()!)
    assert.is(storeOf(...all).newest()!.serial, 'BB')
    assert.is(storeOf(...all.toReversed()).newest()!.serial, 'BB')
  }
  assert.is(storeOf(ahead, ended).newest(), undefined)
  const store = storeOf(...all)
  now = start + 1
  assert.is(store.newest()!.serial, 'DD')
})

test('of two that took effect together, the one that is valid longer', () => {
  const short = certificate('AA', start, start + hour)
  const long = certificate('BB', start, start + 2 * hour)
  assert.is(storeOf(short, long).newest()!.serial, 'BB')
  assert.is(storeOf(long, short).newest()!.serial, 'BB')
})

test('the serials are those that are listed and have not ended', () => {
  const store = storeOf(a, certificate('AA', start, start + hour), certificate('BB', start + hour))
  store.replace([certificate('AA', start, start + hour), certificate('BB', start + hour)])
  now = start + hour - 1
  assert.equal(store.serials(), ['AA', 'BB'])
  now = start + hour
  assert.equal(store.serials(), ['BB'])
})

test.run()
