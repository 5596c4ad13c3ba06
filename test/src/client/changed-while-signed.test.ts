import { constants, createHash, privateDecrypt, sign } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ClientOptions } from '../../../src/index.ts'
import { rsaPair } from '../../support/keys.ts'
import { startSignatureJudge } from '../../support/signature-judge.ts'
import { thrownBy } from '../../support/thrown.ts'
import { looseClient, mchid, platformSerial, serial } from '../../support/world.ts'

// What is signed is what is sent, and what is sent is what was passed to the call: whatever the caller's objects do
// afterwards. The signature is made by a remote signer, which takes a while, and verified over what arrives at a socket.
const merchant = rsaPair()
const platform = rsaPair()
const server = await startSignatureJudge(merchant.publicKey)
test.after(() => server.close())

/** Runs while a request is being signed. */
let meanwhile: () => void = () => {}

const options = {
  mchid,
  serial,
  privateKey: {
    async sign(message: Uint8Array) {
      await new Promise((resolve) => setTimeout(resolve, 2))
      meanwhile()
      return sign('sha256', message, merchant.privateKey).toString('base64')
    },
  },
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: server.url,
  retry: { minDelay: 1, maxDelay: 2 },
}
const client = looseClient(options as ClientOptions)

test.before.each(() => {
  server.arrived.length = 0
  server.statuses.length = 0
  meanwhile = () => {}
})

/** When the caller changes what it passed: as soon as the call returned its promise, or while it is signed. */
const moments = ['at once', 'while it is signed'] as const

async function changed(moment: (typeof moments)[number], call: () => Promise<unknown>, change: () => void) {
  if (moment === 'while it is signed') meanwhile = change
  const calling = call()
  if (moment === 'at once') change()
  await calling
}

/** Answers differently each time that it is read. */
function fickle(first: unknown, later: unknown) {
  let reads = 0
  return {
    get: () => (++reads === 1 ? first : later),
    enumerable: true,
    configurable: true,
  }
}

/** An object each of whose properties changes once it was read. */
function fickleProxy<T extends object>(target: T, later: unknown): T {
  const seen = new Set<string | symbol>()
  return new Proxy(target, {
    get(object, name) {
      if (typeof name === 'symbol' || !Object.hasOwn(object, name) || !seen.has(name)) {
        seen.add(name)
        return Reflect.get(object, name)
      }
      return later
    },
  })
}

function arrivedOnce() {
  assert.is(server.arrived.length, 1)
  const [only] = server.arrived
  assert.ok(only!.signed, `the signature does not cover ${only!.line} ${only!.text}`)
  return only!
}

for (const moment of moments) {
  test(`a GET whose parameters change ${moment}`, async () => {
    const path: Record<string, unknown> = { out_trade_no: '1217752501201407033233368018' }
    const query: Record<string, unknown> = { mchid: '1900000109' }
    const init = { params: { path, query }, headers: { 'X-A': 'a' } }
    await changed(
      moment,
      () => client.GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', init),
      () => {
        path['out_trade_no'] = '../../refunds'
        query['mchid'] = '1900000001'
        query['more'] = 'x'
        init.params = { path: { out_trade_no: '2' }, query: {} }
        init.headers['X-A'] = 'b\n'
      },
    )
    const target = '/v3/pay/transactions/out-trade-no/1217752501201407033233368018?mchid=1900000109'
    assert.is(arrivedOnce().line, `GET ${target}`)
  })

  test(`a GET whose list in the query changes ${moment}`, async () => {
    const list = ['a', 'b']
    await changed(
      moment,
      () => client.GET('/v3/certificates', { params: { query: { list } } }),
      () => void list.splice(0, 1, 'c', 'd'),
    )
    assert.is(arrivedOnce().line, 'GET /v3/certificates?list=a&list=b')
  })

  test(`a POST whose body changes ${moment}`, async () => {
    const body = { description: '图书', amount: { total: 1 }, goods: [{ id: '1' }] }
    const text = JSON.stringify(body)
    await changed(
      moment,
      () => client.POST('/v3/pay/transactions/native', { body }),
      () => {
        body.amount.total = 1_000_000
        body.goods.push({ id: '2' })
        Object.assign(body, { description: '別', more: 'x' })
      },
    )
    assert.is(arrivedOnce().text, text)
  })

  test(`a sensitive field that changes ${moment}`, async () => {
    const body = { name: '张三', mobile: '13900000000' }
    await changed(
      moment,
      () => client.POST('/v3/smartguide/guides', { body }),
      () => void Object.assign(body, { name: '李四', mobile: '0' }),
    )
    const sent = JSON.parse(arrivedOnce().text)
    assert.equal([opened(sent.name), opened(sent.mobile)], ['张三', '13900000000'])
  })

  test(`a body with a middleware in between, changed ${moment}`, async () => {
    const body = { description: '图书' }
    const middleware = [{ onRequest: ({ request }: { request: Request }) => new Request(request) }]
    await changed(
      moment,
      () => client.POST('/v3/pay/transactions/native', { body, middleware }),
      () => void Object.assign(body, { description: '別' }),
    )
    assert.is(arrivedOnce().text, '{"description":"图书"}')
  })
}

