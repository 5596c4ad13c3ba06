import { randomBytes, sign } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type ClientOptions, download, WechatpayError } from '../../../src/index.ts'
import { fetches } from '../../support/fetches.ts'
import { rsaPair } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'
import { type LooseClient, looseClient } from '../../support/world.ts'

// Whatever a gateway or a custom fetch sends back, a call ends in a result or in a WechatpayError.
const merchant = rsaPair()
const platform = rsaPair()
const platformSerial = 'PUB_KEY_ID_0119000072912026010100000000000001'

let reply: (socket: Socket) => void = (socket) => socket.destroy()
let received = 0
const server = createServer((socket) => {
  socket.on('error', () => {})
  socket.once('data', () => {
    received++
    reply(socket)
  })
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
test.after(() => void server.close())
test.before.each(() => {
  received = 0
})

let fetch: ClientOptions['fetch']

function clientWith(more: Partial<ClientOptions> = {}): LooseClient {
  return looseClient({
    ...(fetch && { fetch }),
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    privateKey: merchant.privateKey,
    platform: { [platformSerial]: platform.publicKey },
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    retry: { minDelay: 1, maxDelay: 2 },
    ...more,
  } as ClientOptions)
}

function signed(body: string): string[] {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(16).toString('hex')
  const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), platform.privateKey)
  return [
    'Content-Type: application/json',
    `Wechatpay-Serial: ${platformSerial}`,
    `Wechatpay-Timestamp: ${timestamp}`,
    `Wechatpay-Nonce: ${nonce}`,
    `Wechatpay-Signature: ${signature.toString('base64')}`,
  ]
}

function answer(statusLine: string, headers: readonly string[], body: string | Buffer) {
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  const head = [`HTTP/1.1 ${statusLine}`, ...headers, length, 'Connection: close', '', ''].join('\r\n')
  return (socket: Socket) => socket.end(Buffer.concat([Buffer.from(head), Buffer.from(body)]))
}

const refund = {
  body: { out_refund_no: '1', out_trade_no: '2', amount: { refund: 1, total: 1, currency: 'CNY' } },
}

test('a fetch that returns nothing, Response.error() or no Response', async () => {
  for (const returned of [undefined, null, {}, 'text', Response.error()]) {
    const client = clientWith({ fetch: async () => returned as Response })
    assert.is((await thrownBy(() => client.GET('/v3/a'))).code, 'ERR_NETWORK', String(returned))
  }
})

test('a global fetch that was replaced is not believed that a connection was refused', async () => {
  const { fetch } = globalThis
  let sent = 0
  globalThis.fetch = async () => {
    sent++
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { syscall: 'connect' }) })
  }
  try {
    const error = await thrownBy(() => clientWith().POST('/v3/smartguide/guides', { body: {} }))
    assert.is(error.code, 'ERR_NETWORK')
    assert.is(sent, 1)
  } finally {
    globalThis.fetch = fetch
  }
})

