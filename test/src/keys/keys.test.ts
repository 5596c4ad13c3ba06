import { execFileSync } from 'node:child_process'
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  webcrypto,
} from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type ClientOptions,
  createClient,
  importPrivateKey,
  importPublicKey,
  type KeyErrorCode,
  type PrivateKey,
} from '../../../src/index.ts'
import { pemBlock } from '../../../src/keys/pem.ts'
import { rsaPair } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'
import { looseClient, startWorld } from '../../support/world.ts'

const world = await startWorld()
const { sandbox, options, merchant } = world
const { privateKey, publicKey } = merchant
const keyObject = createPrivateKey(privateKey)

test.after(() => sandbox.close())

const pem = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1' | 'spki') =>
  key.export({ type, format: 'pem' } as never) as unknown as string
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
const small = rsaPair(1024)
const base64 = privateKey.replace(/-----.*-----/g, '').trim()
const encrypted = keyObject.export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'x',
}) as string
const encryptedPkcs1 = keyObject.export({
  type: 'pkcs1',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'x',
}) as string
const certificate = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`
const lines = privateKey.trim().split('\n')
const damaged = [...lines.slice(0, 5), ...lines.slice(8)].join('\n')

const wrongPrivate: [name: string, key: unknown, code: KeyErrorCode, says: RegExp][] = [
  ['an empty string', '', 'ERR_KEY_NOT_PEM', /is empty/],
  ['undefined', undefined, 'ERR_KEY_NOT_PEM', /is missing/],
  ['a Buffer', Buffer.from(privateKey), 'ERR_KEY_NOT_PEM', /readFileSync\('apiclient_key.pem', 'utf8'\)/],
  ['a KeyObject', keyObject, 'ERR_KEY_NOT_PEM', /is not a string/],
  ['a path', './certs/shop-merchant.pem', 'ERR_KEY_NOT_PEM', /file path/],
  ['a Windows path', 'C:\\certs\\apiclient_key', 'ERR_KEY_NOT_PEM', /file path/],
  ['base64 without its lines', base64, 'ERR_KEY_NOT_PEM', /no BEGIN.*-----BEGIN PRIVATE KEY-----/],
  ['some text', 'hello, key!', 'ERR_KEY_NOT_PEM', /not a PEM/],
  ['a public key', publicKey, 'ERR_KEY_IS_PUBLIC', /"PUBLIC KEY".*apiclient_key.pem/],
  ['a certificate', certificate, 'ERR_KEY_IS_CERTIFICATE', /apiclient_cert.pem/],
  ['damaged PKCS#1', pem(keyObject, 'pkcs1').replace(/\n.{64}\n/, '\n'), 'ERR_KEY_INVALID', /damaged/],
  [
    'PKCS#8 under the label of PKCS#1',
    privateKey.replaceAll('PRIVATE', 'RSA PRIVATE'),
    'ERR_KEY_INVALID',
    /not a key/,
  ],
  ['PKCS#1 of 1024 bits', pem(createPrivateKey(small.privateKey), 'pkcs1'), 'ERR_KEY_SIZE', /1024 bits/],
  ['PKCS#8 with a passphrase', encrypted, 'ERR_KEY_ENCRYPTED', /passphrase.*openssl pkcs8 -topk8 -nocrypt/],
  ['PKCS#1 with a passphrase', encryptedPkcs1, 'ERR_KEY_ENCRYPTED', /passphrase/],
  ['an elliptic curve key', pem(ec.privateKey, 'pkcs8'), 'ERR_KEY_NOT_RSA', /must be an RSA key/],
  ['an elliptic curve key, SEC1', pem(ec.privateKey, 'sec1'), 'ERR_KEY_NOT_RSA', /EC PRIVATE KEY/],
  ['Ed25519', pem(ed.privateKey, 'pkcs8'), 'ERR_KEY_NOT_RSA', /must be an RSA key/],
  ['RSA-PSS', pem(pss.privateKey, 'pkcs8'), 'ERR_KEY_NOT_RSA', /must be an RSA key/],
  ['RSA 1024', small.privateKey, 'ERR_KEY_SIZE', /1024 bits/],
  ['a damaged body', damaged, 'ERR_KEY_INVALID', /damaged/],
  [
    'a body of other content',
    `-----BEGIN PRIVATE KEY-----\n${btoa('x'.repeat(600))}\n-----END PRIVATE KEY-----`,
    'ERR_KEY_INVALID',
    /not a key/,
  ],
  [
    'a body that is not base64',
    '-----BEGIN PRIVATE KEY-----\n***\n-----END PRIVATE KEY-----',
    'ERR_KEY_INVALID',
    /base64/,
  ],
  ['half a file', lines.slice(0, -3).join('\n'), 'ERR_KEY_INVALID', /incomplete/],
]

/** Whether any 12 characters of a key are in what an error prints. */
function leaks(error: unknown, secret: string): boolean {
  const text = printed(error)
  const body = secret.replace(/-----[^-]*-----/g, '').replace(/\s/g, '')
  for (let at = 0; at + 12 <= body.length; at += 4) if (text.includes(body.slice(at, at + 12))) return true
  return false
}

for (const [name, key, code, says] of wrongPrivate) {
  test(`private key: ${name} throws ${code}`, async () => {
    const early = await thrownBy(() => importPrivateKey(key as string))
    const sent = sandbox.requests.length
    const late = await thrownBy(() => {
      const client = looseClient({ ...options, privateKey: key as PrivateKey })
      return client.POST('/v3/marketing/tasks')
    })
    for (const error of [early, late]) {
      assert.is(error.name, 'KeyError')
      assert.is(error.code, code)
      assert.match(error.message, says)
      assert.match(error.message, 'privateKey')
      assert.not.ok(leaks(error, privateKey))
      assert.not.ok(leaks(error, typeof key === 'string' ? key : privateKey))
    }
    assert.is(sandbox.requests.length, sent)
  })
}

const wrongPublic: [name: string, key: string, code: KeyErrorCode, says: RegExp][] = [
  ['a private key', privateKey, 'ERR_KEY_IS_PRIVATE', /pub_key.pem/],
  ['a private key, PKCS#1', pem(keyObject, 'pkcs1'), 'ERR_KEY_IS_PRIVATE', /pub_key.pem/],
  ['a private key, PKCS#1 with a passphrase', encryptedPkcs1, 'ERR_KEY_IS_PRIVATE', /pub_key.pem/],
  ['a certificate with other content', certificate, 'ERR_KEY_INVALID', /not a key/],
  [
    'a certificate with trust settings',
    certificate.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'),
    'ERR_KEY_IS_CERTIFICATE',
    /openssl x509 -in cert.pem/,
  ],
  [
    'SPKI under the label of PKCS#1',
    publicKey.replaceAll('PUBLIC', 'RSA PUBLIC'),
    'ERR_KEY_INVALID',
    /not a key/,
  ],
  ['an elliptic curve key', pem(ec.publicKey, 'spki'), 'ERR_KEY_NOT_RSA', /must be an RSA key/],
  ['RSA 1024', small.publicKey, 'ERR_KEY_SIZE', /1024 bits/],
]

for (const [name, key, code, says] of wrongPublic) {
  test(`public key: ${name} throws ${code} before anything is sent`, async () => {
    const early = await thrownBy(() => importPublicKey(key))
    const sent = sandbox.requests.length
    const late = await thrownBy(() => {
      const client = looseClient({ ...options, platform: { PUB_KEY_ID_1: key } })
      return client.POST('/v3/marketing/tasks')
    })
    assert.match(late.message, "platform['PUB_KEY_ID_1']")
    for (const error of [early, late]) {
      assert.is(error.code, code)
      assert.match(error.message, says)
      assert.not.ok(leaks(error, key))
    }
    assert.is(sandbox.requests.length, sent)
  })
}

test('a key that is certainly wrong throws when the client is created', () => {
  for (const [, key, code] of wrongPrivate) {
    if (code === 'ERR_KEY_SIZE' || key === damaged) continue
    assert.throws(() => createClient({ ...options, privateKey: key as string }))
  }
})

const forgiven: [string, (text: string) => string][] = [
  ['space around it', (text) => `\n\n  ${text}  \n`],
  ['a byte order mark', (text) => `\ufeff${text}`],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['\\n as two characters, as in .env files', (text) => text.replaceAll('\n', '\\n')],
  ['quotes around it', (text) => `"${text.trim().replaceAll('\n', '\\n')}"`],
  ['text before it, as written by openssl pkcs12', (text) => `Bag Attributes\n    friendlyName: x\n${text}`],
  ['the certificate in the same file', (text) => certificate + text],
]

for (const [name, change] of forgiven) {
  test(`a PEM with ${name} is read`, async () => {
    assert.is((await importPrivateKey(change(privateKey))).type, 'private')
    assert.is((await importPublicKey(change(publicKey))).type, 'public')
    const client = looseClient({ ...options, privateKey: change(privateKey) })
    assert.is((await client.POST('/v3/marketing/tasks')).error, undefined)
  })
}

test('the command in the hint about a passphrase makes a valid key', async () => {
  const { hint = '' } = await thrownBy(() => importPrivateKey(encrypted))
  const [, command = ''] = /(openssl pkcs8 -topk8 -nocrypt) -in/.exec(hint) ?? []
  const [program = '', ...args] = command.split(' ')
  const converted = converts(program, [...args, '-passin', 'pass:x'], encrypted) ?? privateKey
  assert.is((await importPrivateKey(converted)).type, 'private')
})

test('PKCS#1 signs and verifies, and is wrapped as by OpenSSL', async () => {
  const pkcs1 = { private: pem(keyObject, 'pkcs1'), public: pem(createPublicKey(publicKey), 'pkcs1') }
  const der = (text: string) => text.replace(/-----.*-----|\s/g, '')
  assert.is(der(pemBlock(pkcs1.private, 'private', 'x')), der(privateKey))
  assert.is(der(pemBlock(pkcs1.public, 'public', 'x')), der(publicKey))
  const { publicKey: platformKey } = world.platform
  const [platformSerial = ''] = Object.keys(options.platform!)
  const client = looseClient({
    ...options,
    privateKey: pkcs1.private,
    platform: { [platformSerial]: pem(createPublicKey(platformKey), 'pkcs1') },
  })
  assert.is((await client.POST('/v3/marketing/tasks')).error, undefined)
})

test('suitable CryptoKeys are accepted', async () => {
  const client = looseClient({
    ...options,
    privateKey: await importPrivateKey(privateKey),
    platform: { [Object.keys(options.platform!)[0]!]: await importPublicKey(world.platform.publicKey) },
  })
  assert.is((await client.POST('/v3/marketing/tasks')).error, undefined)
})

test('unsuitable CryptoKeys throw an error that says why', async () => {
  const { subtle } = webcrypto
  const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
  const make = async (name: string, hash: string, usages: KeyUsage[], modulusLength = 2048) =>
    (await subtle.generateKey({ ...rsa, name, hash, modulusLength }, false, usages)) as CryptoKeyPair
  const good = await make('RSASSA-PKCS1-v1_5', 'SHA-256', ['sign', 'verify'])
  const oaep = await make('RSA-OAEP', 'SHA-256', ['encrypt', 'decrypt'])
  const sha1 = await make('RSASSA-PKCS1-v1_5', 'SHA-1', ['sign', 'verify'])
  const short = await make('RSASSA-PKCS1-v1_5', 'SHA-256', ['sign', 'verify'], 1024)
  const curve = (await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ])) as CryptoKeyPair
  const secret = (await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])) as CryptoKey
  for (const [key, code] of [
    [good.publicKey, 'ERR_KEY_IS_PUBLIC'],
    [oaep.privateKey, 'ERR_KEY_USAGE'],
    [sha1.privateKey, 'ERR_KEY_USAGE'],
    [short.privateKey, 'ERR_KEY_SIZE'],
    [curve.privateKey, 'ERR_KEY_NOT_RSA'],
    [secret, 'ERR_KEY_NOT_RSA'],
  ] as const) {
    assert.is((await thrownBy(() => createClient({ ...options, privateKey: key }))).code, code)
  }
  assert.is((await thrownBy(() => importPublicKey(good.privateKey))).code, 'ERR_KEY_IS_PRIVATE')
})

test('a remote signer signs, and its mistakes are reported', async () => {
  const local = await importPrivateKey(privateKey)
  const sign = async (message: Uint8Array) =>
    Buffer.from(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', local, new Uint8Array(message))).toString(
      'base64',
    )
  const call = (privateKey: ClientOptions['privateKey']) =>
    looseClient({ ...options, privateKey }).POST('/v3/marketing/tasks')
  assert.is((await call({ sign })).error, undefined)

  const refuses = async () => Promise.reject(new Error('no permission'))
  const refused = await thrownBy(() => call({ sign: refuses }))
  assert.is(refused.code, 'ERR_KEY_SIGNER')
  assert.is((refused.cause as Error).message, 'no permission')
  for (const wrong of ['', 'a"b', 'a\r\nX: y', new Uint8Array(256)]) {
    assert.is((await thrownBy(() => call({ sign: async () => wrong as string }))).code, 'ERR_KEY_SIGNER')
  }
})

test('a key is imported once, even by concurrent calls', async () => {
  const { subtle } = crypto
  const { importKey } = subtle
  let imports = 0
  subtle.importKey = function (this: SubtleCrypto, ...args: never[]) {
    imports++
    return Reflect.apply(importKey, subtle, args)
  } as never
  try {
    const client = looseClient(options)
    assert.is(imports, 0)
    await Promise.all([1, 2, 3].map(() => client.POST('/v3/marketing/tasks')))
    await client.POST('/v3/marketing/tasks')
    assert.is(imports, 2)
  } finally {
    subtle.importKey = importKey
  }
})

// Without an openssl command, the library in Node makes the same key. CI has the command.
function converts(program: string, args: string[], input: string): string | undefined {
  try {
    return execFileSync(program, args, { input, encoding: 'utf8' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !process.env['CI']) return undefined
    throw error
  }
}

test.run()
