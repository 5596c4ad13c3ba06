import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Bytes } from '../../../src/bytes.ts'
import { decryptGcm } from '../../../src/encryption/decrypt-gcm.ts'
import { streamOf } from '../files/read-all.ts'
import { cut, sealFile } from '../files/seal-file.ts'

const refusal = new Error('refused')

async function opened(pieces: readonly Uint8Array[], key: Uint8Array, nonce: Uint8Array): Promise<Buffer> {
  const { stream } = streamOf(...pieces)
  const content: Uint8Array[] = []
  for await (const piece of stream.pipeThrough(decryptGcm(key as Bytes, nonce as Bytes, () => refusal))) {
    assert.ok(piece.length > 0, 'an empty piece')
    content.push(piece)
  }
  return Buffer.concat(content)
}

async function refuses(file: Buffer, key: Uint8Array, nonce: Uint8Array, why: string): Promise<void> {
  const failure = await opened([file], key, nonce).catch((thrown: unknown) => thrown)
  assert.is(failure, refusal, why)
}

const hex = (text: string) => Buffer.from(text, 'hex')

// Test cases 13 to 15 of the authors of GCM (McGrew and Viega): 256 bits, without associated data.
const published: [key: string, nonce: string, plain: string, cipher: string, tag: string][] = [
  ['00'.repeat(32), '00'.repeat(12), '', '', '530f8afbc74536b9a963b4f1c4cb738b'],
  [
    '00'.repeat(32),
    '00'.repeat(12),
    '00'.repeat(16),
    'cea7403d4d606b6e074ec5d3baf39d18',
    'd0d1c8a799996bf0265b98b5d48ab919',
  ],
  [
    'feffe9928665731c6d6a8f9467308308'.repeat(2),
    'cafebabefacedbaddecaf888',
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255',
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad',
    'b094dac5d93471bdec1a502270e3cc6c',
  ],
]

for (const [key, nonce, plain, cipher, tag] of published) {
  test(`a published vector of ${plain.length / 2} bytes`, async () => {
    const content = await opened([hex(cipher + tag)], hex(key), hex(nonce))
    assert.is(content.toString('hex'), plain)
  })
}

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 })
const nonces = fc.uint8Array({ minLength: 1, maxLength: 70 })
const contents = fc.uint8Array({ maxLength: 5000 })

test('decrypts what OpenSSL encrypted, with any nonce and in any pieces', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(keys, nonces, contents, sizes, async (key, nonce, content, sizes) => {
      const pieces = cut(sealFile(content, key, nonce), sizes)
      assert.ok((await opened(pieces, key, nonce)).equals(content))
    }),
    { numRuns: 300 },
  )
})

test('nonces of each length up to three blocks', async () => {
  const key = randomBytes(32)
  const content = randomBytes(100)
  for (let length = 1; length <= 48; length++) {
    const nonce = randomBytes(length)
    assert.ok((await opened([sealFile(content, key, nonce)], key, nonce)).equals(content), String(length))
  }
})

test('larger files than one piece, whose pieces end anywhere within a block', async () => {
  const key = randomBytes(32)
  const content = randomBytes(3 * 1024 * 1024 + 7)
  for (const size of [65_536, 65_535, 16_384 + 1, 1024 * 1024 + 15]) {
    const nonce = randomBytes(16)
    const sizes = Array<number>(Math.floor(content.length / size)).fill(size)
    const pieces = cut(sealFile(content, key, nonce), sizes)
    assert.ok((await opened(pieces, key, nonce)).equals(content), String(size))
  }
})

test('the counter of a long nonce begins anywhere, and starts over after its last 32 bits', async () => {
  // Found by search: with these, the counter starts over after 31,920 bytes.
  const key = Buffer.from('U8JZpDE0iGXlD6gNCFbaEPFjbD0kH8Oo')
  const nonce = Buffer.from('c743973a29223734')
  const content = randomBytes(100_000)
  const file = sealFile(content, key, nonce)
  for (const sizes of [[], [31_904], [31_920], [31_936], [16, 31_920, 16, 16]])
    assert.ok((await opened(cut(file, sizes), key, nonce)).equals(content), sizes.join(' '))
})

