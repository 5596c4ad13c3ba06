import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { unpack } from '../../../src/files/unpack.ts'
import { printed, thrownBy } from '../../support/thrown.ts'
import { readAll, streamOf } from './read-all.ts'
import { cut } from './seal-file.ts'

const rows = Array.from({ length: 5000 }, (_, i) => `\`2026-01-01,\`${i * 7919}元\r\n`)
const text = Buffer.from(`\uFEFF记账时间,金额\r\n${rows.join('')}`)
const packed = gzipSync(text)
const context = { operation: 'GET /v3/billdownload/file' }

const read = (pieces: readonly Uint8Array[], decrypted = false) =>
  readAll(unpack(streamOf(...pieces).stream, decrypted, context))

for (const decrypted of [false, true]) {
  const kind = decrypted ? 'decrypted' : 'never encrypted'

  test(`gzip is unpacked and text passed on, in any pieces: ${kind}`, async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(sizes, async (sizes) => {
        assert.ok((await read(cut(packed, sizes), decrypted)).equals(text))
        assert.ok((await read(cut(text, sizes), decrypted)).equals(text))
      }),
      { numRuns: 60 },
    )
  })

  test(`text of any length is passed on: ${kind}`, async () => {
    for (let length = 1; length < 140; length++)
      assert.ok((await read([text.subarray(0, length)], decrypted)).equals(text.subarray(0, length)))
    assert.ok((await read([Buffer.from('a')], decrypted)).equals(Buffer.from('a')))
  })

  test(`a part that begins within a character is passed on: ${kind}`, async () => {
    for (const character of ['é', '金', '😀']) {
      const bytes = Buffer.from(character.repeat(40))
      for (let start = 0; start < bytes.length / 40; start++)
        assert.ok((await read([bytes.subarray(start)], decrypted)).equals(bytes.subarray(start)), character)
    }
  })

  test(`damaged gzip is refused: ${kind}`, async () => {
    const flipped = Buffer.from(packed)
    flipped[packed.length >> 1]! ^= 1
    for (const file of [packed.subarray(0, -1), packed.subarray(0, 20), packed.subarray(0, 3), flipped]) {
      const error = await thrownBy(() => read([file], decrypted))
      assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
      assert.match(error.message, 'the file is not gzip, or is incomplete. Do not use its content')
    }
  })
}

// As text they would not begin with bytes that only continue a character.
const binary = [
  randomBytes(64).fill(0xff, 10, 12),
  randomBytes(1000).fill(0xff, 0, 1),
  Buffer.concat([Buffer.from([0x1f, 0x8b, 9]), randomBytes(100).fill(0xff, 0, 1)]),
  Buffer.concat([Buffer.from([0x1f, 0x8c, 8]), randomBytes(100).fill(0xff, 0, 1)]),
  Buffer.concat([Buffer.from([0x1e, 0x8b, 8]), randomBytes(100).fill(0xff, 0, 1)]),
  Buffer.alloc(64, 0x80),
  Buffer.concat([Buffer.alloc(4, 0x80), text]),
  Buffer.concat([text.subarray(0, 63), Buffer.from([0xff])]),
]

for (const [index, file] of binary.entries()) {
  test(`neither gzip nor text is refused with what is likely, and cancelled: ${index}`, async () => {
    const { stream, cancelled, taken } = streamOf(file, file, file)
    const error = await thrownBy(() => readAll(unpack(stream, false, context)))
    assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
    assert.is(
      error.message,
      'GET /v3/billdownload/file: the file is neither gzip nor text, so it is probably encrypted. If the response that named it has encrypt_key, pass decrypt or use downloadBills. If it is another kind of file, pass gzip: false',
    )
    assert.equal(cancelled(), { reason: error })
    assert.is(taken(), 1)
    const wrongKey = await thrownBy(() => read([file], true))
    assert.is(wrongKey.code, 'ERR_RESPONSE_MALFORMED')
    assert.match(
      wrongKey.message,
      'the file was decrypted to neither gzip nor text. Do not use it. key and nonce',
    )
  })
}

test('an error page in place of gzip is refused; what was decrypted is not taken for one', async () => {
  for (const page of ['{"code":"SYSTEM_ERROR"}', ' \n<!doctype html>', '\uFEFF<xml>', '[]']) {
    const error = await thrownBy(() => read([Buffer.from(page)]))
    assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
    assert.match(error.message, 'the file is JSON, XML or HTML, not a bill. Do not use its content')
    assert.not.match(printed(error), 'SYSTEM_ERROR')
    assert.is((await read([Buffer.from(page)], true)).toString(), page)
  }
})

test('text that has a bracket later is no error page', async () => {
  const titles = Buffer.from('记账时间,备注<b>,[金额],{单位}\r\n')
  assert.ok((await read([titles])).equals(titles))
})

test('an empty file is refused, unless its tag was right', async () => {
  for (const pieces of [[], [Buffer.alloc(0)]]) {
    const error = await thrownBy(() => read(pieces))
    assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
    assert.match(error.message, 'the file is empty. Do not use its content')
    assert.is((await read(pieces, true)).length, 0)
  }
})

test('an error of the stream itself is passed on, at the start and later', async () => {
  const reason = new Error('cut')
  for (const whole of [1, 30, 100, 5000]) {
    for (const file of [text, packed]) {
      let sent = false
      const broken = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (sent) return controller.error(reason)
          sent = true
          controller.enqueue(file.subarray(0, Math.min(whole, file.length - 1)))
        },
      })
      assert.is(await readAll(unpack(broken, false, context)).catch((thrown) => thrown), reason)
    }
  }
})

test('cancelling cancels the file, before the first read and after it', async () => {
  for (const file of [text, packed]) {
    for (const first of [false, true]) {
      const { stream, cancelled } = streamOf(file.subarray(0, 70), file.subarray(70))
      const reader = unpack(stream, false, context).getReader()
      if (first) await reader.read()
      await reader.cancel('enough')
      assert.equal(cancelled(), { reason: 'enough' })
    }
  }
})

test('nothing is read before the reader does, nor ahead of it', async () => {
  const { stream, taken } = streamOf(...Array<Buffer>(100).fill(text))
  const reader = unpack(stream, false, context).getReader()
  await pause(10)
  assert.is(taken(), 0)
  await reader.read()
  await pause(10)
  assert.is(taken(), 1)
  await reader.read()
  await pause(10)
  assert.is(taken(), 2)
  await reader.cancel()
})

test('without DecompressionStream gzip is a named error of the stream, and text is passed on', async () => {
  const original = globalThis.DecompressionStream
  Reflect.deleteProperty(globalThis, 'DecompressionStream')
  try {
    assert.is((await thrownBy(() => read([packed], true))).code, 'ERR_CONFIG_RUNTIME')
    assert.ok((await read([text], true)).equals(text))
  } finally {
    globalThis.DecompressionStream = original
  }
})

test.run()
