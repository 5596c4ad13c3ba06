import { createVerify, privateDecrypt, publicEncrypt, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type ClientOptions, ConfigError, createClient, unlisted } from '../../../src/index.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { mchid, platformSerial, serial } from '../../support/world.ts'

/** What arrived over the socket, and whether its signature is right: the judge is Node's own crypto. */
interface Received {
  method: string
  target: string
  headers: IncomingMessage['headers']
  body: Buffer
}

const merchant = rsaPair()
const platform = rsaPair()
const oaep = { oaepHash: 'sha1' } as const
const received: Received[] = []
/** The statuses of the next responses; then 200. */
const statuses: number[] = []
let data = '{"state":"DONE"}'
let signed = true

const server = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const { method = '', url = '', headers } = request
  received.push({ method, target: url, headers, body: Buffer.concat(parts) })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(8).toString('hex')
  const message = Buffer.from(`${timestamp}\n${nonce}\n${data}\n`)
  response.writeHead(statuses.shift() ?? 200, {
    'Content-Type': 'application/json',
    ...(signed && {
      'Wechatpay-Serial': platformSerial,
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Signature': sign('sha256', message, platform.privateKey).toString('base64'),
    }),
  })
  response.end(data)
})
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))

const client = createClient({
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  retry: { minDelay: 1, maxDelay: 2 },
} as ClientOptions)
const { request, encrypt, decrypt } = unlisted(client)

test.before.each(() => {
  received.length = 0
  statuses.length = 0
  data = '{"state":"DONE"}'
  signed = true
})
test.after(() => {
  server.closeAllConnections()
  server.close()
})

function assertSigned({ method, target, headers }: Received, body: string | Buffer): void {
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(headers.authorization ?? '')?.[1] ?? ''
  const head = `${method}\n${target}\n${field('timestamp')}\n${field('nonce_str')}\n`
  const verify = createVerify('sha256').update(head).update(body).update('\n')
  assert.ok(verify.verify(merchant.publicKey, field('signature'), 'base64'))
}

test('any method and path is signed and verified', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const body = method === 'GET' ? undefined : { name: '名' }
    const init = { params: { path: { id: 'a/b' }, query: { note: '备注' } }, ...(body && { body }) }
    const { data, error } = await request<{ state: string }>(method, '/v3/new-product/{id}', init)
    assert.is(error, undefined)
    assert.is(data?.state, 'DONE')
    const one = received.pop()!
    assert.is(one.target, `/v3/new-product/a%2Fb?note=${encodeURIComponent('备注')}`)
    assert.is(one.body.toString(), body ? JSON.stringify(body) : '')
    assertSigned(one, one.body)
  }
  signed = false
  assert.is((await thrownBy(() => request('GET', '/v3/new-product'))).code, 'ERR_RESPONSE_UNSIGNED')
})

test('it is sent again only when it may be', async () => {
  const body = { out_no: '1' }
  for (const method of ['GET', 'POST'] as const) {
    statuses.push(500)
    const init = method === 'GET' ? {} : { body }
    const once = await request(method, '/v3/new-product', init)
    assert.is(once.error?.status, 500)
    assert.is(received.length, 1)
    statuses.length = 0
    statuses.push(500, 502)
    const again = await request(method, '/v3/new-product', { ...init, repeatable: true })
    assert.is(again.error, undefined)
    assert.is(received.length, 4)
    received.length = 0
  }
})

test('sensitive fields: encrypt names the key, decrypt opens what comes back', async () => {
  const secret = publicEncrypt({ key: merchant.publicKey, ...oaep }, Buffer.from('13800138000'))
  data = JSON.stringify({ phone: secret.toString('base64') })
  const answer = await request<{ phone: string }>('POST', '/v3/new-product', {
    body: { name: await encrypt('张三') },
  })
  const [one] = received
  assert.is(one!.headers['wechatpay-serial'], platformSerial)
  const { name } = JSON.parse(one!.body.toString())
  const opened = privateDecrypt({ key: platform.privateKey, ...oaep }, Buffer.from(name, 'base64'))
  assert.is(opened.toString(), '张三')
  assert.is(await decrypt(answer.data!.phone), '13800138000')
})

test('a form: as an object and as a FormData, with meta signed', async () => {
  const form = new FormData()
  form.append('file', new File(['content'], 'a.png'))
  form.append('meta', '{"filename":"a.png"}')
  for (const body of [{ file: new File(['content'], 'a.png'), meta: { filename: 'a.png' } }, form]) {
    const { error } = await request('POST', '/v3/new-product/images', { body })
    assert.is(error, undefined)
    const one = received.pop()!
    const { 'content-type': type = '' } = one.headers
    const parts = await new Response(new Uint8Array(one.body), {
      headers: { 'Content-Type': type },
    }).formData()
    const meta = String(parts.get('meta'))
    assert.match(meta, '"sha256":"ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"')
    assert.is(await (parts.get('file') as File).text(), 'content')
    assertSigned(one, meta)
  }
})

