import type { Socket } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { parseBill } from '../../../src/files/bills.ts'
import { createNotifications } from '../../../src/webhooks/index.ts'
import { type Attack, attack } from '../attack.ts'
import { clientWith, faulty, platform, refused } from '../target.ts'

const on = 'sizes'
const client = clientWith({ retry: false })
const large = Buffer.alloc(64 * 1024 * 1024, ' ')
const packers = {
  gzip: () => gzipSync(large, { level: 1 }),
  deflate: () => deflateSync(large, { level: 1 }),
  br: () => brotliCompressSync(large, { params: { 1: 1 } }),
}

function bomb(socket: Socket, answer: string, encoding: keyof typeof packers): void {
  const packed = packers[encoding]()
  const head = answer.replace(
    /Content-Length: \d+/,
    `Content-Length: ${packed.length}\r\nContent-Encoding: ${encoding}`,
  )
  socket.write(head)
  socket.end(packed)
}

function endless(socket: Socket, head: string): void {
  socket.write(head.replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked'))
  const piece = `10000\r\n${'x'.repeat(65_536)}\r\n`
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  }
  socket.on('drain', more)
  more()
}

/** More than anybody wants to hold in memory. */
export const attacks: Attack[] = [
  attack(on, 'compressed bombs', ['gzip', 'deflate', 'br'] as const, async (encoding) => {
    const before = process.memoryUsage().rss
    faulty.fault = ({ socket, answer }) => bomb(socket, answer(''), encoding)
    await refused(() => client.GET('/v3/a'), /^ERR_RESPONSE_TOO_LARGE$/)
    assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024)
  }),
  attack(on, 'compressed bombs as errors', ['gzip'] as const, async (encoding) => {
    faulty.fault = ({ socket, answer }) => bomb(socket, answer('', { status: '400 Bad' }), encoding)
    assert.is((await client.GET('/v3/a')).error?.code, 'HTTP_400')
  }),
  attack(on, 'answers without an end', ['200 OK', '503 Busy'], async (status) => {
    faulty.fault = ({ socket, answer }) => endless(socket, answer('', { status }))
    if (status === '200 OK') await refused(() => client.GET('/v3/a'), /^ERR_RESPONSE_TOO_LARGE$/)
    else assert.is((await client.GET('/v3/a')).error?.code, 'HTTP_503')
  }),
  attack(on, 'bills without a line break, or without an end of a row', ['x', 'a,b,c\n`1,x\n'], (start) =>
    refused(async () => {
      async function* pieces() {
        yield new TextEncoder().encode(start)
        const piece = new TextEncoder().encode(start === 'x' ? 'x'.repeat(65_536) : 'x\n'.repeat(1000))
        for (let taken = 0; ; taken++) {
          assert.ok(taken < 1000, 'read on and on')
          yield piece
        }
      }
      for await (const _ of parseBill(pieces()));
    }, /^ERR_BILL_MALFORMED$/),
  ),
  attack(on, 'notifications of 2 MiB', [2 * 1024 * 1024], async (length) => {
    const options = { apiV3Key: 'x'.repeat(32), platform: { PUB_KEY_ID_1: platform.publicKey } }
    const { handler } = createNotifications(options)
    const request = new Request('https://example.com', { method: 'POST', body: 'x'.repeat(length) })
    const { status } = await handler({})(request)
    assert.ok(status >= 400 && status < 500, String(status))
  }),
]
