import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writeForm } from '../../../src/files/form.ts'
import { writeMultipart } from '../../../src/files/multipart.ts'
import { operationNames, traitsOf } from '../../support/table.ts'
import { thrownBy } from '../../support/thrown.ts'
import { opensslDigest } from './openssl-digest.ts'

const operation = 'POST /v3/merchant/media/upload'
const form = traitsOf(operation).form!
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46])
const digest = opensslDigest('sha256', jpeg)
const meta = { filename: 'a.jpg' }

/** The parts as the platform parses them, and the header of the file part as it was sent. */
async function readBack(written: { body: Uint8Array; contentType: string }) {
  const headers = { 'Content-Type': written.contentType }
  const data = await new Response(Uint8Array.from(written.body), { headers }).formData()
  return { data, text: Buffer.from(written.body).toString('latin1') }
}

function streamOf(...pieces: unknown[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(piece as Uint8Array)
    },
  })
}

function formData(file: Blob | string, signed: Blob | string): FormData {
  const data = new FormData()
  data.append('file', file as Blob)
  data.append('meta', signed as string)
  return data
}

const sources: [name: string, file: () => unknown][] = [
  ['a Blob', () => new Blob([jpeg])],
  ['a File', () => new File([jpeg], 'other.png', { type: 'image/jpg' })],
  ['bytes', () => jpeg],
  [
    'a view into a larger buffer',
    () => Buffer.concat([Buffer.from('xx'), jpeg, Buffer.from('yy')]).subarray(2, 12),
  ],
  ['an ArrayBuffer', () => jpeg.slice().buffer],
  ['a stream', () => streamOf(jpeg.subarray(0, 3), jpeg.subarray(3))],
]

for (const [name, file] of sources) {
  test(`${name} is sent complete, with its digest in the signed text`, async () => {
    const written = await writeForm({ file: file(), meta }, form, operation)
    assert.is(written.signed, `{"filename":"a.jpg","sha256":"${digest}"}`)
    const { data, text } = await readBack(written)
    assert.equal([...data.keys()], ['meta', 'file'])
    const sent = data.get('file') as File
    assert.equal(new Uint8Array(await sent.arrayBuffer()), jpeg)
    assert.is(sent.name, 'a.jpg')
    assert.ok(text.includes(`name="meta"\r\nContent-Type: application/json\r\n\r\n${written.signed}\r\n`))
  })
}

test('every upload operation: its own names and digest', async () => {
  const uploads = operationNames.flatMap((name) => traitsOf(name).form ?? [])
  assert.ok(uploads.length >= 14)
  for (const own of uploads) {
    const written = await writeForm({ [own.file]: jpeg, [own.signed]: { a: 1 } }, own, operation)
    const algorithm = own.algorithm === 'SM3' ? 'sm3' : 'sha256'
    assert.equal(JSON.parse(written.signed), { a: 1, [own.digest]: opensslDigest(algorithm, jpeg) })
    const { data } = await readBack(written)
    assert.is(data.get(own.signed), written.signed)
    assert.ok(data.get(own.file) instanceof File)
  }
})

const spellings = [
  `{"sha256":"${digest}","filename":"图.jpg" }`,
  `{\n "filename": "a.jpg", "sha256": "${digest.toUpperCase()}"}`,
]

for (const text of spellings) {
  test(`the JSON text of a FormData stays unchanged when its digest is right: ${text.slice(0, 12)}`, async () => {
    for (const part of [text, new Blob([text], { type: 'application/json' })]) {
      const written = await writeForm(formData(new Blob([jpeg]), part), form, operation)
      assert.is(written.signed, text)
      const { data } = await readBack(written)
      assert.is(data.get('meta'), text)
    }
  })
}

