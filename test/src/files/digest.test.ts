import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { toHex } from '../../../src/bytes.ts'
import { digests } from '../../../src/files/digest-stream.ts'
import { opensslDigest } from './openssl-digest.ts'

type Name = 'sha1' | 'sha256' | 'sm3'

const create = (name: Name) => digests[name.toUpperCase()]!.create()

function digestOf(name: Name, ...pieces: Uint8Array[]): string {
  const digest = create(name)
  for (const piece of pieces) digest.update(piece)
  return toHex(digest.digest())
}

const vectors: [name: Name, text: string, hex: string][] = [
  // GM/T 0004-2012, appendix A.
  ['sm3', 'abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['sm3', 'abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  // RFC 3174, section 7.3.
  ['sha1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  [
    'sha1',
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
  ],
  ['sha256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
]

for (const [name, text, hex] of vectors) {
  test(`${name} of the standard's sample with ${text.length} characters`, () => {
    assert.is(digestOf(name, new TextEncoder().encode(text)), hex)
  })
}

for (const name of ['sha1', 'sha256', 'sm3'] as const) {
  test(`${name}: matches OpenSSL for lengths around the end of a block`, () => {
    for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 65_537]) {
      const bytes = crypto.getRandomValues(new Uint8Array(Math.min(length, 65_536)))
      const whole =
        length > bytes.length ? Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]) : bytes
      assert.is(digestOf(name, whole), opensslDigest(name, whole), `${length} bytes`)
    }
  })

  test(`${name}: is the same for any split into pieces`, () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
        const expected = createHash(name).update(Buffer.concat(pieces)).digest('hex')
        assert.is(digestOf(name, ...pieces), expected)
      }),
    )
  })
}

test('changing the bytes after they were added has no effect', () => {
  const piece = new Uint8Array([1, 2, 3])
  for (const name of ['sha1', 'sha256', 'sm3'] as const) {
    const digest = create(name)
    digest.update(piece)
    const before = createHash(name).update(piece).digest('hex')
    piece[0]! ^= 1
    assert.is(toHex(digest.digest()), before)
  }
})

test.run()
