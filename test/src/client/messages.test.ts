import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { aead } from '../../../src/encryption/aead.ts'
import { decryptBy, decryptOaep, encryptOaep } from '../../../src/encryption/oaep.ts'
import type { WechatpayError } from '../../../src/errors.ts'
import { importDecryptionKey, importEncryptionKey } from '../../../src/keys/oaep-key.ts'
import { authorizationWriter } from '../../../src/signature/authorization.ts'
import { automaticCertificates } from '../../../src/verification/certificates.ts'
import { knownKeys } from '../../../src/verification/platform.ts'
import { verifySigned } from '../../../src/verification/verify.ts'
import { verifyResponse } from '../../../src/verification/verify-response.ts'
import { certified } from '../../support/certificate.ts'
import { startCertificateServer } from '../../support/certificate-server.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'

/**
 * Errors are a part of the interface: what signature, verification and encryption say, word for word. `UPDATE=1` writes
 * the file anew.
 */
const golden = new URL('./messages.golden.txt', import.meta.url)

const apiV3Key = 'an APIv3 key, as long as it must'
const now = Date.parse('2026-03-01T00:00:00Z')
const clock = () => now
const pair = rsaPair()
const publicKey = await importEncryptionKey(pair.publicKey)
const privateKey = await importDecryptionKey(pair.privateKey)
const place = { place: 'payer.name', operation: 'POST /v3/a', requestId: '08F0' }
const keys = knownKeys({ PUB_KEY_ID_1: pair.publicKey })
const signedHeaders = {
  'Wechatpay-Signature': 'c2lnbmF0dXJl',
  'Wechatpay-Timestamp': String(now / 1000),
  'Wechatpay-Nonce': 'nonce',
  'Wechatpay-Serial': 'PUB_KEY_ID_1',
}
const context = { operation: 'GET /v3/a', requestId: '08F0' }
const digestOf = {
  name: 'GET /hk/v3/statements',
  traits: { file: true, digest: 'Wechatpay-Statement-Sha1' },
} as const

const server = await startCertificateServer(apiV3Key, now)
test.after(() => server.close())
const listed = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')

function check(headers: Record<string, string>, subject?: 'the notification') {
  const body = async () => new Uint8Array()
  return verifySigned({ headers: new Headers(headers), body, subject }, keys, clock, context)
}

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(signedHeaders).filter(([own]) => own !== name))
}

function answer(response: Response, operation: Parameters<typeof verifyResponse>[1]['operation']) {
  return verifyResponse({ response }, { operation, keys, clock })
}

function certificates(change: Partial<typeof server>) {
  Object.assign(server, { list: [listed], signer: undefined, apiV3Key, now, fault: undefined, ...change })
  const source = automaticCertificates({ apiV3Key, clock, download: server.download })
  return source.ready()
}

const writer = authorizationWriter({ mchid: '1' }, 'A')
const fields = { nonce: 'n', timestamp: 1, signature: 's' }

