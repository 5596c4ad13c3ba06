import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { aead, type Ciphertext } from '../../../src/encryption/aead.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const apiV3Key = randomBytes(16).toString('hex')
const cipher = aead(apiV3Key)

/** Node's OpenSSL. */
function openssl(text: Uint8Array, nonce: string, associated?: string): Ciphertext {
  const gcm = createCipheriv('aes-256-gcm', apiV3Key, nonce)
  if (associated) gcm.setAAD(Buffer.from(associated))
  const ciphertext = Buffer.concat([gcm.update(text), gcm.final(), gcm.getAuthTag()]).toString('base64')
  return { ciphertext, nonce, ...(associated !== undefined && { associated_data: associated }) }
}

function opensslOpens({ ciphertext, nonce, associated_data = '' }: Ciphertext): Buffer {
  const bytes = Buffer.from(ciphertext, 'base64')
  const gcm = createDecipheriv('aes-256-gcm', apiV3Key, nonce).setAuthTag(bytes.subarray(-16))
  gcm.setAAD(Buffer.from(associated_data))
  return Buffer.concat([gcm.update(bytes.subarray(0, -16)), gcm.final()])
}

// WeChat Pay sends 12 bytes; WebCrypto accepts other lengths too.
const nonces = fc.string({ minLength: 12, maxLength: 32, unit: 'binary' })
const associates = fc.option(fc.string({ maxLength: 32, unit: 'grapheme' }), { nil: undefined })
const texts = fc.uint8Array({ maxLength: 300 })

test('decrypts what OpenSSL encrypted', async () => {
  const property = fc.asyncProperty(texts, nonces, associates, async (text, nonce, associated) => {
    assert.equal(Buffer.from(await cipher.decrypt(openssl(text, nonce, associated))), Buffer.from(text))
  })
  await fc.assert(property, { numRuns: 200 })
})

test('OpenSSL decrypts what it encrypted', async () => {
  const property = fc.asyncProperty(texts, nonces, associates, async (plaintext, nonce, associated) => {
    const sealed = await cipher.encrypt({
      plaintext,
      nonce,
      ...(associated !== undefined && { associated_data: associated }),
    })
    assert.equal(opensslOpens(sealed), Buffer.from(plaintext))
  })
  await fc.assert(property, { numRuns: 200 })
})

test('text is UTF-8, and the nonce is new each time', async () => {
  const one = await cipher.encrypt({ plaintext: '张三' })
  const two = await cipher.encrypt({ plaintext: '张三' })
  assert.is(opensslOpens(one).toString(), '张三')
  assert.is.not(one.nonce, two.nonce)
  assert.is.not(one.ciphertext, two.ciphertext)
  assert.is(one.nonce.length, 12)
})

// Defect 1: final() was never called, so a flipped bit changed an amount and passed.
test('a flipped bit in any part is refused: ciphertext, tag, nonce, associated data', async () => {
  const sealed = openssl(Buffer.from('{"total":1}'), 'fdasflkja484', 'transaction')
  const bytes = Buffer.from(sealed.ciphertext, 'base64')
  const spoiled: Ciphertext[] = Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const changed = Buffer.from(bytes)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    return { ...sealed, ciphertext: changed.toString('base64') }
  })
  for (let length = 0; length < bytes.length; length++) {
    spoiled.push({ ...sealed, ciphertext: bytes.subarray(0, length).toString('base64') })
    spoiled.push({ ...sealed, ciphertext: bytes.subarray(bytes.length - length).toString('base64') })
  }
  spoiled.push(
    { ...sealed, nonce: 'fdasflkja485' },
    { ...sealed, nonce: 'fdasflkja48' },
    { ...sealed, nonce: '' },
    { ...sealed, associated_data: 'transactio' },
    { ...sealed, associated_data: '' },
    { ...sealed, associated_data: undefined },
    { ...sealed, ciphertext: '***' },
    { ...sealed, ciphertext: Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64') },
  )
  for (const one of spoiled) {
    const error = await thrownBy(() => cipher.decrypt(one))
    assert.is(error.code, 'ERR_DECRYPT')
  }
  assert.is(Buffer.from(await cipher.decrypt(sealed)).toString(), '{"total":1}')
})

test('another key is refused, with an error that quotes neither key', async () => {
  const other = 'k'.repeat(32)
  const error = await thrownBy(() => aead(other).decrypt(openssl(Buffer.from('secret'), 'fdasflkja484')))
  assert.is(error.code, 'ERR_DECRYPT')
  assert.not.match(printed(error), /kkkk|secret|fdasflkja/)
})

test('a key that is not 32 bytes is refused at once', async () => {
  for (const key of ['', 'a'.repeat(31), 'a'.repeat(33), '钥'.repeat(32), undefined as never, {} as never]) {
    const error = await thrownBy(() => aead(key))
    assert.is(error.code, 'ERR_CONFIG')
    assert.not.match(printed(error), /aaaa|钥/)
  }
})

test('the key is imported once', async () => {
  const { importKey } = crypto.subtle
  let imports = 0
  const counted: typeof importKey = function (this: SubtleCrypto, ...given: unknown[]) {
    imports++
    return Reflect.apply(importKey, this, given)
  }
  crypto.subtle.importKey = counted
  try {
    const own = aead(apiV3Key)
    await Promise.all(Array.from({ length: 20 }, () => own.encrypt({ plaintext: 'a' })))
    await own.decrypt(await own.encrypt({ plaintext: 'a' }))
  } finally {
    crypto.subtle.importKey = importKey
  }
  assert.is(imports, 1)
})

test.run()