test('a JSON text without the digest gets it as its last field, and numbers keep their digits', async () => {
  const written = await writeForm(
    formData(new Blob([jpeg]), '{"id":12345678901234567890}\n'),
    form,
    operation,
  )
  assert.is(written.signed, `{"id":12345678901234567890,"sha256":"${digest}"}`)
  const empty = await writeForm(formData(new Blob([jpeg]), '{ }'), form, operation)
  assert.equal(JSON.parse(empty.signed), { sha256: digest })
})

test('the text that the caller seals is sent and signed', async () => {
  let seen = ''
  const written = await writeForm({ file: jpeg, meta }, form, operation, async (text) => {
    seen = text
    return text.replace('a.jpg', '密文')
  })
  assert.is(seen, `{"filename":"a.jpg","sha256":"${digest}"}`)
  assert.is(written.signed, `{"filename":"密文","sha256":"${digest}"}`)
  const { data } = await readBack(written)
  assert.is(data.get('meta'), written.signed)
})

const names: [given: object, file: unknown, filename: string, type: string][] = [
  [{ filename: 'a.png' }, new File([jpeg], 'b.jpg'), 'a.png', 'image/png'],
  [{ file_name: 'c.pdf' }, jpeg, 'c.pdf', 'application/pdf'],
  [{}, new File([jpeg], 'd.MP4'), 'd.MP4', 'video/mp4'],
  [{}, new File([jpeg], 'e.jpg', { type: 'image/jpg' }), 'e.jpg', 'image/jpg'],
  [{}, jpeg, 'file.jpg', 'image/jpeg'],
  [{}, new TextEncoder().encode('%PDF-1.7'), 'file.pdf', 'application/pdf'],
  [{}, new Uint8Array([1]), 'file.bin', 'application/octet-stream'],
  [{ filename: 'noextension' }, jpeg, 'noextension', 'application/octet-stream'],
  [{ filename: 'a.constructor' }, jpeg, 'a.constructor', 'application/octet-stream'],
]

for (const [given, file, filename, type] of names) {
  test(`the file is named ${filename} with type ${type}`, async () => {
    const { text } = await readBack(await writeForm({ file, meta: given }, form, operation))
    assert.ok(text.includes(`name="file"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`), text)
  })
}

test('a Blob in a FormData has no name', async () => {
  const { text } = await readBack(await writeForm(formData(new Blob([jpeg]), '{}'), form, operation))
  assert.ok(text.includes('filename="file.jpg"'))
})

const refused: [name: string, body: unknown, says: RegExp][] = [
  [
    'a wrong digest',
    { file: jpeg, meta: { sha256: '0'.repeat(64) } },
    /meta\.sha256 does not match the file \(SHA-256\)/,
  ],
  ['an empty digest', { file: jpeg, meta: { sha256: '' } }, /does not match the file/],
  ['null for a digest', { file: jpeg, meta: { sha256: null } }, /does not match the file/],
  ['a wrong digest in a text', formData(new Blob([jpeg]), '{"sha256":"00"}'), /does not match the file/],
  ['no file', { meta }, /has no part file/],
  ['an undefined file', { file: undefined, meta }, /has no part file/],
  ['no meta', { file: jpeg }, /has no part meta/],
  ['another part', { file: jpeg, meta, image: jpeg }, /part "image"/],
  ['a meta that is an array', { file: jpeg, meta: [] }, /part meta of the form must be/],
  ['a meta that is not JSON', formData(new Blob([jpeg]), 'filename=a.jpg'), /part meta of the form must be/],
  [
    'a meta of JSON that is not an object',
    formData(new Blob([jpeg]), '"a"'),
    /part meta of the form must be/,
  ],
  ['null', null, /must be an object or a FormData/],
  ['the file itself', new Blob([jpeg]), /must be an object or a FormData/],
  ['bytes themselves', jpeg, /must be an object or a FormData/],
  ['a path instead of a file', { file: '/tmp/a.jpg', meta }, /but is a string/],
  ['an empty file', { file: new Blob([]), meta }, /is empty/],
  ['a stream of strings', { file: streamOf('text'), meta }, /yields a string/],
  ['a Node stream', { file: new (class Readable {})(), meta }, /but is a Readable/],
  [
    'too large a Blob',
    { file: new Blob(Array(101).fill(new Uint8Array(1024 * 1024))), meta },
    /larger than 100 MiB/,
  ],
]

