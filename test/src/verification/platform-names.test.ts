import { constants, privateDecrypt } from 'node:crypto'
import createFetchClient from 'openapi-fetch'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type ClientOptions, createClient, type PlatformKeys } from '../../../src/index.ts'
import { signature, verification } from '../../../src/middleware/index.ts'
import { knownKeys } from '../../../src/verification/platform.ts'
import { createNotifications } from '../../../src/webhooks/index.ts'
import { certified } from '../../support/certificate.ts'
import { stranger } from '../../support/keys.ts'
import { notify } from '../../support/notification.ts'
import { thrownBy } from '../../support/thrown.ts'
import { looseClient, mchid, platformSerial, serial, startWorld } from '../../support/world.ts'

// A wrong name of a key of WeChat Pay used to be found out by the response of a request that had taken effect.
const world = await startWorld()
const { sandbox, platform, merchant } = world
const { publicKey } = platform
const { privateKey } = merchant
const apiV3Key = 'an APIv3 key, as long as it must'
test.after(() => sandbox.close())

/** An app that makes a client and pays with it, at once. */
async function pay(keys: PlatformKeys, own: Partial<ClientOptions> = {}) {
  const options = { mchid, serial, privateKey, platform: keys, baseUrl: sandbox.url, ...own }
  const client = looseClient(options as ClientOptions)
  return client.POST('/v3/pay/transactions/jsapi', { body: { description: '图书', amount: { total: 1 } } })
}

/** The same with the middleware. */
async function payBy(name: string) {
  // biome-ignore lint/suspicious/noExplicitAny: any document's paths
  const client = createFetchClient<any>({ baseUrl: sandbox.url })
  client.use(
    verification({ platform: { [platformSerial]: publicKey } }),
    signature({ mchid, serial, privateKey, platformSerial: name }),
  )
  return client.POST('/v3/pay/transactions/jsapi', { body: { description: '图书', amount: { total: 1 } } })
}

function receive(keys: PlatformKeys) {
  const { receive } = createNotifications({ platform: keys, apiV3Key })
  return receive(notify({ serial: platformSerial, privateKey: platform.privateKey, apiV3Key }))
}

const wrong: Record<string, string> = {
  'an environment variable that is not set': String(undefined),
  'an index': '0',
  'several zeros': '000',
  null: String(null),
  nothing: '',
  'white space': ' \n',
  'lower case': platformSerial.toLowerCase(),
  'mixed case': platformSerial.replace('KEY', 'Key'),
  'no digits': 'PUB_KEY_ID_',
  'a letter among the digits': `${platformSerial}A`,
  'digits of another script': 'PUB_KEY_ID_\uff10\uff11',
  'a blank within': platformSerial.replace('ID_', 'ID_ '),
  'a line feed within': `${platformSerial}\n1`,
  'quotation marks around it': `"${platformSerial}"`,
  'its name in Chinese': '支付公钥',
  'more before it': `x${platformSerial}`,
  'the key itself, of which the message shows the beginning alone': publicKey,
  'a serial of 48 decimal digits': '1'.repeat(48),
  'a serial of 41 hexadecimal digits': `${serial}0`,
  'a serial with 0x before it': `0x${serial.slice(2)}`,
  'a serial with colons': serial.replace(/..(?=.)/g, '$&:'),
}

for (const [what, name] of Object.entries(wrong)) {
  test(`the name of a key is ${what}: refused, and nothing is sent`, async () => {
    const sent = sandbox.requests.length
    for (const act of [
      () => pay({ [name]: publicKey }),
      () => pay({ [platformSerial]: publicKey, [name]: stranger().publicKey }),
      () => pay({ [name]: publicKey }, { certificates: 'auto', apiV3Key }),
      () => receive({ [name]: publicKey }),
      () => payBy(name),
    ]) {
      const error = await thrownBy(act)
      assert.is(error.name, 'ConfigError')
      assert.is(error.code, 'ERR_CONFIG')
      assert.match(error.message, JSON.stringify(name.trim().slice(0, 64)))
      assert.ok(error.message.length < 300)
      assert.match(error.hint ?? '', 'PUB_KEY_ID_ and digits in capitals')
    }
    assert.is(sandbox.requests.length, sent)
  })
}

for (const name of [
  `${platformSerial}\n`,
  ` ${platformSerial}`,
  `\t${platformSerial}\r\n`,
  `\ufeff${platformSerial}`,
]) {
  test(`white space around a name is no part of it: ${JSON.stringify(name)}`, async () => {
    const sent = sandbox.requests.length
    const { data } = await pay({ [name]: publicKey })
    assert.ok((data as { prepay_id: string }).prepay_id)
    assert.is((await receive({ [name]: publicKey })).event_type, 'TRANSACTION.SUCCESS')
    assert.ok((await payBy(name)).data)
    const asked = sandbox.requests.slice(sent).map(({ headers }) => headers['wechatpay-serial'])
    assert.equal(asked, [platformSerial, platformSerial])
  })
}

