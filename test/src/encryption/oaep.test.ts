import { createPrivateKey } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decryptOaep, encryptOaep } from '../../../src/encryption/oaep.ts'
import { decrypter } from '../../../src/keys/decrypter.ts'
import { importPrivateKey, importPublicKey } from '../../../src/keys/import.ts'
import { importDecryptionKey, importEncryptionKey } from '../../../src/keys/oaep-key.ts'
import type { PrivateKey } from '../../../src/keys/signer.ts'
import { knownKeys } from '../../../src/verification/platform.ts'
import { certified } from '../../support/certificate.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { opensslDecrypts, opensslEncrypts } from '../../support/openssl-oaep.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const { privateKey, publicKey } = rsaPair()
const encryptionKey = await importEncryptionKey(publicKey)
const decryptionKey = await importDecryptionKey(privateKey)
const field = { place: 'payer.name', operation: 'POST /v3/x', requestId: 'R1' }
const secret = '张三的身份证'

const texts: [name: string, text: string][] = [
  ['ASCII', '13800138000'],
  ['Chinese', '李四光'],
  ['a name with four-byte characters', '𠮷野家'],
  ['a byte order mark', '\ufeffx'],
  ['line breaks and quotes', 'a\r\n"b"\0'],
  ['214 bytes', `${'中'.repeat(71)}x`],
]

for (const [name, text] of texts) {
  test(`${name}: OpenSSL decrypts what we encrypt, and we decrypt what it encrypts`, async () => {
    const ours = await encryptOaep(encryptionKey, text)
    assert.match(ours, /^[A-Za-z0-9+/]{342}==$/)
    assert.is(opensslDecrypts(privateKey, ours), text)
    assert.is(await decryptOaep(decryptionKey, opensslEncrypts(publicKey, text)), text)
  })
}

test('the same text gives different ciphertext each time', async () => {
  assert.is.not(await encryptOaep(encryptionKey, secret), await encryptOaep(encryptionKey, secret))
})

test('one byte more than the key can encrypt is refused, with both numbers and without the text', async () => {
  for (const [key, limit] of [
    [encryptionKey, 214],
    [await importEncryptionKey(rsaPair(3072).publicKey), 342],
  ] as const) {
    assert.ok(await encryptOaep(key, 'y'.repeat(limit)))
    const error = await thrownBy(() => encryptOaep(key, 'y'.repeat(limit + 1), field))
    assert.is(error.name, 'EncryptionError')
    assert.is(error.code, 'ERR_ENCRYPT_TOO_LONG')
    assert.match(
      error.message,
      `POST /v3/x: payer.name has ${limit + 1} bytes, but at most ${limit} can be encrypted`,
    )
    assert.is(error.operation, 'POST /v3/x')
    assert.not.match(printed(error), 'yyyy')
  }
  const chinese = await thrownBy(() => encryptOaep(encryptionKey, '中'.repeat(72)))
  assert.match(chinese.message, '216 bytes')
})

test('ciphertext passed instead of plain text is recognised', async () => {
  const cipher = await encryptOaep(encryptionKey, secret)
  assert.match((await thrownBy(() => encryptOaep(encryptionKey, cipher, field))).hint!, 'encrypted already')
})

test('an unpaired surrogate is refused, not replaced', async () => {
  const error = await thrownBy(() => encryptOaep(encryptionKey, `${secret}\ud83d`, field))
  assert.is(error.code, 'ERR_ENCRYPT_VALUE')
  assert.match(error.message, 'payer.name has an unpaired')
  assert.not.match(printed(error), secret)
})

const good = opensslEncrypts(publicKey, secret)
const broken: [name: string, base64: string][] = [
  ['made for another key', opensslEncrypts(stranger().publicKey, secret)],
  [
    'one bit flipped',
    Buffer.from(Buffer.from(good, 'base64').map((byte, at) => (at === 9 ? byte ^ 1 : byte))).toString(
      'base64',
    ),
  ],
  ['a byte short', Buffer.from(good, 'base64').subarray(1).toString('base64')],
  ['not base64', '138****1234'],
  ['empty', ''],
  ['plain text that is base64 too', 'abcd'],
  ['not UTF-8 inside', opensslEncrypts(publicKey, new Uint8Array([0xff, 0xfe]))],
]

for (const [name, base64] of broken) {
  test(`a text that is ${name}: ERR_DECRYPT`, async () => {
    const error = await thrownBy(() => decryptOaep(decryptionKey, base64, field))
    assert.is(error.code, 'ERR_DECRYPT')
    assert.match(error.message, /^POST \/v3\/x: payer\.name (is not|cannot be|was not).*Request-ID R1/)
    assert.not.match(printed(error), secret)
    if (base64) assert.not.ok(printed(error).includes(base64))
  })
}

const { subtle } = crypto
const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
const der = (pem: string) => Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64')
const signing = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const sha1 = { name: 'RSA-OAEP', hash: 'SHA-1' }
const sha256 = { name: 'RSA-OAEP', hash: 'SHA-256' }
const pkcs1 = createPrivateKey(privateKey).export({ type: 'pkcs1', format: 'pem' }) as string
const asPrivate = (algorithm: object, extractable: boolean, use: KeyUsage) =>
  subtle.importKey('pkcs8', der(privateKey), algorithm as RsaHashedImportParams, extractable, [use])