for (const [way, own] of Object.entries(fetches)) {
  test(`a signed refund whose reason phrase is Chinese is data (${way})`, async () => {
    fetch = own
    reply = answer('200 成功', signed('{"refund_id":"1"}'), '{"refund_id":"1"}')
    const { data } = await clientWith().POST('/v3/refund/domestic/refunds', refund)
    assert.equal(data, { refund_id: '1' })
  })

  test(`a status beyond 599 is a NetworkError, tried again when that is safe (${way})`, async () => {
    fetch = own
    reply = answer('799 Odd', [], '{}')
    const safe = await thrownBy(() => clientWith().POST('/v3/refund/domestic/refunds', refund))
    assert.is(safe.code, 'ERR_NETWORK')
    assert.match(safe.message, 'status 799')
    assert.is(received, 3)
    const once = await thrownBy(() => clientWith().POST('/v3/smartguide/guides', { body: {} }))
    assert.is(once.code, 'ERR_NETWORK')
    assert.is(received, 4)
  })

  test(`half a megabyte of gzip that unpacks to 512 MB is refused before it is unpacked whole (${way})`, async () => {
    fetch = own
    const packed = gzipSync(Buffer.alloc(512 * 1024 * 1024, ' '), { level: 1 })
    reply = answer('200 OK', [...signed('x'), 'Content-Encoding: gzip'], packed)
    const before = process.memoryUsage().rss
    const error = await thrownBy(() => clientWith().GET('/v3/a'))
    assert.is(error.code, 'ERR_RESPONSE_TOO_LARGE')
    assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024)
  })

  test(`maxResponseBytes: one byte more is refused, an error response keeps its status (${way})`, async () => {
    fetch = own
    const body = JSON.stringify({ text: 'x'.repeat(100) })
    reply = answer('200 OK', signed(body), body)
    const { data } = await clientWith({ maxResponseBytes: body.length }).GET('/v3/a')
    assert.equal(data, JSON.parse(body))
    const error = await thrownBy(() => clientWith({ maxResponseBytes: body.length - 1 }).GET('/v3/a'))
    assert.is(error.code, 'ERR_RESPONSE_TOO_LARGE')
    reply = answer('400 Bad Request', [], body)
    const refused = await clientWith({ maxResponseBytes: body.length - 1 }).GET('/v3/a')
    assert.is(refused.error?.code, 'HTTP_400')
    assert.is((await thrownBy(() => clientWith({ maxResponseBytes: 0 }))).code, 'ERR_CONFIG')
  })

  test(`a header that fetch refuses is a RequestError: nothing was sent (${way})`, async () => {
    fetch = own
    reply = answer('200 OK', signed('{}'), '{}')
    for (const header of ['Transfer-Encoding', 'Expect', 'Connection']) {
      const error = await thrownBy(() =>
        clientWith().POST('/v3/a', { body: {}, headers: { [header]: 'nonsense' } }),
      )
      assert.is(error.code, 'ERR_REQUEST', header)
      assert.is(received, 0)
    }
  })

  test(`a header that HTTP does not allow is named, its value is not (${way})`, async () => {
    fetch = own
    const error = await thrownBy(() => clientWith().GET('/v3/a', { headers: { 'X-Token': 'secret\n令牌' } }))
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, 'X-Token')
    assert.not.match(printed(error), 'secret')
  })

  test(`a 206 that was not requested is not a whole file (${way})`, async () => {
    fetch = own
    reply = answer('206 Partial Content', ['Content-Range: bytes 0-3/8'], 'half')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3/billdownload/file?token=x`
    const error = await thrownBy(() => download(clientWith(), url))
    assert.is(error.code, 'ERR_RESPONSE_MALFORMED')
    const wrong = await thrownBy(() => download(clientWith(), url, { hash: null as never }))
    assert.match(wrong.message, 'hash must be')
  })

  test(`any status line, header and body: a result or a WechatpayError (${way})`, async () => {
    fetch = own
    const client = clientWith({ retry: false, timeout: 2_000 })
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) => value.replace(/[\r\n]/g, ''))
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 999 }),
        text,
        fc.dictionary(fc.stringMatching(/^[A-Za-z-]{1,12}$/), text, { maxKeys: 3 }),
        fc.boolean(),
        fc.oneof(fc.string(), fc.json()),
        async (status, reason, headers, isSigned, body) => {
          const lines = Object.entries(headers).map(([name, value]) => `X-${name}: ${value}`)
          reply = answer(`${status} ${reason}`, isSigned ? [...lines, ...signed(body)] : lines, body)
          try {
            const { response } = await client.POST('/v3/smartguide/guides', { body: {} })
            assert.ok(response.status >= 200)
          } catch (error) {
            if (!(error instanceof WechatpayError)) throw error
          }
        },
      ),
      { numRuns: 150 },
    )
  })
}

test.run()
