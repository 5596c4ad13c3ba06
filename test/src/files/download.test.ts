import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { digestStream } from '../../../src/files/digest-stream.ts'
import { type DownloadOptions, type DownloadTools, download } from '../../../src/files/file-download.ts'
import { NetworkError } from '../../../src/index.ts'
import { thrownBy } from '../../support/thrown.ts'
import { opensslDigest } from './openssl-digest.ts'
import { readAll, streamOf } from './read-all.ts'

const content = Buffer.from(Array.from({ length: 50_000 }, (_, i) => `\`${i},\`第${i * 7919}行\n`).join(''))
const packed = gzipSync(content)
const sha1 = { type: 'SHA1', value: opensslDigest('sha1', content) }
const target = '/v3/billdownload/file?token=a%2Bb'

/** How the server responds next, and what it received. */
let respond: (response: ServerResponse, request: IncomingMessage) => void
let seen: string[] = []
const server = createServer((request, response) => {
  seen.push(request.url ?? '')
  respond(response, request)
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

test.before.each(() => {
  seen = []
})
test.after(() => {
  server.closeAllConnections()
  server.close()
})

const sent: string[] = []
const others: Omit<DownloadTools, 'send' | 'baseUrl'> = {
  check: () => {},
  operationAt: async ({ pathname }) => `GET ${pathname}`,
  settled: (run) => run({ operation: 'GET', attempts: 0 }),
}
function get(options: DownloadOptions = {}, path = target) {
  return download(baseUrl + path, options, {
    baseUrl,
    ...others,
    async send(url, operation, { signal }) {
      sent.push(`${operation} at ${url}`)
      const response = await fetch(url, { redirect: 'manual', ...(signal && { signal }) })
      const bytes = response.ok ? undefined : new Uint8Array(await response.arrayBuffer())
      return { response, bytes, attempts: [], authorized: undefined }
    },
  })
}

async function contentOf(options?: DownloadOptions, path?: string): Promise<Buffer> {
  const { data } = await get(options, path)
  return readAll(data!)
}

const ways: [name: string, (response: ServerResponse) => void][] = [
  ['with its length', (response) => response.setHeader('Content-Length', content.length).end(content)],
  [
    'in chunks',
    (response) => {
      for (let at = 0; at < content.length; at += 9999) response.write(content.subarray(at, at + 9999))
      response.end()
    },
  ],
  ['until the connection closes', (response) => response.setHeader('Connection', 'close').end(content)],
]

for (const [name, way] of ways) {
  test(`a file sent ${name} is complete`, async () => {
    respond = way
    assert.ok((await contentOf({ hash: sha1 })).equals(content))
    assert.ok((await contentOf()).equals(content))
    assert.equal(seen, [target, target])
    assert.is(sent.at(-1), `GET /v3/billdownload/file at ${baseUrl}${target}`)
  })
}

test('gzip: by the tartype of the URL, or by the option; the digest is that of the content', async () => {
  respond = (response) => response.end(packed)
  assert.ok((await contentOf({ hash: sha1 }, `${target}&tartype=gzip`)).equals(content))
  assert.ok((await contentOf({ hash: sha1, gzip: true })).equals(content))
  assert.ok((await contentOf({ gzip: false }, `${target}&tartype=GZIP`)).equals(packed))
  assert.ok((await contentOf()).equals(packed))
})

for (const algorithm of ['sha1', 'sha256', 'sm3'] as const) {
  test(`${algorithm}: the right digest passes in any spelling`, async () => {
    respond = (response) => response.end(content)
    const value = opensslDigest(algorithm, content)
    for (const type of [algorithm, algorithm.toUpperCase(), algorithm.replace('sha', 'SHA-')]) {
      assert.ok((await contentOf({ hash: { type, value: value.toUpperCase() } })).equals(content))
    }
  })

  test(`${algorithm}: a wrong digest fails the stream, and only at its end`, async () => {
    respond = (response) =>
      response.setHeader('Request-ID', 'r-1').end(Buffer.concat([content, Buffer.from('x')]))
    const { data } = await get({ hash: { type: algorithm, value: opensslDigest(algorithm, content) } })
    let size = 0
    const error = await thrownBy(async () => {
      for await (const piece of data!) size += piece.length
    })
    assert.is(error.code, 'ERR_RESPONSE_DIGEST')
    assert.is(error.requestId, 'r-1')
    assert.is(error.operation, 'GET /v3/billdownload/file')
    assert.is(size, content.length + 1)
  })
}

test('an empty file has a digest too', async () => {
  respond = (response) => response.end()
  assert.is(
    (await contentOf({ hash: { type: 'SHA1', value: opensslDigest('sha1', Buffer.alloc(0)) } })).length,
    0,
  )
  assert.is((await thrownBy(() => contentOf({ hash: sha1 }))).code, 'ERR_RESPONSE_DIGEST')
})

const unusable = [
  { type: 'MD5', value: '0'.repeat(32) },
  { type: 'constructor', value: '0'.repeat(40) },
  { type: 'SHA1', value: '0'.repeat(64) },
  { type: 'SHA1', value: 'x'.repeat(40) },
  { type: 'SHA1', value: undefined as unknown as string },
]

for (const hash of unusable) {
  test(`an invalid digest is refused before the download: ${JSON.stringify(hash)}`, async () => {
    assert.is((await thrownBy(() => get({ hash }))).code, 'ERR_RESPONSE_DIGEST')
    assert.equal(seen, [])
  })
}

test('another host is refused before anything is sent', async () => {
  const before = sent.length
  const send = () => assert.unreachable() as never
  const refused = () => download('https://api.mch.weixin.qq.com.evil.com/x', {}, { ...others, send, baseUrl })
  assert.is((await thrownBy(refused)).code, 'ERR_DOWNLOAD_HOST')
  assert.is(sent.length, before)
})

const cuts: [name: string, (response: ServerResponse) => void, options?: DownloadOptions][] = [
  [
    'before its length',
    (response) => {
      response.setHeader('Content-Length', content.length)
      response.write(content.subarray(0, 200_000), () => response.destroy())
    },
  ],
  [
    'between chunks',
    (response) => {
      response.write(content.subarray(0, 200_000), () => response.destroy())
    },
  ],
  [
    'within gzip',
    (response) => {
      response.write(packed.subarray(0, packed.length >> 1), () => response.destroy())
    },
    { gzip: true },
  ],
]

for (const [name, cut, options] of cuts) {
  test(`a connection cut ${name} is a NetworkError of the stream`, async () => {
    respond = cut
    const { data } = await get({ ...options, hash: sha1 })
    const error = await thrownBy(() => readAll(data!))
    assert.instance(error, NetworkError)
    assert.is(error.code, 'ERR_NETWORK')
    assert.is(error.operation, 'GET /v3/billdownload/file')
  })
}

test('incomplete gzip in a complete response is reported as such', async () => {
  respond = (response) => response.end(packed.subarray(0, -20))
  assert.is((await thrownBy(() => contentOf({ gzip: true }))).code, 'ERR_RESPONSE_MALFORMED')
})

test('an error response is the result, as for any call', async () => {
  respond = (response) => {
    response
      .writeHead(404, { 'Request-ID': 'r-2' })
      .end('{"code":"NO_STATEMENT_EXIST","message":"账单文件不存在"}')
  }
  const { data, error, response } = await get({ hash: sha1, gzip: true })
  assert.is(data, undefined)
  assert.equal(error, {
    code: 'NO_STATEMENT_EXIST',
    message: '账单文件不存在',
    status: 404,
    requestId: 'r-2',
  })
  assert.is(response.status, 404)
  respond = (response) => response.writeHead(502).end('<html>')
  assert.is((await get()).error?.code, 'HTTP_502')
})

test('gzip in a runtime without DecompressionStream: a named error before anything is sent', async () => {
  const original = globalThis.DecompressionStream
  Reflect.deleteProperty(globalThis, 'DecompressionStream')
  try {
    respond = (response) => response.end(packed)
    const error = await thrownBy(() => get({ hash: sha1 }, `${target}&tartype=GZIP`))
    assert.is(error.code, 'ERR_CONFIG_RUNTIME')
    assert.match(error.message, 'DecompressionStream')
    assert.equal(seen, [])
    assert.ok((await contentOf({ gzip: false }, `${target}&tartype=GZIP`)).equals(packed))
  } finally {
    globalThis.DecompressionStream = original
  }
})

test('an abort fails the stream with the reason of the caller', async () => {
  respond = (response) => {
    response.write(content.subarray(0, 10_000))
  }
  const controller = new AbortController()
  const { data } = await get({ hash: sha1, signal: controller.signal })
  const reader = data!.getReader()
  await reader.read()
  const reason = new Error('enough')
  controller.abort(reason)
  const failure = await reader.read().catch((thrown) => thrown)
  assert.is(failure, reason)
})

test('an abort fails the stream with the reason itself, even if the runtime copies it', async () => {
  const controller = new AbortController()
  const { data } = await download(
    baseUrl + target,
    { signal: controller.signal },
    {
      ...others,
      baseUrl,
      async send(_, __, { signal }) {
        const body = new ReadableStream({
          start: (stream) =>
            signal?.addEventListener('abort', () => stream.error(structuredClone(signal.reason))),
        })
        return { response: new Response(body), attempts: [], authorized: undefined }
      },
    },
  )
  const reason = new Error('enough')
  const reading = data!
    .getReader()
    .read()
    .catch((thrown) => thrown)
  controller.abort(reason)
  assert.is(await reading, reason)
})

test('cancelling the stream closes the connection', async () => {
  let closed = false
  respond = (response) => {
    response.on('close', () => {
      closed = true
    })
    response.write(content)
  }
  for (const options of [{ hash: sha1 }, {}]) {
    closed = false
    const { data } = await get(options)
    const reader = data!.getReader()
    await reader.read()
    await reader.cancel()
    for (let i = 0; i < 100 && !closed; i++) await pause(10)
    assert.ok(closed)
  }
})

for (const gzip of [false, true]) {
  test(`a slow reader slows the server down${gzip ? ', with gzip too' : ''}`, async () => {
    let written = 0
    const random = crypto.getRandomValues(new Uint8Array(65_536))
    const file = gzip ? gzipSync(Buffer.concat(Array(512).fill(random))) : Buffer.alloc(32 * 1024 * 1024)
    respond = async (response) => {
      const closed = once(response, 'close')
      for (let at = 0; at < file.length && !response.destroyed; at += 65_536) {
        const more = response.write(file.subarray(at, at + 65_536))
        written = at + 65_536
        if (!more) await Promise.race([once(response, 'drain'), closed])
      }
      response.end()
    }
    const { data } = await get({ gzip, hash: sha1 })
    const reader = data!.getReader()
    await reader.read()
    await pause(200)
    assert.ok(written < file.length / 2, `${written} of ${file.length} were sent`)
    await reader.cancel()
  })
}

test('a digest stream passes bytes on at once, unchanged', async () => {
  const { stream } = streamOf(content.subarray(0, 10), content.subarray(10))
  const hash = { type: 'SHA-256', value: createHash('sha256').update(content).digest('hex') }
  assert.ok((await readAll(stream.pipeThrough(digestStream(hash)))).equals(content))
})

test.run()