test('a name without a key is refused', async () => {
  const sent = sandbox.requests.length
  for (const key of [undefined, '', null] as unknown as string[]) {
    for (const act of [() => pay({ [platformSerial]: key }), () => receive({ [platformSerial]: key })])
      assert.match(
        (await thrownBy(act)).message,
        key === '' ? /^platform\['PUB_KEY_ID_.*'\] is empty/ : /^platform\['PUB_KEY_ID_.*'\] is missing/,
      )
  }
  assert.is(sandbox.requests.length, sent)
})

test('the first key encrypts under its name, and is imported once', async () => {
  const keys = knownKeys({ [` ${platformSerial}`]: publicKey, PUB_KEY_ID_1: stranger().publicKey })
  assert.not.ok(keys.remote)
  const { serial, key } = await keys.encrypter()
  assert.is(serial, platformSerial)
  assert.is((await keys.encrypter()).key, key)
  const cipher = await crypto.subtle.encrypt('RSA-OAEP', key, Buffer.from('张三'))
  const { RSA_PKCS1_OAEP_PADDING: padding } = constants
  const plain = privateDecrypt({ key: platform.privateKey, padding }, Buffer.from(cipher))
  assert.is(plain.toString(), '张三')
})

test('a certificate may be named in either case, and with white space around it', async () => {
  const listed = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')
  const sender = { ...listed, apiV3Key }
  for (const name of [listed.serial, listed.serial.toLowerCase(), ` ${listed.serial}\n`]) {
    const { receive } = createNotifications({ platform: { [name]: listed.certificate }, apiV3Key })
    assert.is((await receive(notify(sender))).event_type, 'TRANSACTION.SUCCESS')
    const sent = sandbox.requests.length
    await pay({ [name]: listed.certificate }).catch(() => {})
    assert.is(sandbox.requests[sent]!.headers['wechatpay-serial'], listed.serial)
  }
})

test('two keys under one name are refused: one would be asked for, and the other verify', async () => {
  const sent = sandbox.requests.length
  const other = stranger().publicKey
  for (const keys of [
    { [platformSerial]: publicKey, [`${platformSerial}\n`]: other },
    { '5157F09E': publicKey, '5157f09e': other },
    { '5157F09E': publicKey, '005157F09E': other },
  ]) {
    for (const act of [() => pay(keys), () => receive(keys)]) {
      const error = await thrownBy(act)
      assert.is(error.code, 'ERR_CONFIG')
      assert.match(error.message, 'platform has two keys under one name')
      assert.match(error.hint ?? '', 'White space around a name')
    }
  }
  assert.is(sandbox.requests.length, sent)
})

test("the merchant's serial has at most 40 hexadecimal digits", async () => {
  const sent = sandbox.requests.length
  const wrong = [
    `${serial}0`,
    '1'.repeat(48),
    `${serial}\n`,
    '支付公钥',
    '0x408B07E79B',
    '4'.repeat(7),
    platformSerial,
  ]
  for (const own of wrong) {
    const error = await thrownBy(() => pay({ [platformSerial]: publicKey }, { serial: own }))
    assert.is(error.code, 'ERR_CONFIG')
    assert.match(error.message, 'serial must be a certificate serial: at most 40 hexadecimal digits')
    assert.match(error.hint ?? '', 'openssl x509')
  }
  assert.is(sandbox.requests.length, sent)
  for (const own of [serial, serial.toLowerCase(), '4'.repeat(8)])
    createClient({ mchid, serial: own, privateKey, platform: { [platformSerial]: publicKey } })
})

test("the merchant's serial is compared without regard to case", async () => {
  const sent = sandbox.requests.length
  for (const [own, name] of [
    [serial, serial],
    [serial, serial.toLowerCase()],
    [serial.toLowerCase(), serial],
    [serial, ` ${serial.toLowerCase()}\n`],
    [`00${serial.slice(2).toLowerCase()}`, serial.slice(2)],
  ] as const) {
    const error = await thrownBy(() => pay({ [name]: publicKey }, { serial: own }))
    assert.is(error.code, 'ERR_CONFIG')
    assert.match(error.message, "platform has a key under the merchant's own serial")
  }
  assert.is(sandbox.requests.length, sent)
})

test.run()
