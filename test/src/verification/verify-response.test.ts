import { createHash, privateDecrypt, sign, webcrypto } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { verification } from '../../../src/middleware/verification.ts'
import { withBody } from '../../../src/response.ts'
import { knownKeys } from '../../../src/verification/platform.ts'
import { verifyResponse } from '../../../src/verification/verify-response.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'

const { privateKey, publicKey } = rsaPair()
const now = Date.parse('2026-03-01T00:00:00Z')
const clock = () => now
const keys = knownKeys({ PUB_KEY_ID_1: publicKey })
const usual = { name: 'GET /v3/a', traits: {} }
const statement = {
  name: 'GET /hk/v3/statements',
  traits: { file: true, digest: 'Wechatpay-Statement-Sha1' },
} as const

function headersFor(signed: string, more: Record<string, string> = {}): Record<string, string> {
  const timestamp = String(now / 1000)
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': 'n',
    'Wechatpay-Serial': 'PUB_KEY_ID_1',
    'Wechatpay-Signature': sign('sha256', Buffer.from(`${timestamp}\nn\n${signed}\n`), privateKey).toString(
      'base64',
    ),
    ...more,
  }
}

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')
type Operation = Parameters<typeof verifyResponse>[1]['operation']

/** The response that a caller reads. */
async function judge(received: Response, operation: Operation = usual): Promise<Response> {
  const { response, bytes } = await verifyResponse({ response: received }, { operation, keys, clock })
  return bytes ? withBody(response, bytes) : response
}

test('a statement is verified by the digest that is signed, and its content by the digest', async () => {
  const digest = sha1('a statement')
  const headers = headersFor(`{"sha1":"${digest}"}`, {
    'Wechatpay-Statement-Sha1': digest,
    'Content-Type': 'text/csv',
  })
  const whole = await judge(new Response('a statement', { status: 201, headers }), statement)
  assert.is(whole.status, 201)
  assert.is(whole.headers.get('Content-Type'), 'text/csv')
  assert.is(await whole.text(), 'a statement')
  const changed = await judge(new Response('another', { headers }), statement)
  assert.is((await thrownBy(() => changed.text())).code, 'ERR_RESPONSE_DIGEST')
  const empty = await judge(new Response(null, { headers }), statement)
  assert.is((await thrownBy(() => empty.text())).code, 'ERR_RESPONSE_DIGEST')
  const forged = headersFor('{"sha1":"0"}', { 'Wechatpay-Statement-Sha1': digest })
  const error = await thrownBy(() => judge(new Response('a statement', { headers: forged }), statement))
  assert.is(error.code, 'ERR_RESPONSE_SIGNATURE')
  assert.is(error.operation, statement.name)
})

test('what is refused unread is cancelled, so that its connection does not stay open', async () => {
  const refused: [status: number, headers: Record<string, string>, code: string][] = [
    [200, {}, 'ERR_RESPONSE_UNSIGNED'],
    [200, headersFor('', { 'Wechatpay-Serial': 'PUB_KEY_ID_2' }), 'ERR_RESPONSE_SERIAL'],
    [200, headersFor('', { 'Wechatpay-Timestamp': '1' }), 'ERR_RESPONSE_TIMESTAMP'],
    [302, {}, 'ERR_RESPONSE_REDIRECT'],
  ]
  for (const [status, headers, code] of refused) {
    let cancelled = false
    const stalled = new ReadableStream({
      cancel: () => {
        cancelled = true
      },
    })
    assert.is((await thrownBy(() => judge(new Response(stalled, { status, headers })))).code, code)
    assert.ok(cancelled, code)
  }
})

test('an empty statement', async () => {
  const digest = sha1('')
  const headers = headersFor(`{"sha1":"${digest}"}`, { 'Wechatpay-Statement-Sha1': digest })
  assert.is(await (await judge(new Response(null, { headers }), statement)).text(), '')
})

test('an error answer keeps status and text; what breaks off keeps its status', async () => {
  const plain = await judge(new Response('{"code":"NO"}', { status: 400, headers: { 'Request-ID': '1' } }))
  assert.equal(
    [plain.status, plain.headers.get('Request-ID'), await plain.text()],
    [400, '1', '{"code":"NO"}'],
  )
  assert.is((await judge(new Response(null, { status: 500 }))).body, null)
  const broken = new ReadableStream({
    pull() {
      throw new Error('cut')
    },
  })
  const cut = await judge(new Response(broken, { status: 403 }))
  assert.equal([cut.status, await cut.text()], [403, ''])
})

test('all of 3xx is a redirect, and nothing else is', async () => {
  for (const status of [300, 302, 399]) {
    assert.is((await thrownBy(() => judge(new Response(null, { status })))).code, 'ERR_RESPONSE_REDIRECT')
  }
  assert.is((await judge(new Response('', { status: 400 }))).status, 400)
  const error = await thrownBy(() => judge(new Response('', { status: 299 })))
  assert.is(error.code, 'ERR_RESPONSE_UNSIGNED')
})

test('answers to merchants and to brands may name their scheme', async () => {
  for (const scheme of ['WECHATPAY2-SHA256-RSA2048', 'WECHATPAY-BRAND-SHA256-RSA2048']) {
    const headers = headersFor('{}', { 'Wechatpay-Signature-Type': scheme })
    assert.is(await (await judge(new Response('{}', { headers }))).text(), '{}')
  }
})

test('the middleware lets nothing follow a redirect, and imports its keys before anything is sent', async () => {
  const { onRequest } = verification({ platform: { PUB_KEY_ID_1: publicKey } })
  const request = new Request('https://h/v3/a')
  const manual = await onRequest({ request })
  assert.is(manual.redirect, 'manual')
  assert.is(manual.url, request.url)
  assert.is(await onRequest({ request: manual }), manual)
  const damaged = publicKey
    .replace(/^(.{40}.*\n.*)[A-Za-z0-9](.*\n)/m, '$1$2')
    .replace(/.{8}\n-----END/, '\n-----END')
  const late = verification({ platform: { PUB_KEY_ID_1: damaged } })
  assert.is((await thrownBy(() => late.onRequest({ request }))).code, 'ERR_KEY_INVALID')
})

test('known keys are at hand, and encrypt for the first', async () => {
  assert.is(keys.remote, false)
  const { serial, key } = await keys.encrypter()
  const cipher = await webcrypto.subtle.encrypt('RSA-OAEP', key, Buffer.from('张三'))
  const plain = privateDecrypt({ key: privateKey, oaepHash: 'sha1' }, Buffer.from(cipher))
  assert.is(`${serial} ${plain}`, 'PUB_KEY_ID_1 张三')
  assert.is((await keys.encrypter()).key, key)
})

test.run()