function opened(text: string): string {
  const { RSA_PKCS1_OAEP_PADDING: padding } = constants
  return privateDecrypt({ key: platform.privateKey, padding }, Buffer.from(text, 'base64')).toString()
}

test('a GET with getters and proxies: each is read once', async () => {
  const query = Object.defineProperties({}, { mchid: fickle('1', '2') })
  const path = fickleProxy({ out_trade_no: 'a' }, 'b')
  const init = Object.defineProperties({}, { params: fickle({ path, query }, { path: {}, query: {} }) })
  await client.GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', init)
  assert.is(arrivedOnce().line, 'GET /v3/pay/transactions/out-trade-no/a?mchid=1')
})

test('a POST with getters, proxies and toJSON: each is read once', async () => {
  const body = Object.defineProperties({}, { description: fickle('图书', '別') })
  Object.assign(body, { amount: fickleProxy({ total: 1 }, 2), at: { toJSON: fickle('a', 'b').get } })
  const init = Object.defineProperties({}, { body: fickle(body, { description: '別' }) })
  await client.POST('/v3/pay/transactions/native', init)
  assert.is(arrivedOnce().text, '{"description":"图书","amount":{"total":1},"at":"a"}')
})

test('attempts that are repeated send the same body, each signed', async () => {
  server.statuses = [503, 503, 400]
  const body = { out_trade_no: '1217752501201407033233368018', amount: { total: 1 } }
  const text = JSON.stringify(body)
  meanwhile = () => {
    body.amount.total++
    body.out_trade_no = ''
  }
  await client.POST('/v3/pay/transactions/native', { body })
  assert.equal(
    server.arrived.map(({ text, signed }) => ({ text, signed })),
    Array(3).fill({ text, signed: true }),
  )
})

const upload = '/v3/merchant/media/upload'
const content = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)
const bytes = Buffer.from(content)

function uploadedOnce(filename = 'a.png') {
  const only = arrivedOnce()
  assert.ok(only.digested, 'meta has the digest of another file')
  assert.ok(only.file!.equals(bytes), 'another file was sent')
  assert.is(only.filename, filename)
  assert.is(JSON.parse(only.text).filename, filename)
}

/** Files whose bytes can be changed after they were passed. */
const files: Record<string, () => { file: unknown; change(): void }> = {
  'a Uint8Array'() {
    const file = content.slice()
    return { file, change: () => void file.fill(0) }
  },
  'an ArrayBuffer'() {
    const file = content.slice().buffer
    return { file, change: () => void new Uint8Array(file).fill(0) }
  },
  'a Buffer, which is a view into a pool'() {
    const file = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]).subarray(6, 5006)
    return { file, change: () => void file.fill(0) }
  },
  'an array over shared memory'() {
    const file = new Uint8Array(new SharedArrayBuffer(content.length))
    file.set(content)
    return { file, change: () => void file.fill(0) }
  },
  'an ArrayBuffer that is given away'() {
    const file = content.slice().buffer
    return { file, change: () => void structuredClone(file, { transfer: [file] }) }
  },
  'a Blob of an array'() {
    const source = content.slice()
    return { file: new Blob([source]), change: () => void source.fill(0) }
  },
}

for (const [name, make] of Object.entries(files)) {
  for (const moment of moments) {
    test(`an upload of ${name}, changed ${moment}`, async () => {
      const { file, change } = make()
      await changed(
        moment,
        () => client.POST(upload, { body: { file, meta: { filename: 'a.png' } } }),
        change,
      )
      uploadedOnce()
    })
  }
}

for (const moment of moments) {
  test(`an upload whose meta and parts change ${moment}`, async () => {
    const meta: Record<string, unknown> = { filename: 'a.png' }
    const body: Record<string, unknown> = { file: content, meta }
    await changed(
      moment,
      () => client.POST(upload, { body }),
      () => {
        Object.assign(meta, { filename: 'b.png', sha256: '0'.repeat(64), more: 'x' })
        Object.assign(body, { file: new Uint8Array([1]), meta: { filename: 'c.png' }, other: 1 })
      },
    )
    uploadedOnce()
  })

  test(`an upload whose FormData changes ${moment}`, async () => {
    const body = new FormData()
    body.append('meta', '{"filename":"a.png"}')
    body.append('file', new Blob([content]), 'other.png')
    await changed(
      moment,
      () => client.POST(upload, { body }),
      () => {
        body.set('meta', '{"filename":"b.png"}')
        body.set('file', new Blob(['别']))
        body.append('file', new Blob(['别']))
      },
    )
    uploadedOnce()
  })
}

