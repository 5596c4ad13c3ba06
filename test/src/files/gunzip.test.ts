import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { gunzip } from '../../../src/files/gunzip.ts'
import { thrownBy } from '../../support/thrown.ts'
import { readAll, streamOf } from './read-all.ts'

const text = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `row ${i * 7919}\n`).join(''))
const packed = gzipSync(text)

test('decompresses', async () => {
  assert.ok((await readAll(gunzip(streamOf(packed).stream))).equals(text))
})

test('the input may be split into any pieces', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), sizes, async (bytes, cuts) => {
      const file = gzipSync(Buffer.concat([bytes, text]))
      const pieces: Buffer[] = []
      let at = 0
      for (const size of [...cuts, file.length]) {
        pieces.push(file.subarray(at, at + size))
        at += size
      }
      assert.ok((await readAll(gunzip(streamOf(...pieces).stream))).equals(Buffer.concat([bytes, text])))
    }),
    { numRuns: 40 },
  )
})

const broken: [name: string, pieces: Buffer[]][] = [
  ['an empty file', []],
  ['an empty piece', [Buffer.alloc(0)]],
  ['the header alone', [packed.subarray(0, 10)]],
  ['cut in the middle', [packed.subarray(0, packed.length >> 1)]],
  ['cut before the checksum', [packed.subarray(0, -8)]],
  ['cut within the checksum', [packed.subarray(0, -1)]],
  ['a flipped bit', [Buffer.from(packed.map((byte, i) => (i === packed.length >> 1 ? byte ^ 1 : byte)))]],
  ['a wrong checksum', [Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)])]],
  ['data after its end', [Buffer.concat([packed, Buffer.from('{"code":"SYSTEM_ERROR"}')])]],
  ['data after its end, in another piece', [packed, Buffer.from('{"code":"SYSTEM_ERROR"}')]],
  ['text', [text]],
]

for (const [name, pieces] of broken) {
  test(`${name}: refused, and the stream is cancelled`, async () => {
    const error = await thrownBy(() => readAll(gunzip(streamOf(...pieces).stream, { operation: 'GET /x' })))
    assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
    assert.match(error.message, /^GET \/x: the file is not gzip, or is incomplete/)
  })
}

test('an error of the stream itself is passed on, after the bytes before it', async () => {
  const reason = new Error('cut')
  let sent = false
  const file = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) return controller.error(reason)
      sent = true
      controller.enqueue(packed.subarray(0, 30_000))
    },
  })
  const pieces: Uint8Array[] = []
  let failure: unknown
  try {
    for await (const piece of gunzip(file)) pieces.push(piece)
  } catch (thrown) {
    failure = thrown
  }
  assert.is(failure, reason)
  assert.ok(pieces.length > 0)
})

test('cancelling cancels the stream of the file, with the reason', async () => {
  const { stream, cancelled, taken } = streamOf(packed.subarray(0, 20_000), packed.subarray(20_000))
  const reader = gunzip(stream).getReader()
  await reader.read()
  await reader.cancel('enough')
  assert.equal(cancelled(), { reason: 'enough' })
  assert.is(taken(), 1)
})

test('nothing is read ahead of a slow reader, neither of the file nor of its content', async () => {
  const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024))
  const pieces = Array.from({ length: 16 }, (_, i) =>
    zeros.subarray(i * 4096, i === 15 ? undefined : (i + 1) * 4096),
  )
  const { stream, taken } = streamOf(...pieces)
  const content = gunzip(stream)
  const reader = content.getReader()
  await pause(20)
  assert.is(taken(), 0, 'nothing is read before the reader does')
  await reader.read()
  const before = process.memoryUsage().arrayBuffers
  await pause(100)
  // Node buffers 16 KiB before it applies backpressure.
  assert.ok(taken() <= 6, `${taken()} pieces of 4 KiB were taken`)
  assert.ok(process.memoryUsage().arrayBuffers - before < 32 * 1024 * 1024)
  await reader.cancel()
})

test.run()