const scenarios: Record<string, () => unknown> = {
  'no APIv3 key': () => aead(''),
  'an APIv3 key that is too short': () => aead('short'),
  'an APIv3 key that is no text': () => aead(Array(32).fill('k') as never),
  'a resource that is no base64': () => aead(apiV3Key).decrypt({ ciphertext: '*', nonce: 'n'.repeat(12) }),
  'a field that is too long': () => encryptOaep(publicKey, '中'.repeat(72), place),
  'a field that is cipher text already': () => encryptOaep(publicKey, `${'A'.repeat(342)}==`, place),
  'a field with more than cipher text': () => encryptOaep(publicKey, `x${'A'.repeat(342)}==`, place),
  'a field with more behind cipher text': () => encryptOaep(publicKey, `${'A'.repeat(342)}==x`, place),
  'a text that is too long': () => encryptOaep(publicKey, 'a'.repeat(215)),
  'a field that was cut within a character': () => encryptOaep(publicKey, '\ud83d', place),
  'a field that is no base64': () => decryptOaep(privateKey, '*', place),
  'a field with nothing in it': () => decryptOaep(privateKey, '', place),
  'a field of another key': () => decryptOaep(privateKey, 'AAAA', place),
  'a text of another key': () => decryptOaep(privateKey, 'AAAA'),
  'a remote key that answers no bytes': () => decryptBy(async () => 'text' as never, 'AAAA', place),
  'a field that is no text': () => decryptBy(async () => new Uint8Array([0xff]), 'AAAA', place),
  ...Object.fromEntries(
    Object.keys(signedHeaders).map((name) => [`an answer without ${name}`, () => check(without(name))]),
  ),
  'a notification without a nonce': () => check(without('Wechatpay-Nonce'), 'the notification'),
  'a probe': () => check({ ...signedHeaders, 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' }),
  'a probe as a notification': () =>
    check({ ...signedHeaders, 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' }, 'the notification'),
  'another algorithm': () =>
    check({ ...signedHeaders, 'Wechatpay-Signature-Type': 'WECHATPAY2-SM2-WITH-SM3' }),
  'a time that is none': () => check({ ...signedHeaders, 'Wechatpay-Timestamp': 'soon' }),
  'a time with too many digits': () => check({ ...signedHeaders, 'Wechatpay-Timestamp': '1'.repeat(13) }),
  'a time with something before it': () =>
    check({ ...signedHeaders, 'Wechatpay-Timestamp': `x${now / 1000}` }),
  'a time with something behind it': () =>
    check({ ...signedHeaders, 'Wechatpay-Timestamp': `${now / 1000}x` }),
  '300 seconds ago': () => check({ ...signedHeaders, 'Wechatpay-Timestamp': String(now / 1000 - 300) }),
  '300 seconds ahead': () =>
    check({ ...signedHeaders, 'Wechatpay-Timestamp': String(now / 1000 + 300) }, 'the notification'),
  'an unknown serial': () => check({ ...signedHeaders, 'Wechatpay-Serial': 'PUB_KEY_ID_2' }),
  'a signature that does not match': () => check(signedHeaders),
  'a signature that is no base64': () =>
    check({ ...signedHeaders, 'Wechatpay-Signature': '*' }, 'the notification'),
  'a redirect': () =>
    answer(new Response(null, { status: 302, headers: { 'Request-ID': '08F0' } }), {
      name: 'GET /v3/a',
      traits: {},
    }),
  'a redirect that was followed': () =>
    answer(Object.defineProperty(new Response(''), 'redirected', { value: true }), {
      name: 'GET /v3/a',
      traits: {},
    }),
  'a redirect that a browser hides': () =>
    answer(Object.defineProperty(new Response(''), 'type', { value: 'opaqueredirect' }), {
      name: 'GET /v3/a',
      traits: {},
    }),
  'a statement without its digest': () => answer(new Response('a', { headers: signedHeaders }), digestOf),
  'no key of WeChat Pay': () => knownKeys({}),
  'a certificate under another serial': () => knownKeys({ AB: listed.certificate }),
  'a certificate under the id of a public key': () => knownKeys({ PUB_KEY_ID_1: listed.certificate }),
  'a private key of WeChat Pay': () => knownKeys({ PUB_KEY_ID_1: pair.privateKey }),
  'a merchant without certificates': () =>
    certificates({ fault: () => ({ status: 404, headers: {}, body: '{"code":"RESOURCE_NOT_EXISTS"}' }) }),
  'certificates that cannot be fetched': () =>
    certificates({
      fault: () => ({ status: 503, headers: { 'Request-ID': '08F0' }, body: '{"code":"BUSY"}' }),
    }),
  'certificates behind a gateway': () =>
    certificates({ fault: () => ({ status: 502, headers: {}, body: '<' }) }),
  'a connection that breaks': () => certificates({ fault: (_, raw) => void raw.destroy() }),
  'no certificate in the list': () => certificates({ list: [], signer: { ...listed } }),
  'certificates of another APIv3 key': () => certificates({ apiV3Key: 'k'.repeat(32) }),
  'certificates that another signed': () =>
    certificates({ signer: { serial: listed.serial, privateKey: stranger().privateKey } }),
  'a certificate under another name': () => certificates({ list: [{ ...listed, named: 'AB' }] }),
  'a certificate that ends before it begins': () =>
    certificates({ list: [{ ...listed, from: now, until: now - 1 }] }),
  'a certificate of the future': () => certificates({ list: [{ ...listed, from: now + 1000 }] }),
  'a list that is no JSON': () => certificates({ fault: (reply) => ({ ...reply, body: '[' }) }),
  'a merchant number with a quote': () => authorizationWriter({ mchid: '1"' }, 'A'),
  'a brand with a line feed': () => authorizationWriter({ brandId: '1\n' }, 'A'),
  'a serial with a blank': () => authorizationWriter({ mchid: '1' }, 'A B'),
  'a nonce with a quote': () => writer({ ...fields, nonce: 'a"' }),
  'a nonce with a quote before it': () => writer({ ...fields, nonce: '"a' }),
  'an empty signature': () => writer({ ...fields, signature: '' }),
}

test('what errors say', async () => {
  const lines: string[] = []
  for (const [name, act] of Object.entries(scenarios)) {
    const { code, message, hint, operation, requestId, cause } = (await thrownBy(act)) as WechatpayError
    const reason = cause instanceof Error && 'code' in cause ? `\n  because: ${cause.message}` : ''
    lines.push(`${name}\n  ${code} ${message}${reason}\n`)
    if (hint) assert.ok(message.endsWith(hint), name)
    if (operation) assert.ok(message.startsWith(`${operation}: `), name)
    if (requestId) assert.ok(message.includes(requestId), name)
  }
  // The server's are random.
  const actual = lines.join('').replace(/Request-ID [\da-f]{16}/g, 'Request-ID …')
  if (process.env['UPDATE']) writeFileSync(golden, actual)
  assert.fixture(actual, readFileSync(golden, 'utf8'))
})

test('the Authorization of a merchant and of a brand', () => {
  assert.is(
    writer(fields),
    'WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="n",signature="s",timestamp="1",serial_no="A"',
  )
  assert.is(
    authorizationWriter({ brandId: '2' }, 'A')(fields),
    'WECHATPAY-BRAND-SHA256-RSA2048 brand_id="2",nonce_str="n",signature="s",timestamp="1",serial_no="A"',
  )
})

test.run()
