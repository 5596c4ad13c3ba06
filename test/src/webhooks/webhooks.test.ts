import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { KeyEvent } from '../../../src/hooks.ts'
import { automaticCertificates } from '../../../src/verification/certificates.ts'
import { createNotifications, type NotificationOptions } from '../../../src/webhooks/index.ts'
import { certified } from '../../support/certificate.ts'
import { sealed, startCertificateServer } from '../../support/certificate-server.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { notify, transaction } from '../../support/notification.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const apiV3Key = 'an APIv3 key, as long as it must'
const pair = rsaPair()
const now = Date.parse('2026-03-01T00:00:00Z')
const sender = { serial: 'PUB_KEY_ID_0119', privateKey: pair.privateKey, apiV3Key }
const options: NotificationOptions = {
  platform: { PUB_KEY_ID_0119: pair.publicKey },
  apiV3Key,
  clock: () => now,
}
const notifications = createNotifications(options)
const made = (given: Parameters<typeof notify>[1] = {}) => notify(sender, { now, ...given })

test('verifies, parses and decrypts', async () => {
  const { headers, body } = made()
  const expected = JSON.parse(body)
  assert.equal(await notifications.receive({ headers, body }), {
    id: expected.id,
    create_time: expected.create_time,
    event_type: 'TRANSACTION.SUCCESS',
    resource_type: 'encrypt-resource',
    summary: '支付成功',
    original_type: 'transaction',
    resource: transaction,
  })
})

test('headers and bodies in all the forms of servers', async () => {
  const { headers, body } = made()
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const bytes = Buffer.from(body)
  const padded = Buffer.concat([Buffer.alloc(7), bytes, Buffer.alloc(7)])
  for (const message of [
    { headers: new Headers(headers), body },
    { headers: { ...lower, ':path': '/', 'x\n': 'y', cookie: ['a', 'b'] }, body: bytes },
    { headers, body: new Uint8Array(bytes).buffer },
    { headers, body: padded.subarray(7, 7 + bytes.length) },
  ]) {
    assert.is((await notifications.receive(message)).event_type, 'TRANSACTION.SUCCESS')
  }
})

test('a parsed body is refused, with the reason', async () => {
  const { headers, body } = made()
  for (const given of [JSON.parse(body), undefined, null, 5, Buffer.from(body).toJSON()]) {
    const error = await thrownBy(() => notifications.receive({ headers, body: given as never }))
    assert.is(error.code, 'ERR_CONFIG')
    assert.match(error.message, 'express.raw')
    assert.not.match(printed(error), /ciphertext/)
  }
})

// Defect 2: the result of the verification was dropped; unsigned, stale and probe messages passed.
const change = (name: string, value: string | undefined) => {
  const { headers, body } = made()
  const { [name]: _, ...rest } = headers
  return { headers: value === undefined ? rest : { ...rest, [name]: value }, body }
}
const refusedAs: [name: string, message: () => ReturnType<typeof notify>, code: string, says: string][] = [
  [
    'unsigned',
    () => change('Wechatpay-Signature', undefined),
    'ERR_RESPONSE_UNSIGNED',
    'the notification has no',
  ],
  [
    'a probe',
    () => change('Wechatpay-Signature', 'WECHATPAY/SIGNTEST/abc'),
    'ERR_RESPONSE_PROBE',
    'Reply 4xx or 5xx',
  ],
  [
    'signed 300 s ago',
    () => made({ now: now - 300_000 }),
    'ERR_RESPONSE_TIMESTAMP',
    'the notification was signed 300 s ago',
  ],
  ['signed 300 s ahead', () => made({ now: now + 300_000 }), 'ERR_RESPONSE_TIMESTAMP', 'future'],
  [
    'an unknown serial',
    () => notify({ ...sender, serial: 'PUB_KEY_ID_2' }, { now }),
    'ERR_RESPONSE_SERIAL',
    'platform',
  ],
  [
    "a stranger's key",
    () => notify({ ...sender, privateKey: stranger().privateKey }, { now }),
    'ERR_RESPONSE_SIGNATURE',
    'does not match the notification',
  ],
  ['another nonce', () => change('Wechatpay-Nonce', 'x'), 'ERR_RESPONSE_SIGNATURE', 'does not match'],
  [
    'another algorithm',
    () => change('Wechatpay-Signature-Type', 'SM2'),
    'ERR_RESPONSE_SIGNATURE_TYPE',
    'not signed with',
  ],
  [
    'a changed amount',
    () => {
      const { headers, body } = made()
      return { headers, body: body.replace('transaction', 'transactiox') }
    },
    'ERR_RESPONSE_SIGNATURE',
    'does not match',
  ],
]

for (const [name, message, code, says] of refusedAs) {
  test(`${name}: ${code}`, async () => {
    const error = await thrownBy(() => notifications.receive(message()))
    assert.is(error.name, 'VerificationError')
    assert.is(error.code, code)
    assert.match(error.message, says)
  })
}

test('a timestamp 299 s in the past or future passes', async () => {
  for (const offset of [-299_000, 299_000]) await notifications.receive(made({ now: now + offset }))
})

