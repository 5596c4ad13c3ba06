import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { signature } from '../../../src/middleware/signature.ts'
import { randomNonce } from '../../../src/signature/nonce.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { looseClient, mchid, platformSerial, serial } from '../../support/world.ts'

const { privateKey } = rsaPair()
let sent: Request | undefined
let answer = () => Response.json({ code: 'NO', message: '' }, { status: 400 })
const client = looseClient({
  mchid,
  serial,
  privateKey,
  platform: { [platformSerial]: stranger().publicKey },
  async fetch(request) {
    sent = request
    return answer()
  },
})

test('nonces: 32 hexadecimal digits, none twice, drawn for many at once', () => {
  const { getRandomValues } = crypto
  let draws = 0
  crypto.getRandomValues = ((bytes: Uint8Array<ArrayBuffer>) => {
    draws++
    return getRandomValues.call(crypto, bytes)
  }) as typeof getRandomValues
  const nonces = Array.from({ length: 640 }, randomNonce)
  crypto.getRandomValues = getRandomValues
  for (const nonce of nonces) assert.match(nonce, /^[\dA-F]{32}$/)
  assert.is(new Set(nonces).size, nonces.length)
  assert.ok(draws > 9 && draws < 12, `${draws} draws`)
})

test('an operation without authorization goes out without it, and to its own host', async () => {
  await client.GET('/invoicing/fapiao/fapiao-file', { params: { query: { token: 'x' } } })
  assert.is(new URL(sent!.url).host, 'pay.wechatpay.cn')
  assert.is(sent!.headers.get('Authorization'), null)
  assert.is(sent!.headers.get('Wechatpay-Serial'), null)
})

test('hosts: of the operation, of the client, of the call', async () => {
  await client.GET('/v3/global/refunds')
  assert.is(new URL(sent!.url).host, 'apihk.mch.weixin.qq.com')
  await client.GET('/v3/certificates')
  assert.is(new URL(sent!.url).host, 'api.mch.weixin.qq.com')
  await client.GET('/v3/global/refunds', { baseUrl: 'https://apius.mch.weixin.qq.com' })
  assert.is(new URL(sent!.url).host, 'apius.mch.weixin.qq.com')
})

test("the caller's own Accept and User-Agent stay; Authorization and Wechatpay-Serial do not", async () => {
  const headers = {
    Accept: 'application/pdf',
    'User-Agent': 'shop',
    Authorization: 'x',
    'Wechatpay-Serial': 'y',
  }
  await client.GET('/v3/certificates', { headers })
  assert.is(sent!.headers.get('Accept'), 'application/pdf')
  assert.is(sent!.headers.get('User-Agent'), 'shop')
  assert.match(sent!.headers.get('Authorization')!, /^WECHATPAY2-SHA256-RSA2048 mchid="/)
  assert.is(sent!.headers.get('Wechatpay-Serial'), platformSerial)
})

test('the middleware signs a GET, which has no body, and keeps a key that is named already', async () => {
  const { onRequest } = signature({ mchid, serial, privateKey, platformSerial })
  const plain = await onRequest({ request: new Request('https://h/v3/a?b=1') })
  assert.is(plain.body, null)
  assert.is(plain.redirect, 'manual')
  assert.is(plain.headers.get('Wechatpay-Serial'), platformSerial)
  const named = new Request('https://h/v3/a', { headers: { 'Wechatpay-Serial': 'PUB_KEY_ID_2' } })
  assert.is((await onRequest({ request: named })).headers.get('Wechatpay-Serial'), 'PUB_KEY_ID_2')
})

test('SIGN_ERROR shows where WeChat Pay received something else than what was signed', async () => {
  const lines = 'GET\n/v3/certificates?x=1\n1\nN\n\n'
  answer = () =>
    Response.json(
      { code: 'SIGN_ERROR', message: '', detail: { sign_information: { truncated_sign_message: lines } } },
      { status: 401 },
    )
  const { error } = await client.GET('/v3/certificates')
  assert.match(error?.hint ?? '', 'Line 2 of the signed message (URL) is "/v3/certificates"')
})

test.run()