test('a flipped bit anywhere is refused', async () => {
  await fc.assert(
    fc.asyncProperty(keys, nonces, contents, fc.nat(), async (key, nonce, content, at) => {
      const file = sealFile(content, key, nonce)
      const bit = at % (file.length * 8)
      file[bit >> 3]! ^= 1 << (bit & 7)
      await refuses(file, key, nonce, `bit ${bit}`)
    }),
    { numRuns: 200 },
  )
})

test('each bit of the tag counts', async () => {
  const key = randomBytes(32)
  const nonce = randomBytes(16)
  const file = sealFile(randomBytes(20), key, nonce)
  for (let bit = 0; bit < 128; bit++) {
    const changed = Buffer.from(file)
    changed[20 + (bit >> 3)]! ^= 1 << (bit & 7)
    await refuses(changed, key, nonce, `bit ${bit} of the tag`)
  }
})

test('a file that is cut or longer, wherever, is refused', async () => {
  const key = randomBytes(32)
  const nonce = randomBytes(16)
  const file = sealFile(randomBytes(100), key, nonce)
  for (let length = 0; length < file.length; length++)
    await refuses(file.subarray(0, length), key, nonce, `${length} bytes`)
  for (const more of [1, 16, 17]) {
    await refuses(Buffer.concat([file, Buffer.alloc(more)]), key, nonce, `${more} more at the end`)
    await refuses(Buffer.concat([Buffer.alloc(more), file]), key, nonce, `${more} more at the start`)
  }
})

test('two blocks in exchange are refused', async () => {
  const key = randomBytes(32)
  const nonce = randomBytes(16)
  const file = sealFile(Buffer.alloc(64), key, nonce)
  const exchanged = [file.subarray(16, 32), file.subarray(0, 16), file.subarray(32)]
  await refuses(Buffer.concat(exchanged), key, nonce, 'exchanged')
})

test('another key or nonce is refused', async () => {
  const key = randomBytes(32)
  const nonce = randomBytes(16)
  const file = sealFile(randomBytes(100), key, nonce)
  await refuses(file, randomBytes(32), nonce, 'key')
  await refuses(file, key, randomBytes(16), 'nonce')
  await refuses(file, key, nonce.subarray(0, 12), 'the first 12 bytes of the nonce')
  await refuses(file, key, Buffer.from(nonce.toString('hex')), 'the nonce as hexadecimal')
})

test('nothing of the last block is handed out before the tag is checked', async () => {
  const key = randomBytes(32)
  const nonce = randomBytes(16)
  const file = sealFile(Buffer.alloc(40), key, nonce)
  file[file.length - 1]! ^= 1
  let size = 0
  const { stream } = streamOf(file)
  try {
    for await (const piece of stream.pipeThrough(decryptGcm(key, nonce, () => refusal))) size += piece.length
    assert.unreachable()
  } catch (failure) {
    assert.is(failure, refusal)
  }
  assert.is(size, 32)
})

test('a key that WebCrypto refuses fails the stream, and nothing else', async () => {
  const failure = await opened([Buffer.alloc(50)], randomBytes(31), randomBytes(16)).catch((thrown) => thrown)
  assert.instance(failure, Error)
})

test('a slow reader slows the file down, and cancelling cancels it', async () => {
  const key = randomBytes(32)
  const nonce = randomBytes(16)
  const file = sealFile(Buffer.alloc(1024 * 1024), key, nonce)
  const { stream, taken, cancelled } = streamOf(...cut(file, Array<number>(63).fill(16_384)))
  const reader = stream.pipeThrough(decryptGcm(key, nonce, () => refusal)).getReader()
  await reader.read()
  await pause(50)
  assert.ok(taken() <= 3, `${taken()} of 64 pieces were taken`)
  await reader.cancel('enough')
  // A pipe cancels its source a little later.
  await pause(10)
  assert.equal(cancelled(), { reason: 'enough' })
})

test.run()