for (const [name, body, says] of refused) {
  test(`${name} is refused`, async () => {
    const error = await thrownBy(() => writeForm(body, form, operation))
    assert.is(error.code, 'ERR_UPLOAD')
    assert.match(error.message, says)
    assert.is(error.operation, operation)
  })
}

test('a repeated part is refused', async () => {
  const data = formData(new Blob([jpeg]), '{}')
  data.append('meta', '{}')
  assert.match((await thrownBy(() => writeForm(data, form, operation))).message, /meta twice/)
})

test('an endless stream is cancelled at the limit', async () => {
  let cancelled = false
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++
      controller.enqueue(new Uint8Array(8 * 1024 * 1024))
    },
    cancel() {
      cancelled = true
    },
  })
  const error = await thrownBy(() => writeForm({ file: endless, meta }, form, operation))
  assert.match(error.message, /larger than 100 MiB/)
  assert.ok(cancelled)
  assert.ok(pulled < 16)
})

test('a stream that fails or is locked is reported', async () => {
  const cause = new Error('EIO')
  const failing = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(cause) })
  const error = await thrownBy(() => writeForm({ file: failing, meta }, form, operation))
  assert.is(error.code, 'ERR_UPLOAD')
  assert.is(error.cause, cause)
  const locked = streamOf(jpeg)
  locked.getReader()
  assert.match(
    (await thrownBy(() => writeForm({ file: locked, meta }, form, operation))).message,
    /being read/,
  )
})

test('changing the bytes while they are digested has no effect on what is sent', async () => {
  const file = jpeg.slice()
  const writing = writeForm({ file, meta }, form, operation)
  await Promise.resolve()
  await Promise.resolve()
  file.fill(0)
  const { data } = await readBack(await writing)
  const sent = new Uint8Array(await (data.get('file') as File).arrayBuffer())
  assert.is(JSON.parse(data.get('meta') as string).sha256, opensslDigest('sha256', sent))
})

test('the boundary does not occur in the content', () => {
  const candidates = ['first', 'second', 'third']
  const parts = [
    { name: 'meta', type: 'application/json', content: new TextEncoder().encode('{"a":"--first"}') },
    { name: 'file', type: 'x/y', content: new TextEncoder().encode('secondsecon') },
  ]
  const { contentType } = writeMultipart(parts, () => candidates.shift()!)
  assert.is(contentType, 'multipart/form-data; boundary=third')
})

test('any name and bytes read back the same', async () => {
  const name = fc.string({ unit: 'binary', minLength: 1 })
  const file = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
    fc
      .constantFrom('\r\n--', '--', '\r\n--wechatpay-fetch-\r\n', '"; name="meta"')
      .map((text) => Buffer.from(text)),
  )
  await fc.assert(
    fc.asyncProperty(name, file, async (filename, bytes) => {
      const written = await writeForm({ file: bytes, meta: { filename } }, form, operation)
      const { data } = await readBack(written)
      assert.equal([...data.keys()], ['meta', 'file'])
      const sent = data.get('file') as File
      assert.equal(Buffer.from(await sent.arrayBuffer()), Buffer.from(bytes))
      const read = JSON.parse(data.get('meta') as string)
      assert.is(read.filename, filename)
      assert.is(read.sha256, opensslFree(bytes))
      // Some parsers undo the escapes of quotes and line breaks, and some do not.
      const escaped = filename.replace(/["\r\n]/g, (char) => encodeURIComponent(char))
      assert.ok([filename, escaped].includes(sent.name), JSON.stringify([filename, sent.name]))
    }),
  )
})

/** Node's OpenSSL, as hundreds of processes would be slow. */
function opensslFree(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

test.run()