test('while keys are switched, either key verifies, and a hook reports which', async () => {
  const old = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')
  const events: KeyEvent[] = []
  const both = createNotifications({
    ...options,
    platform: { ...options.platform, [old.serial]: old.certificate },
    hooks: { key: (event) => events.push(event) },
  })
  await both.receive(made())
  await both.receive(notify({ ...old, apiV3Key }, { now }))
  assert.equal(
    events.map(({ use, serial }) => `${use} ${serial}`),
    ['verify PUB_KEY_ID_0119', `verify ${old.serial}`],
  )
})

test('an unknown certificate serial: the list is fetched, at most once a minute', async () => {
  const old = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')
  const next = certified('0A52F09EFDC096DE15EBE81A47057A7232F1B8E2')
  const server = await startCertificateServer(apiV3Key, now)
  try {
    server.list = [old]
    const clock = () => server.now
    const keys = automaticCertificates({ apiV3Key, download: server.download, clock })
    const auto = createNotifications({ keys, apiV3Key, clock })
    const from = (who: typeof old) => auto.receive(notify({ ...who, apiV3Key }, { now: server.now }))
    await from(old)
    assert.is((await thrownBy(() => from(next))).code, 'ERR_RESPONSE_SERIAL')
    server.list = [old, next]
    server.now += 60_000
    await Promise.all(Array.from({ length: 20 }, () => from(next)))
    assert.is(server.hits, 2)
    // A stale message does not cause a fetch.
    server.now += 60_000
    const stale = notify({ ...next, serial: 'ABCDEF012345', apiV3Key }, { now: server.now - 400_000 })
    assert.is((await thrownBy(() => auto.receive(stale))).code, 'ERR_RESPONSE_TIMESTAMP')
    assert.is(server.hits, 2)
  } finally {
    server.close()
  }
})

test('a notification of APIv2 is reported as such', async () => {
  const body = '\n<xml><return_code>SUCCESS</return_code></xml>'
  const error = await thrownBy(() => notifications.receive({ headers: { 'content-type': 'text/xml' }, body }))
  assert.is(error.code, 'ERR_NOTIFICATION_MALFORMED')
  assert.match(error.message, 'APIv2')
})

// Defect 1, where it costs money: a flipped bit changes an amount.
test('a flipped bit of the ciphertext is refused although the envelope is signed', async () => {
  const resource = sealed(apiV3Key, JSON.stringify(transaction), 'transaction')
  const bytes = Buffer.from(resource.ciphertext, 'base64')
  for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    const envelope = { resource: { ...resource, ciphertext: changed.toString('base64') } }
    const error = await thrownBy(() => notifications.receive(made({ envelope })))
    assert.is(error.code, 'ERR_NOTIFICATION_DECRYPT')
    assert.is(error.name, 'NotificationError')
    assert.not.match(printed(error), new RegExp(`${apiV3Key}|1217752501201407033233368018`))
  }
})

test('associated data may be empty, absent or null', async () => {
  const text = JSON.stringify(transaction)
  for (const resource of [
    sealed(apiV3Key, text),
    sealed(apiV3Key, text, ''),
    { ...sealed(apiV3Key, text), associated_data: null },
  ]) {
    assert.equal((await notifications.receive(made({ envelope: { resource } }))).resource, transaction)
  }
})

const resource = sealed(apiV3Key, '{}', 'x')
const malformed: [name: string, given: Parameters<typeof notify>[1]][] = [
  ['not JSON', { body: 'hello' }],
  ['empty', { body: '' }],
  ['null', { body: 'null' }],
  ['an array', { body: '[]' }],
  ['no resource', { envelope: { resource: undefined } }],
  ['a resource that is a string', { envelope: { resource: 'text' } }],
  ['an id that is a number', { envelope: { id: 5 } }],
  ['no event', { envelope: { event_type: undefined } }],
  ['a nonce that is a number', { envelope: { resource: { ...resource, nonce: 5 } } }],
  ['another algorithm', { envelope: { resource: { ...resource, algorithm: 'AEAD_SM4_GCM' } } }],
  ['a resource that is not JSON', { resource: 'secret' }],
  ['a resource that is a number', { resource: '5' }],
  [
    'a resource that is not UTF-8',
    { envelope: { resource: sealed(apiV3Key, Buffer.from('{"secret":"\xff"}', 'latin1'), 'x') } },
  ],
]

for (const [name, given] of malformed) {
  test(`verified, but ${name}: ERR_NOTIFICATION_MALFORMED`, async () => {
    const error = await thrownBy(() => notifications.receive(made(given)))
    assert.is(error.code, 'ERR_NOTIFICATION_MALFORMED')
    assert.not.match(printed(error), /secret|hello/)
  })
}

test('invalid options are refused at once', async () => {
  const keys = automaticCertificates({ apiV3Key, download: () => Promise.reject() })
  for (const wrong of [
    { apiV3Key },
    { apiV3Key, platform: {} },
    { ...options, keys },
    { ...options, apiV3Key: 'short' },
    { ...options, apiV3Key: undefined as never },
  ]) {
    assert.is((await thrownBy(() => createNotifications(wrong))).code, 'ERR_CONFIG')
  }
})

test.run()
