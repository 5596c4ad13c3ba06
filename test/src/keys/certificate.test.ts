import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { elements, encode, sequence } from '../../../src/keys/der.ts'
import { importPrivateKey, importPublicKey } from '../../../src/keys/import.ts'
import { pemBlock } from '../../../src/keys/pem.ts'
import { certificateSerial, checkCertificateName, readCertificate } from '../../../src/keys/x509.ts'
import { knownKeys } from '../../../src/verification/platform.ts'
import { certified } from '../../support/certificate.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const pair = rsaPair()
const { publicKey } = stranger()
const base64 = publicKey.replace(/-----.*-----/g, '').trim()
const certificate = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`

const serials = ['01', '7F', '80', '0A5B', '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB', 'FF00FF']

for (const serial of serials) {
  test(`a certificate with serial ${serial}: the serial and public key match OpenSSL`, async () => {
    const made = certified(serial, pair).certificate
    // Node's OpenSSL.
    const judge = new X509Certificate(made)
    const said = judge.serialNumber
    assert.is(certificateSerial(made), said)
    for (const text of [`Bag Attributes\n${made}`, made.replaceAll('\n', '\\n'), `${publicKey}${made}`]) {
      assert.is(certificateSerial(text), said)
    }
    const spki = judge.publicKey.export({ type: 'spki', format: 'pem' }) as string
    assert.is(pemBlock(made, 'public', 'x').replace(/\s/g, ''), spki.replace(/\s/g, ''))
    assert.is(pemBlock(`${made}${publicKey}`, 'public', 'x').replace(/\s/g, ''), publicKey.replace(/\s/g, ''))
    checkCertificateName(said, made, 'platform')
    checkCertificateName(`00${said.toLowerCase()}`, made, 'platform')
  })
}

test('a certificate in platform verifies like a public key', async () => {
  const made = certified('0A5B', pair).certificate
  const error = await thrownBy(() => checkCertificateName('PUB_KEY_ID_1', made, `platform['x']`))
  assert.is(error.code, 'ERR_CONFIG')
  assert.match(error.message, /platform\['x'\] is a certificate whose serial is 0A5B.*pub_key\.pem/)
  const other = await thrownBy(() => checkCertificateName('0A5C', made, 'platform'))
  assert.match(other.message, 'not apiclient_cert.pem')
  const key = await importPublicKey(made)
  const local = await importPrivateKey(pair.privateKey)
  const message = new Uint8Array([1, 2, 3])
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', local, message)
  assert.ok(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, signature, message))
})

test('a serial in lower case or with leading zeros names the same certificate', async () => {
  const made = certified('0A5B', pair).certificate
  for (const name of ['0a5b', 'A5B', '0A5B']) {
    const keys = knownKeys({ [name]: made })
    await keys.ready()
    assert.is(keys.trusted(), name.toUpperCase())
    for (const serial of ['A5B', '0A5B', 'a5b']) assert.ok(await keys.find(serial), `${name} ${serial}`)
  }
})

test('only a certificate has a serial', async () => {
  checkCertificateName('0A', publicKey, 'platform')
  checkCertificateName('0A', undefined, 'platform')
  const half = certificate.replace(/-----END.*/, '')
  for (const [text, code] of [
    [publicKey, 'ERR_KEY_NOT_PEM'],
    [undefined, 'ERR_KEY_NOT_PEM'],
    [half, 'ERR_KEY_NOT_PEM'],
    [certificate, 'ERR_KEY_INVALID'],
    ['-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----', 'ERR_KEY_INVALID'],
  ] as const) {
    const error = await thrownBy(() => certificateSerial(text as string))
    assert.is(error.code, code)
    assert.not.match(printed(error), base64.slice(0, 12))
  }
})

test('DER: written elements read back, and arbitrary bytes give elements or undefined', () => {
  const bytes = fc.uint8Array({ maxLength: 400 })
  const long = fc.constantFrom(0, 1, 127, 128, 255, 256, 65535, 65536, 70000)
  fc.assert(
    fc.property(fc.nat(254), long, bytes, (tag, length, more) => {
      const content = new Uint8Array(length).fill(tag)
      const written = encode(tag, content, more)
      const [read, ...rest] = elements(written)!
      assert.is(rest.length, 0)
      assert.is(read!.tag, tag)
      assert.is(Buffer.compare(read!.content, Buffer.concat([content, more])), 0)
      assert.is(elements(written.subarray(0, -1)), undefined)
      assert.is(sequence(encode(0x30, written, written))!.length, 2)
    }),
  )
  fc.assert(
    fc.property(bytes, (some) => {
      const read = elements(some)
      if (read) assert.is(Buffer.compare(Buffer.concat(read.map(({ whole }) => whole)), some), 0)
      readCertificate(some)
    }),
    { numRuns: 1000 },
  )
})

test('a PEM with changed bytes is read, or refused without quoting it', async () => {
  const body = Buffer.from(pair.privateKey.replace(/-----.*-----/g, ''), 'base64')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(body.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (changes) => {
        const bytes = Buffer.from(body)
        for (const [at, byte] of changes) bytes[at] = byte
        const text = `-----BEGIN PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END PRIVATE KEY-----`
        try {
          await importPrivateKey(text)
        } catch (error) {
          assert.is((error as Error).name, 'KeyError')
          for (let at = 0; at < 1600; at += 8) {
            const run = bytes.toString('base64').slice(at, at + 12)
            if (run.length === 12) assert.not.ok(printed(error).includes(run))
          }
        }
      },
    ),
    { numRuns: 100 },
  )
})

test.run()