const asPublic = (algorithm: object, extractable: boolean, use: KeyUsage) =>
  subtle.importKey('spki', der(publicKey), algorithm as RsaHashedImportParams, extractable, [use])
const remote = {
  sign: async () => '',
  decrypt: async (cipher: Uint8Array) =>
    new Uint8Array(await subtle.decrypt('RSA-OAEP', decryptionKey, new Uint8Array(cipher))),
}

const decrypting: [name: string, key: PrivateKey][] = [
  ['PKCS#8', privateKey],
  ['PKCS#1', pkcs1],
  ['the result of importPrivateKey', await importPrivateKey(privateKey)],
  ['an extractable CryptoKey', await asPrivate(signing, true, 'sign')],
  ['an extractable CryptoKey for RSA-OAEP with SHA-256', await asPrivate(sha256, true, 'decrypt')],
  ['a CryptoKey for decryption that is not extractable', await asPrivate(sha1, false, 'decrypt')],
  ['a remote signer', remote],
]

for (const [name, key] of decrypting) {
  test(`the private key as ${name} decrypts`, async () => {
    assert.is(await decrypter(key).decrypt(good, field), secret)
  })
}

test('a private key that cannot decrypt is refused when it is needed, with what to do', async () => {
  for (const [key, says] of [
    [await asPrivate(signing, false, 'sign'), /privateKey is a CryptoKey.*importPrivateKey/],
    [await asPrivate(sha256, false, 'decrypt'), /CryptoKey that cannot decrypt/],
    [
      { sign: async () => '' },
      /payer\.name cannot be decrypted: privateKey can only sign.*decrypt\(ciphertext\)/,
    ],
  ] as const) {
    const { decrypt } = decrypter(key)
    const error = await thrownBy(() => decrypt(good, field))
    assert.is(error.code, 'ERR_DECRYPT_KEY')
    assert.match(error.message, says)
  }
  assert.is((await thrownBy(() => decrypter(publicKey))).code, 'ERR_KEY_IS_PUBLIC')
})

test('the error of a remote signer is the cause, and only bytes are accepted', async () => {
  const refuses = { ...remote, decrypt: async () => Promise.reject(new Error('no permission')) }
  const error = await thrownBy(() => decrypter(refuses).decrypt(good, field))
  assert.is(error.code, 'ERR_DECRYPT')
  assert.is((error.cause as Error).message, 'no permission')
  for (const wrong of [undefined, null, 'text', 5]) {
    const invalid = { ...remote, decrypt: async () => wrong as never }
    assert.is((await thrownBy(() => decrypter(invalid).decrypt(good))).code, 'ERR_DECRYPT')
  }
})

test('the first public key of platform encrypts, as PEM and as a CryptoKey that verifies', async () => {
  for (const key of [publicKey, await importPublicKey(publicKey), await asPublic(signing, true, 'verify')]) {
    const used = await knownKeys({ PUB_KEY_ID_1: key, PUB_KEY_ID_2: stranger().publicKey }).encrypter()
    assert.is(used.serial, 'PUB_KEY_ID_1')
    assert.is(opensslDecrypts(privateKey, await encryptOaep(used.key, secret)), secret)
  }
})

test('a CryptoKey for encryption is used as it is', async () => {
  const own = await asPublic(sha1, false, 'encrypt')
  assert.is(await importEncryptionKey(own), own)
})

test('a certificate encrypts', async () => {
  const { certificate } = certified('0A5B', { privateKey, publicKey })
  const key = await importEncryptionKey(certificate)
  assert.is(opensslDecrypts(privateKey, await encryptOaep(key, secret)), secret)
})

test('a public key that cannot encrypt is refused when it is needed', async () => {
  const platform = { PUB_KEY_ID_1: await asPublic(signing, false, 'verify') }
  const { encrypter } = knownKeys(platform)
  const error = await thrownBy(encrypter)
  assert.is(error.code, 'ERR_ENCRYPT_KEY')
  assert.match(error.message, /platform\['PUB_KEY_ID_1'\].*extractable/)
  const pair = (await subtle.generateKey({ ...rsa, ...signing }, true, ['sign', 'verify'])) as CryptoKeyPair
  assert.is((await thrownBy(() => importEncryptionKey(pair.privateKey))).code, 'ERR_ENCRYPT_KEY')
  assert.is((await thrownBy(() => importDecryptionKey(pair.publicKey))).code, 'ERR_DECRYPT_KEY')
})

test('a key is imported once, when it is first needed', async () => {
  const { importKey } = subtle
  let imports = 0
  subtle.importKey = function (this: SubtleCrypto, ...args: never[]) {
    imports++
    return Reflect.apply(importKey, subtle, args)
  } as never
  try {
    const { decrypt } = decrypter(privateKey)
    const { encrypter } = knownKeys({ PUB_KEY_ID_1: publicKey })
    assert.is(imports, 0)
    await Promise.all([decrypt(good), decrypt(good), encrypter(), encrypter()])
    assert.is(imports, 2)
  } finally {
    subtle.importKey = importKey
  }
})

test.run()
