import { createHash, createHmac } from 'node:crypto'
import { build } from 'esbuild'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Hash } from 'wechatpay-axios-plugin'
import { businessSigner, type SignedFields } from '../../../src/front-end/index.ts'
import { opensslSign } from '../../support/openssl.ts'
import { thrownBy } from '../../support/thrown.ts'
import { apiV2Key, signatures } from './vectors.ts'

const { sign } = businessSigner({ mchid: '1900000109', apiV2Key })

test('there are 13 vectors, of both types', () => {
  assert.is(signatures.length, 13)
  assert.equal([...new Set(signatures.map(({ type }) => type))].sort(), ['HMAC-SHA256', 'MD5'])
})

for (const { name, fields, type, message, sign: expected } of signatures) {
  test(`${name}, ${type}: as OpenSSL signs it`, async () => {
    assert.is(opensslSign(type, message, apiV2Key), expected)
    assert.is(await sign(fields, type), expected)
    if (type === 'HMAC-SHA256') assert.is(await sign(fields), expected)
    const other = businessSigner({ mchid: '1900000109', apiV2Key: `${apiV2Key.slice(0, 31)}b` })
    assert.is.not(await other.sign(fields, type), expected)
  })
}

const names = fc.stringMatching(/^[a-zA-Z_]{1,6}\d{0,2}$/).filter((name) => name !== 'sign')
const texts = fc.string({ unit: 'binary', maxLength: 20 })

test('any fields: as wechatpay-axios-plugin and OpenSSL sign them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(names, texts, { minKeys: 1, noNullPrototype: true }),
      fc.constantFrom('HMAC-SHA256' as const, 'MD5' as const),
      async (random, type) => {
        const whole: Record<string, string> = { ...random, nonce_str: 'n' }
        const ours = await sign({ ...whole, empty: '', absent: undefined, sign: 'of an answer' }, type)
        const full = Object.keys(whole)
          .sort()
          .map((name) => [name, whole[name]!] as const)
          .filter(([, value]) => value !== '')
        assert.is(ours, Hash.sign(type, Object.fromEntries(full), apiV2Key))
        const message = `${full.map(([name, value]) => `${name}=${value}`).join('&')}&key=${apiV2Key}`
        const digest = type === 'MD5' ? createHash('md5') : createHmac('sha256', apiV2Key)
        assert.is(ours, digest.update(message).digest('hex').toUpperCase())
      },
    ),
    { numRuns: 200 },
  )
})

test('fields are sorted by name, so that the tenth comes after the first', async () => {
  const fields = { stock_id10: 'k', stock_id1: 'b', stock_id: 'a' }
  const message = `stock_id=a&stock_id1=b&stock_id10=k&key=${apiV2Key}`
  assert.is(await sign(fields), opensslSign('HMAC-SHA256', message, apiV2Key))
})

test('what is not a string is refused: WeChat compares strings', async () => {
  for (const value of [1_554_208_460, null, true, {}, ['a'], 1n]) {
    const error = await thrownBy(() => sign({ nonce_str: 'n', timestamp: value as never }))
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, `timestamp must be a string, but is of type ${typeof value}`)
    assert.match(error.hint ?? '', 'pass the same string to the front end')
  }
  const error = await thrownBy(() => sign({ body: 'a\ud83d' }))
  assert.is(error.code, 'ERR_REQUEST')
  assert.match(error.message, 'body has an unpaired surrogate')
  assert.match(error.hint ?? '', 'cut in the middle of a character')
})

test('nothing to sign, or another type, is refused', async () => {
  for (const fields of [{}, { sign: 'a' }, { a: '', b: undefined }]) {
    const error = await thrownBy(() => sign(fields))
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, 'there are no fields to sign')
  }
  for (const type of ['', 'md5', 'RSA', null, 'constructor']) {
    const error = await thrownBy(() => sign({ a: 'b' }, type as never))
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, "must be 'HMAC-SHA256' or 'MD5'")
  }
})

test('inherited fields are not signed, and each field is read once', async () => {
  const alone = await sign({ a: '1' })
  assert.is(await sign(Object.assign(Object.create({ b: '2' }), { a: '1' }) as SignedFields), alone)
  const prototype = Object.prototype as Record<string, unknown>
  prototype['polluted'] = 'x'
  try {
    assert.is(await sign({ a: '1' }), alone)
  } finally {
    delete prototype['polluted']
  }
  let reads = 0
  const fields = {
    get a() {
      return String(++reads)
    },
  }
  assert.is(await sign(fields), alone)
  assert.is(reads, 1)
})

test('fields that change after the call are signed as they were', async () => {
  const fields: Record<string, string> = { a: '1' }
  const signing = sign(fields)
  fields['a'] = '2'
  fields['b'] = '3'
  assert.is(await signing, await sign({ a: '1' }))
})

test('MD5 is loaded late', async () => {
  const { metafile } = await build({
    entryPoints: ['src/front-end/index.ts'],
    bundle: true,
    packages: 'external',
    format: 'esm',
    write: false,
    metafile: true,
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  assert.equal(
    imports.map(({ path, kind }) => [path, kind]),
    [['@noble/hashes/legacy.js', 'dynamic-import']],
  )
})

test.run()
