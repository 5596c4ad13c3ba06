import { sign } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { aead } from '../../../src/encryption/aead.ts'
import { readCertificates } from '../../../src/verification/certificate-list.ts'
import { automaticCertificates } from '../../../src/verification/certificates.ts'
import { certified } from '../../support/certificate.ts'
import {
  type CertificateServer,
  type CertificatesReply,
  sealed,
  signedHeaders,
  startCertificateServer,
} from '../../support/certificate-server.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const apiV3Key = 'an APIv3 key, as long as it must'
const now = Date.parse('2026-03-01T00:00:00Z')
const good = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')
const small = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E5', rsaPair(1024))
const server = await startCertificateServer(apiV3Key, now)
test.after(() => server.close())

type Fault = CertificateServer['fault']

/** Changes the body, and signs it again by default. */
function body(change: (text: string) => string, by: typeof good | null = good): Fault {
  return (reply) => {
    const text = change(reply.body)
    return { ...reply, body: text, headers: by ? signedHeaders(by, text, now) : reply.headers }
  }
}

function header(name: string, value?: string): Fault {
  return (reply) => {
    const { [name]: _, ...headers } = reply.headers
    return { ...reply, headers: value === undefined ? headers : { ...headers, [name]: value } }
  }
}

// biome-ignore lint/suspicious/noExplicitAny: spoiled at any place
function first(change: (entry: any) => object, by: typeof good | null = good): Fault {
  return body((text) => {
    const [entry] = JSON.parse(text).data
    return JSON.stringify({ data: [{ ...entry, ...change(entry) }] })
  }, by)
}

/** One bit of a base64 text's bytes. */
function flipped(base64: string, at: number): string {
  const bytes = Buffer.from(base64, 'base64')
  bytes[(at + bytes.length) % bytes.length]! ^= 1
  return bytes.toString('base64')
}

const cipherAt = (at: number) =>
  first(({ encrypt_certificate: one }) => ({
    encrypt_certificate: { ...one, ciphertext: flipped(one.ciphertext, at) },
  }))
const part = (name: string, value: unknown) =>
  first(({ encrypt_certificate: one }) => ({ encrypt_certificate: { ...one, [name]: value } }))
const content = (text: string) =>
  first(() => ({ encrypt_certificate: sealed(apiV3Key, text, 'certificate') }))
const timed =
  (offset: number): Fault =>
  (reply) => ({ ...reply, headers: signedHeaders(good, reply.body, now + offset * 1000) })

const spoiled: [name: string, fault: Fault, says: string | RegExp][] = [
  ['one space more, not signed', body((text) => `${text} `, null), 'does not match'],
  ['no signature', header('Wechatpay-Signature'), 'no Wechatpay-Signature'],
  ['a signature of somebody else', header('Wechatpay-Signature', 'AAAA'), 'does not match'],
  ['signed with a key that is not listed', body((text) => text, { ...good, serial: 'ABCDEF0123' }), 'serial'],
  [
    'signed by another under the listed serial',
    body((text) => text, { ...good, ...stranger() }),
    'does not match',
  ],
  ['signed 300 s ago', timed(-300), '300 s ago'],
  ['signed 300 s ahead', timed(300), '300 s in the future'],
  ['a flipped bit of the cipher text', cipherAt(0), 'apiV3Key'],
  ['a flipped bit of the tag', cipherAt(-1), 'apiV3Key'],
  ['another nonce', part('nonce', 'another12345'), 'apiV3Key'],
  ['other associated data', part('associated_data', 'certificat'), 'apiV3Key'],
  ['no cipher text', part('ciphertext', undefined), 'no certificate'],
  ['a cipher text that is not base64', part('ciphertext', '***'), 'apiV3Key'],
  ['a cipher text shorter than its tag', part('ciphertext', 'AAAA'), 'apiV3Key'],
  ['another algorithm alone', part('algorithm', 'AEAD_SM4_GCM'), 'no certificate'],
  [
    'another serial than its own',
    first(() => ({ serial_no: 'ABCDEF0123' })),
    'certificate has another serial',
  ],
  ['a time that is none', first(() => ({ expire_time: 'tomorrow' })), 'before its expire_time'],
  [
    'times the wrong way round',
    first((one) => ({ effective_time: one.expire_time })),
    'before its expire_time',
  ],
  ['a key of 1024 bits', content(small.certificate), /1024|serial/],
  ['a public key in place of a certificate', content(good.publicKey), 'CERTIFICATE'],
  ['text in place of a certificate', content('hello'), /a platform certificate .*PEM/],
  ['half a certificate', content(good.certificate.slice(0, 300)), /incomplete|CERTIFICATE/],
  ['an empty list', body(() => '{"data":[]}'), 'no certificate'],
  ['no list', body(() => '{}'), 'no certificate'],
  ['null', body(() => 'null'), 'no certificate'],
  ['a list of nulls', body(() => '{"data":[null]}'), 'no certificate'],
  ['an entry without a certificate', body(() => '{"data":[{"serial_no":"1"}]}'), 'lists no certificate'],
  [
    'a second entry without a time',
    body((text) => {
      const [entry] = JSON.parse(text).data
      return JSON.stringify({ data: [entry, { ...entry, effective_time: undefined }] })
    }),
    'lists no certificate',
  ],
  ['cut JSON', body((text) => text.slice(0, 50)), 'no certificate'],
  ['nothing', body(() => ''), 'no certificate'],
]

