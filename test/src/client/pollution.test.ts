import { randomBytes, sign } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient } from '../../../src/index.ts'
import { rsaPair } from '../../support/keys.ts'

// A neighbour package that merges a JSON body into Object.prototype must not turn verification, signing or encryption
// off, and must not choose a host.
const merchant = rsaPair()
const platform = rsaPair()
const platformSerial = 'PUB_KEY_ID_0119000072912026010100000000000001'
const elsewhere = 'http://127.0.0.1:9'

const hostile: Record<string, unknown> = {
  // traits of operations
  unsigned: true,
  unauthorized: true,
  file: true,
  digest: 'X-Digest',
  servers: [elsewhere],
  form: { signed: 'meta', digests: [] },
  idempotencyKey: 'description',
  request: { json: ['description'] },
  response: { encrypted: ['description'] },
  query: { out_trade_no: '1' },
  encrypted: ['description'],
  json: ['description'],
  // options of a client
  mchid: '1',
  brandId: '1',
  serial: 'ABCDEF0123456789',
  privateKey: 'no key',
  platform: { PUB_KEY_ID_1: 'no key' },
  certificates: 'auto',
  apiV3Key: 'x'.repeat(32),
  baseUrl: elsewhere,
  backupUrl: elsewhere,
  headers: { Authorization: 'none' },
  middleware: [{ onResponse: 1 }],
  retry: { attempts: 9, minDelay: 1 },
  timeout: 1,
  deadline: 1,
  hooks: {},
  clock: 0,
  // options of a call, and what openapi-fetch, Request and Response read
  params: { path: { x: '1' } },
  path: { x: '1' },
  header: { Authorization: 'none' },
  cookie: { x: '1' },
  body: '{"polluted":true}',
  parseAs: 'stream',
  signal: {},
  fetch: {},
  Request: {},
  querySerializer: {},
  bodySerializer: {},
  pathSerializer: {},
  requestInitExt: {},
  redirect: 'follow',
  method: 'DELETE',
  mode: 'no-cors',
  credentials: 'include',
  cache: 'only-if-cached',
  integrity: 'sha256-x',
  duplex: 'full',
  status: 500,
  statusText: '成功',
}

interface Sent {
  url: string
  method: string
  authorization: string | null
  redirect: string
  body: string
}

async function exchange(tampered: boolean) {
  const sent: Sent[] = []
  const client = createClient({
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    privateKey: merchant.privateKey,
    platform: { [platformSerial]: platform.publicKey },
    async fetch(request) {
      const { url, method, redirect } = request
      const authorization = request.headers.get('Authorization')
      sent.push({ url, method, redirect, authorization, body: await request.text() })
      return signed('{"code_url":"weixin://x"}', tampered)
    },
  })
  const native = await client
    .POST('/v3/pay/transactions/native', {
      body: {
        appid: 'wxd678efh567hg6787',
        mchid: '1900007291',
        description: '图书',
        out_trade_no: '1217752501201407033233368018',
        notify_url: 'https://example.com/notify',
        amount: { total: 1 },
      },
    })
    .then(({ data, error }) => data ?? error)
    .catch((error: unknown) => (error as { code: string }).code)
  const listed = await client
    .GET('/v3/certificates')
    .then(({ data, error }) => data ?? error)
    .catch((error: unknown) => (error as { code: string }).code)
  return { results: [native, listed], sent: sent.map((one) => ({ ...one, authorization: scheme(one) })) }
}

function isCode(result: unknown): boolean {
  return /^ERR_/.test(String(result))
}

function scheme({ authorization }: Sent): string | undefined {
  return authorization?.split(' ', 1)[0]
}

function signed(body: string, tampered: boolean): Response {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(16).toString('hex')
  const message = Buffer.from(`${timestamp}\n${nonce}\n${body}\n`)
  const headers = new Headers([
    ['Content-Type', 'application/json'],
    ['Wechatpay-Serial', platformSerial],
    ['Wechatpay-Timestamp', timestamp],
    ['Wechatpay-Nonce', nonce],
    ['Wechatpay-Signature', sign('sha256', message, platform.privateKey).toString('base64')],
  ])
  const init = { status: 200, statusText: 'OK', headers }
  return new Response(tampered ? body.replace('weixin', 'hostile') : body, init)
}

const honest = await exchange(false)
const refused = await exchange(true)

test('without pollution: verified data, or a refusal', () => {
  assert.equal(honest.results, [{ code_url: 'weixin://x' }, { code_url: 'weixin://x' }])
  assert.equal(refused.results, ['ERR_RESPONSE_SIGNATURE', 'ERR_RESPONSE_SIGNATURE'])
  assert.is(honest.sent.length, 2)
  assert.ok(honest.sent.every(({ authorization }) => authorization === 'WECHATPAY2-SHA256-RSA2048'))
})

/** Node itself reads these from the prototype and throws, so nothing is sent. */
const refusedByNode = ['signal', 'cache']

for (const [name, value] of Object.entries(hostile)) {
  test(`Object.prototype.${name} changes nothing`, async () => {
    const prototype = Object.prototype as Record<string, unknown>
    let results: Awaited<ReturnType<typeof exchange>>[]
    prototype[name] = value
    try {
      results = [await exchange(false), await exchange(true)]
    } finally {
      delete prototype[name]
    }
    if (!refusedByNode.includes(name)) assert.equal(results, [honest, refused])
    else assert.ok(results.every((one) => one.sent.length === 0 && one.results.every(isCode)))
  })
}

test.run()
