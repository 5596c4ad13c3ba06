import { randomBytes, sign } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { WechatpayError } from '../../src/index.ts'
import { lastingPair, stranger } from '../support/keys.ts'
import { type LooseClient, looseClient, mchid, platformSerial, serial } from '../support/world.ts'

/** An answer as odd as a gateway, a proxy or an attacker makes it. */
export interface FuzzedAnswer {
  /** After `HTTP/1.1 `. */
  status: string
  headers: string[]
  body: string
  signed: 'rightly' | 'not' | 'by a stranger' | 'long ago' | 'for another body'
  coding:
    | 'plain'
    | 'gzip'
    | 'deflate'
    | 'said to be gzip'
    | 'chunked'
    | 'chunked badly'
    | 'too short'
    | 'too long'
  call: keyof typeof calls
}

const calls = {
  get: (client: LooseClient) => client.GET('/v3/a'),
  query: (client: LooseClient) =>
    client.GET('/v3/pay/transactions/id/{transaction_id}', { params: { path: { transaction_id: '1' } } }),
  post: (client: LooseClient) => client.POST('/v3/smartguide/guides', { body: {} }),
  refund: (client: LooseClient) =>
    client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: '1', amount: { refund: 1 } } }),
  list: (client: LooseClient) => client.GET('/v3/certificates'),
}

const line = (maxLength: number) =>
  fc
    .oneof(fc.string({ unit: 'grapheme', maxLength }), fc.string({ unit: 'binary', maxLength }))
    .map((text) => text.replace(/[\r\n]/g, ''))

const name = fc.oneof(
  fc.constantFrom(
    ...['Wechatpay-Serial', 'Wechatpay-Timestamp', 'Wechatpay-Nonce', 'Wechatpay-Signature', 'Request-ID'],
    ...['Content-Type', 'Content-Encoding', 'Content-Length', 'Transfer-Encoding', 'Retry-After', 'Location'],
    ...['Connection', 'Set-Cookie', 'Trailer', 'Upgrade', '__proto__', 'constructor'],
  ),
  fc.stringMatching(/^[!-9;-~]{1,12}$/),
)
const value = fc.oneof(
  line(20),
  fc.constantFrom(
    '0',
    '-1',
    '1e9',
    platformSerial,
    'gzip',
    'br',
    'chunked',
    'close',
    'application/json',
    '/x',
  ),
)

/** Any answer; most of them nearly right. */
export const fuzzedAnswer: fc.Arbitrary<FuzzedAnswer> = fc.record({
  status: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('200 OK', '200 成功', '204 No Content', '400 Bad Request') },
    { weight: 2, arbitrary: fc.tuple(fc.nat({ max: 999 }), line(8)).map((parts) => parts.join(' ')) },
    { weight: 1, arbitrary: line(12) },
  ),
  headers: fc.array(
    fc.tuple(name, value).map((parts) => parts.join(': ')),
    { maxLength: 3 },
  ),
  body: fc.oneof(fc.json(), fc.constantFrom('', '{}', '{"code":"X"}', '{"__proto__":{"x":1}}'), line(40)),
  signed: fc.constantFrom('rightly', 'rightly', 'not', 'by a stranger', 'long ago', 'for another body'),
  coding: fc.oneof(
    { weight: 5, arbitrary: fc.constant('plain' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...([
          'gzip',
          'deflate',
          'said to be gzip',
          'chunked',
          'chunked badly',
          'too short',
          'too long',
        ] as const),
      ),
    },
  ),
  call: fc.constantFrom(...(Object.keys(calls) as (keyof typeof calls)[])),
})

const platform = lastingPair()
const merchant = lastingPair()

/** A WeChat Pay on a raw socket, a client, and what must hold for any answer. */
export interface Answering {
  /** @throws when a call ends in anything but a verified result, an error response or a WechatpayError */
  check(answer: FuzzedAnswer): Promise<void>
  close(): void
}

/** Starts one. */
export async function startAnswering(): Promise<Answering> {
  let next: Buffer
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
    socket.once('data', () => socket.end(next))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const client = looseClient({
    mchid,
    serial,
    privateKey: merchant.privateKey,
    platform: { [platformSerial]: platform.publicKey },
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    retry: false,
    timeout: 5_000,
  })
  return {
    async check(answer) {
      next = bytesOf(answer)
      const outcome = await calls[answer.call](client).catch((thrown: unknown) => thrown)
      if (outcome instanceof WechatpayError) return
      assert.not.instance(outcome, Error, String(outcome))
      const { data, error, response } = outcome as Awaited<ReturnType<LooseClient['GET']>>
      assert.ok(response.ok ? error === undefined : data === undefined, 'either data or an error')
      if (!response.ok) return
      assert.is(answer.signed, 'rightly')
      assert.equal(data, answer.body === '' || response.status === 204 ? undefined : JSON.parse(answer.body))
    },
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

function bytesOf({ status, headers, body, signed, coding }: FuzzedAnswer): Buffer {
  const timestamp = String(Math.floor(Date.now() / 1000) - (signed === 'long ago' ? 3600 : 0))
  const nonce = randomBytes(16).toString('hex')
  const text = signed === 'for another body' ? `${body} ` : body
  const key = signed === 'by a stranger' ? stranger().privateKey : platform.privateKey
  const signature = () => sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${text}\n`), key)
  const { sent, lines } = coded(Buffer.from(body), coding)
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    ...lines,
    ...(signed === 'not'
      ? []
      : [
          `Wechatpay-Serial: ${platformSerial}`,
          `Wechatpay-Timestamp: ${timestamp}`,
          `Wechatpay-Nonce: ${nonce}`,
          `Wechatpay-Signature: ${signature().toString('base64')}`,
        ]),
    ...headers,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), sent])
}

function coded(body: Buffer, coding: FuzzedAnswer['coding']): { sent: Buffer; lines: string[] } {
  const whole = (sent: Buffer, encoding?: string, length = sent.length) => ({
    sent,
    lines: [`Content-Length: ${length}`, ...(encoding ? [`Content-Encoding: ${encoding}`] : [])],
  })
  const chunk = `${body.length.toString(16)}\r\n`
  switch (coding) {
    case 'gzip':
      return whole(gzipSync(body), 'gzip')
    case 'deflate':
      return whole(deflateSync(body), 'deflate')
    case 'said to be gzip':
      return whole(body, 'gzip')
    case 'too short':
      return whole(body, undefined, body.length + 1)
    case 'too long':
      return whole(Buffer.concat([body, Buffer.from('x')]), undefined, body.length)
    case 'chunked': {
      const parts = body.length > 0 ? [Buffer.from(chunk), body, Buffer.from('\r\n')] : []
      return {
        sent: Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]),
        lines: ['Transfer-Encoding: chunked'],
      }
    }
    case 'chunked badly':
      return { sent: Buffer.concat([Buffer.from(chunk), body]), lines: ['Transfer-Encoding: chunked'] }
    default:
      return whole(body)
  }
}
