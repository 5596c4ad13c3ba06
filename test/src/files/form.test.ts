import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Form, operations } from '../../../generated/operations.ts'
import { writeForm } from '../../../src/files/form.ts'
import { writeMultipart } from '../../../src/files/multipart.ts'
import { thrownBy } from '../../support/thrown.ts'
import { opensslDigest } from './openssl-digest.ts'

const operation = 'POST /v3/merchant/media/upload'
const form = operations[operation]!.form!
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46])
const digest = opensslDigest('sha256', jpeg)
const meta = { filename: 'a.jpg' }

/** The parts, as the platform's own parser reads them, and the file's own header as it went out. */
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
  test(`${name} goes out whole, with its digest in the signed text`, async () => {
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

test('every upload of the table: its own names, its own digest', async () => {
  const uploads = Object.entries(operations).filter(([, traits]) => traits.form)
  assert.ok(uploads.length >= 14)
  for (const [name, traits] of uploads) {
    const own: Form = traits.form!
    const written = await writeForm({ [own.file]: jpeg, [own.signed]: { a: 1 } }, own, name)
    const algorithm = own.algorithm === 'SM3' ? 'sm3' : 'sha256'
    assert.equal(JSON.parse(written.signed), { a: 1, [own.digest]: opensslDigest(algorithm, jpeg) }, name)
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
  test(`a FormData's JSON text with the right digest stays as it is: ${text.slice(0, 12)}`, async () => {
    for (const part of [text, new Blob([text], { type: 'application/json' })]) {
      const written = await writeForm(formData(new Blob([jpeg]), part), form, operation)
      assert.is(written.signed, text)
      const { data } = await readBack(written)
      assert.is(data.get('meta'), text)
    }
  })
}

test('a JSON text without the digest gets it behind its last field; numbers keep their digits', async () => {
  const written = await writeForm(
    formData(new Blob([jpeg]), '{"id":12345678901234567890}\n'),
    form,
    operation,
  )
  assert.is(written.signed, `{"id":12345678901234567890,"sha256":"${digest}"}`)
  const empty = await writeForm(formData(new Blob([jpeg]), '{ }'), form, operation)
  assert.equal(JSON.parse(empty.signed), { sha256: digest })
})

test('what the caller seals is what is sent and signed', async () => {
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
  test(`the file is called ${filename} and is ${type}`, async () => {
    const { text } = await readBack(await writeForm({ file, meta: given }, form, operation))
    assert.ok(text.includes(`name="file"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`), text)
  })
}

test('a Blob in a FormData has no name of its own', async () => {
  const { text } = await readBack(await writeForm(formData(new Blob([jpeg]), '{}'), form, operation))
  assert.ok(text.includes('filename="file.jpg"'))
})

const refused: [name: string, body: unknown, says: RegExp][] = [
  [
    'a wrong digest',
    { file: jpeg, meta: { sha256: '0'.repeat(64) } },
    /meta\.sha256 is not the file’s SHA-256/,
  ],
  ['an empty digest', { file: jpeg, meta: { sha256: '' } }, /is not the file’s/],
  ['null for a digest', { file: jpeg, meta: { sha256: null } }, /is not the file’s/],
  ['a wrong digest in a text', formData(new Blob([jpeg]), '{"sha256":"00"}'), /is not the file’s/],
  ['no file', { meta }, /part file is missing/],
  ['an undefined file', { file: undefined, meta }, /part file is missing/],
  ['no meta', { file: jpeg }, /part meta is missing/],
  ['another part', { file: jpeg, meta, image: jpeg }, /part "image"/],
  ['a meta that is a list', { file: jpeg, meta: [] }, /part meta is neither/],
  ['a meta that is no JSON', formData(new Blob([jpeg]), 'filename=a.jpg'), /part meta is neither/],
  ['a meta of JSON that is no object', formData(new Blob([jpeg]), '"a"'), /part meta is neither/],
  ['null', null, /neither an object nor a FormData/],
  ['the file itself', new Blob([jpeg]), /neither an object nor a FormData/],
  ['bytes themselves', jpeg, /neither an object nor a FormData/],
  ['a path for a file', { file: '/tmp/a.jpg', meta }, /but a string/],
  ['an empty file', { file: new Blob([]), meta }, /is empty/],
  ['a stream of strings', { file: streamOf('text'), meta }, /gives a string/],
  ['a Node stream', { file: new (class Readable {})(), meta }, /but a Readable/],
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

test('a part that comes twice is refused', async () => {
  const data = formData(new Blob([jpeg]), '{}')
  data.append('meta', '{}')
  assert.match((await thrownBy(() => writeForm(data, form, operation))).message, /meta twice/)
})

test('a stream that never ends is left at the limit, and cancelled', async () => {
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

test('a stream that fails or is read already is told', async () => {
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

test('bytes that change while they are digested do not go out changed', async () => {
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

test('whatever the name and the bytes are, they read back the same', async () => {
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
      const told = JSON.parse(data.get('meta') as string)
      assert.is(told.filename, filename)
      assert.is(told.sha256, opensslFree(bytes))
      // Parsers give a quote and line breaks back, as the escapes are theirs to read.
      const escaped = filename.replace(/["\r\n]/g, (char) => encodeURIComponent(char))
      assert.ok([filename, escaped].includes(sent.name), JSON.stringify([filename, sent.name]))
    }),
  )
})

/** Hundreds of OpenSSL processes would take their time: the same library inside Node. */
function opensslFree(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

test.run()