async function failure(fault: Fault, key = apiV3Key) {
  server.list = [good]
  server.fault = fault
  const keys = automaticCertificates({ apiV3Key: key, download: server.download, clock: () => now })
  const error = await thrownBy(() => keys.ready())
  assert.throws(() => keys.trusted())
  assert.not.match(printed(error), key)
  assert.not.match(printed(error), good.certificate.slice(100, 150))
  return error
}

for (const [name, fault, says] of spoiled) {
  test(`${name}: refused`, async () => {
    const error = await failure(fault)
    assert.is(error.code, 'ERR_CERTIFICATES_MALFORMED', error.message)
    assert.match(error.message, says)
    assert.match(error.message, 'GET /v3/certificates')
    const { cause } = error as { cause?: { code?: string } }
    if (cause) assert.match(cause.code ?? '', /^ERR_/)
  })
}

test('what could be anything but a fault passes', async () => {
  server.list = [good]
  const sm2 = { serial_no: '1', encrypt_certificate: { algorithm: 'AEAD_SM4_GCM' } }
  server.fault = body((text) => JSON.stringify({ data: [sm2, ...JSON.parse(text).data], more: 1 }))
  const keys = automaticCertificates({ apiV3Key, download: server.download, clock: () => now })
  await keys.ready()
  assert.is(keys.trusted(), good.serial)
})

test('a body that is not UTF-8 is refused, although it is signed', async () => {
  server.list = [good]
  server.fault = undefined
  const honest = await server.download()
  const text = `${(await honest.text()).slice(0, -1)},"more":"\xff"}`
  const bytes = Buffer.from(text, 'latin1')
  const headers = new Headers({ ...Object.fromEntries(honest.headers), ...signed(bytes) })
  const reader = { cipher: aead(apiV3Key), clock: () => now, known: async () => undefined }
  const error = await thrownBy(() => readCertificates({ headers, bytes, context: {} }, reader))
  assert.match(error.message, 'lists no certificate')
})

test('a bug of ours is not reported as a list that cannot be trusted', async () => {
  server.list = [good]
  server.fault = body((text) => text, { ...good, serial: 'ABCDEF0123' })
  const { headers, ...response } = await server.download().then(async (one) => ({
    headers: one.headers,
    bytes: new Uint8Array(await one.arrayBuffer()),
  }))
  const bug = new TypeError('a bug')
  const reader = { cipher: aead(apiV3Key), clock: () => now, known: () => Promise.reject(bug) }
  const thrown = await readCertificates({ headers, context: {}, ...response }, reader).catch((one) => one)
  assert.is(thrown, bug)
})

function signed(bytes: Buffer): Record<string, string> {
  const [timestamp, nonce] = [String(now / 1000), 'nonce']
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), bytes, Buffer.from('\n')])
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': sign('sha256', message, good.privateKey).toString('base64'),
  }
}

test('a wrong APIv3 key: says so', async () => {
  const error = await failure(undefined, 'another APIv3 key, just as long!')
  assert.is(error.code, 'ERR_CERTIFICATES_MALFORMED')
  assert.match(error.message, 'apiV3Key is not the one')
})

const unavailable: [name: string, fault: Fault, says: string][] = [
  [
    'SIGN_ERROR',
    (reply) => ({ ...reply, status: 401, body: '{"code":"SIGN_ERROR"}' }),
    'HTTP 401 SIGN_ERROR',
  ],
  ['a gateway in HTML', (reply) => ({ ...reply, status: 502, body: '<html>' }), 'HTTP 502'],
  ['a 404 of somebody else', (reply) => ({ ...reply, status: 404, body: 'not here' }), 'HTTP 404'],
  ['a redirect', (reply) => ({ ...reply, status: 304, body: '' }), 'HTTP 304'],
  [
    'another error with the code of a merchant without certificates',
    (reply) => ({ ...reply, status: 500, body: '{"code":"RESOURCE_NOT_EXISTS"}' }),
    'HTTP 500 RESOURCE_NOT_EXISTS',
  ],
  ['a code that is no text', (reply) => ({ ...reply, status: 400, body: '{"code":123}' }), 'HTTP 400 ('],
  [
    'a code with more behind it',
    (reply) => ({ ...reply, status: 400, body: '{"code":"SIGN_ERROR\\u001b[31m"}' }),
    'HTTP 400 (',
  ],
  ['a code to inject', (reply) => ({ ...reply, status: 400, body: '{"code":"\\u001b[31m"}' }), 'HTTP 400 ('],
  [
    'a connection that is reset',
    (_: CertificatesReply, raw) => {
      raw.socket?.destroy()
      return undefined
    },
    'no response came',
  ],
  [
    'a body that breaks off',
    (reply, raw) => {
      raw.writeHead(200, { ...reply.headers, 'Content-Length': '9999' })
      raw.write(reply.body, () => raw.socket?.destroy())
      return undefined
    },
    'no response came',
  ],
]

for (const [name, fault, says] of unavailable) {
  test(`${name}: could not be fetched`, async () => {
    const error = await failure(fault)
    assert.is(error.code, 'ERR_CERTIFICATES_UNAVAILABLE')
    assert.match(error.message, 'could not fetch the platform certificates')
    assert.match(error.message, says)
  })
}

test.run()