test('an upload with getters and proxies: each is read once', async () => {
  const digest = createHash('sha256').update(content).digest('hex')
  const metas = [
    Object.defineProperties({}, { filename: fickle('a.png', 'b.png') }),
    Object.defineProperties({ filename: 'a.png' }, { sha256: fickle(digest, '0'.repeat(64)) }),
    fickleProxy({ filename: 'a.png', sha256: digest }, 'b.png'),
  ]
  for (const meta of metas) {
    server.arrived.length = 0
    const body = Object.defineProperties({ meta }, { file: fickle(content, new Uint8Array([1])) })
    await client.POST(upload, { body })
    uploadedOnce()
  }
})

test('a File that returns memory of its own, which it writes to again, and other bytes each time', async () => {
  class Fickle extends File {
    private readonly own = content.slice()
    private reads = 0
    override async arrayBuffer() {
      if (++this.reads > 1) return new ArrayBuffer(1)
      setTimeout(() => this.own.fill(0), 0)
      return this.own.buffer
    }
  }
  await client.POST(upload, { body: { file: new Fickle([], 'b.png'), meta: { filename: 'a.png' } } })
  uploadedOnce()
})

test('a meta that is a text or a Blob of one is sent as it is', async () => {
  for (const meta of ['{ "filename":"a.png"}', new Blob(['{"filename":"a.png" }'])]) {
    server.arrived.length = 0
    await client.POST(upload, { body: { file: content, meta } })
    uploadedOnce()
  }
})

test('what is not a form is refused, and nothing is sent', async () => {
  const bodies = [null, '', 'a', 7, [], {}, { file: content }, content, new Blob([content])]
  const metas = [[], new Uint8Array([1]), 7, null, 'a', '[]']
  for (const body of [...bodies, ...metas.map((meta) => ({ file: content, meta }))]) {
    const error = await thrownBy(() => client.POST(upload, { body }))
    assert.is(error.code, 'ERR_UPLOAD')
    assert.match(error.message, /must be an object|has no part/)
  }
  assert.is(server.arrived.length, 0)
})

test('a buffer that was given away before the call is empty', async () => {
  for (const make of [(buffer: ArrayBuffer) => buffer, (buffer: ArrayBuffer) => new Uint8Array(buffer)]) {
    const { buffer } = content.slice()
    const file = make(buffer)
    structuredClone(buffer, { transfer: [buffer] })
    const error = await thrownBy(() => client.POST(upload, { body: { file, meta: { filename: 'a.png' } } }))
    assert.is(error.code, 'ERR_UPLOAD')
    assert.match(error.message, 'the file is empty')
  }
  assert.is(server.arrived.length, 0)
})

test('a stream that fills the same array again and again', async () => {
  const piece = new Uint8Array(1000)
  let at = 0
  const file = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (at === content.length) return controller.close()
        piece.set(content.subarray(at, at + 1000))
        at += 1000
        controller.enqueue(piece)
      },
    },
    { highWaterMark: 0 },
  )
  await client.POST(upload, { body: { file, meta: { filename: 'a.png' } } })
  uploadedOnce()
})

test('a middleware that changes a form is refused, and one that does not is not', async () => {
  const rewriting = (from: string, to: string) => ({
    async onRequest({ request }: { request: Request }) {
      const text = Buffer.from(await request.arrayBuffer()).toString('latin1')
      const body = Buffer.from(text.replace(from, to), 'latin1')
      return new Request(request.url, { method: 'POST', headers: request.headers, body })
    },
  })
  const body = { file: content, meta: { filename: 'a.png' } }
  const emptying = { onRequest: async ({ request }: { request: Request }) => new Request(request.url) }
  for (const one of [rewriting('a.png', 'b.png'), rewriting('a.png', 'ab.png'), emptying]) {
    const error = await thrownBy(() => client.POST(upload, { body, middleware: [one] }))
    assert.is(error.code, 'ERR_CONFIG_MIDDLEWARE')
    assert.match(error.message, 'a middleware changed the form')
  }
  assert.is(server.arrived.length, 0)
  await client.POST(upload, { body, middleware: [rewriting('', '')] })
  uploadedOnce()
})

test.run()