test('what JSON cannot hold is refused, before anything is sent', async () => {
  const bytes = new Uint8Array(3)
  for (const [value, says] of [
    [new Blob(['x']), 'the field file is a Blob'],
    [new File(['x'], 'a'), 'the field file is a File'],
    [bytes, 'the field file is a Uint8Array'],
    [Buffer.from(bytes), 'the field file is a Uint8Array'],
    [bytes.buffer, 'the field file is a ArrayBuffer'],
    [new DataView(bytes.buffer), 'the field file is a DataView'],
    [new ReadableStream(), 'the field file is a ReadableStream'],
    [new FormData(), 'the field file is a FormData'],
    [new Map([['a', 1]]), 'the field file is a Map'],
    [new Set([1]), 'the field file is a Set'],
    [Promise.resolve('x'), 'the field file is a Promise'],
  ] as const) {
    for (const body of [{ file: value }, { list: [{ file: value }] }]) {
      const error = await thrownBy(() => request('POST', '/v3/new-product', { body }))
      assert.is(error.code, 'ERR_REQUEST')
      assert.match(error.message, says)
      const documented = client as unknown as Record<string, typeof client.POST>
      const typed = () => documented['POST']!('/v3/pay/transactions/native', { body: body as never })
      assert.match((await thrownBy(typed)).message, says)
    }
  }
  for (const body of [new Blob(['x']), bytes, new ReadableStream()])
    assert.match(
      (await thrownBy(() => request('POST', '/v3/new-product', { body }))).message,
      /the body is a /,
    )
  assert.is(received.length, 0)
})

test('values that JSON can hold are sent as they are', async () => {
  const body = { at: new Date(0), list: [], own: { toJSON: () => 'own' }, text: 'x', none: undefined }
  await request('POST', '/v3/new-product', { body })
  assert.is(received[0]!.body.toString(), JSON.stringify(body))
})

test('it is no way round the encryption of a documented operation', async () => {
  const body = { name: '张三', mobile: '13800138000' }
  for (const path of [
    '/v3/smartguide/guides',
    '/v3/SMARTGUIDE/guides',
    '/v3/smartguide/guides/',
    '/v3/%73martguide/guides',
    '/v3/applyment4sub/applyment',
  ]) {
    const { code } = await thrownBy(() => request('POST', path, { body }))
    assert.ok(code === 'ERR_OPERATION_UNKNOWN' || code === 'ERR_PATH_UNSAFE', `${path}: ${code}`)
  }
  assert.is(received.length, 0)
})

test('only text is encrypted', async () => {
  for (const value of [5, undefined, null, {}])
    assert.is((await thrownBy(() => encrypt(value as never))).code, 'ERR_ENCRYPT_VALUE')
})

test('a wrong method, path or client is named', async () => {
  const wrong = await thrownBy(() => request('get' as 'GET', '/v3/x'))
  assert.match(`${wrong.code} ${wrong.message}`, 'ERR_REQUEST get is not a method. It is one of GET')
  for (const path of ['v3/x', '/v3/../x', '/v3/x?a=1', '/v3/x#a', 'https://example.com/v3/x'])
    assert.is((await thrownBy(() => request('GET', path))).code, 'ERR_PATH_UNSAFE', path)
  assert.instance(await thrownBy(async () => unlisted({})), ConfigError)
  assert.is(received.length, 0)
})

test('a path that no page documents is refused with the nearest one, and nothing is sent', async () => {
  const loose = client as unknown as Record<'GET' | 'POST', (path: string, init: object) => Promise<unknown>>
  for (const [method, path, says] of [
    ['GET', '/v3/nonsense', 'there is no GET /v3/nonsense. Did you mean GET /'],
    ['GET', undefined as never, 'there is no GET undefined.'],
    ['POST', '/v3/pays/native', 'This client has no operation of /v3/pays: pass those of its entry'],
    ['POST', '/v3/pay/transaction/native', 'Did you mean POST /v3/pay/transactions/native?'],
    ['GET', '/v3/pay/transactions/native', 'This path takes POST.'],
    [
      'GET',
      '/v3/pay/transactions/id/4200001',
      'Write it as /v3/pay/transactions/id/{transaction_id}, with its variables in params.path.',
    ],
    ['POST', '/v3/new-product/orders?name=张三', 'there is no POST /v3/new-product/orders. '],
  ] as const) {
    const error = await thrownBy(() => loose[method](path, {}))
    assert.is(error.code, 'ERR_OPERATION_UNKNOWN')
    assert.match(error.message, says)
    assert.match(error.message, 'unlisted(client)')
    assert.not.match(error.message, '张三')
  }
  assert.is(received.length, 0)
})

test.run()
