import { randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { issueCertificate } from '../../../sandbox/index.ts'
import { createClient, download } from '../../../src/index.ts'
import { type NodeFetchOptions, nodeFetch } from '../../../src/node/index.ts'
import { startConnectProxy } from '../../support/connect-proxy.ts'
import { rsaPair } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

// A gateway with a certificate of its own, which asks for one of the client's.
const gateway = rsaPair()
const merchant = rsaPair()
const platform = rsaPair()
const certificate = issueCertificate({
  serial: '01',
  privateKey: gateway.privateKey,
  commonName: 'localhost',
})
const clientCertificate = issueCertificate({
  serial: '02',
  privateKey: merchant.privateKey,
  commonName: 'merchant',
})
const platformSerial = 'PUB_KEY_ID_0119000072912026010100000000000001'

const sockets = new Set<Socket>()
let seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string; peer: string }[] =
  []
let respond = answer

const handle = async (request: IncomingMessage, response: ServerResponse) => {
  let body = ''
  request.setEncoding('utf8')
  for await (const part of request) body += part
  const { method = '', url = '', headers, socket } = request
  const shown = (socket as Partial<TLSSocket>).getPeerCertificate?.()
  const name = shown?.subject?.CN
  seen.push({ method, url, headers, body, peer: typeof name === 'string' ? name : '' })
  respond(response)
}
const server = createServer(
  {
    key: gateway.privateKey,
    cert: certificate,
    ca: clientCertificate,
    requestCert: true,
    rejectUnauthorized: false,
  },
  handle,
)
const plain = createHttpServer(handle)
for (const one of [server, plain]) {
  one.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  one.listen(0, '127.0.0.1')
  await once(one, 'listening')
}
const at = (one: typeof plain | typeof server) => (one.address() as AddressInfo).port
const secureUrl = `https://localhost:${at(server)}`
const plainUrl = `http://127.0.0.1:${at(plain)}`

test.after(() => {
  for (const one of [server, plain]) one.close()
  for (const socket of sockets) socket.destroy()
})
test.before.each(() => {
  seen = []
  respond = answer
})

function answer(response: ServerResponse, body = '{"code_url":"weixin://"}'): void {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(16).toString('hex')
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Wechatpay-Serial': platformSerial,
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': sign(
      'sha256',
      Buffer.from(`${timestamp}\n${nonce}\n${body}\n`),
      platform.privateKey,
    ).toString('base64'),
  })
  response.end(body)
}

function clientBy(options: NodeFetchOptions, more: { baseUrl?: string; backupUrl?: string } = {}) {
  const fetch = nodeFetch(options)
  const client = createClient({
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    privateKey: merchant.privateKey,
    platform: { [platformSerial]: platform.publicKey },
    baseUrl: secureUrl,
    fetch,
    retry: { minDelay: 1, maxDelay: 2 },
    ...more,
  })
  return { client, fetch }
}

const order = {
  appid: 'wx',
  mchid: '1900007291',
  description: '图书',
  out_trade_no: '1',
  notify_url: 'https://h',
  amount: { total: 1 },
}
const path = '/v3/pay/transactions/native'

test('over TLS, with an authority of its own and a client certificate', async () => {
  const { client, fetch } = clientBy({ ca: certificate, cert: clientCertificate, key: merchant.privateKey })
  const { data } = await client.POST(path, { body: order })
  assert.equal(data, { code_url: 'weixin://' })
  const [{ method, url, headers, body, peer } = seen[0]!] = seen
  assert.equal([method, url, peer], ['POST', path, 'merchant'])
  assert.is(body, JSON.stringify(order))
  assert.is(headers['content-length'], String(Buffer.byteLength(body)))
  assert.is(headers['accept-encoding'], 'identity')
  fetch.close()
})

test('a certificate of an authority that is not known: nothing is sent', async () => {
  const { client } = clientBy({})
  const error = await thrownBy(() => client.POST(path, { body: order }))
  assert.is(error.code, 'ERR_NETWORK')
  assert.match(error.message, 'SELF_SIGNED')
  assert.is(seen.length, 0)
})

test('connections are kept, and closed by close()', async () => {
  const { client, fetch } = clientBy({}, { baseUrl: plainUrl })
  for (let count = 0; count < 3; count++) await client.POST(path, { body: order })
  assert.is(seen.length, 3)
  assert.is(sockets.size, 1)
  const [socket] = sockets
  fetch.close()
  await once(socket!, 'close')
})

test('through a proxy with a password: one tunnel for several calls', async () => {
  const proxy = await startConnectProxy()
  const { client, fetch } = clientBy({
    ca: certificate,
    proxy: `http://user:p%40ss@127.0.0.1:${proxy.port}`,
  })
  for (let count = 0; count < 3; count++) assert.ok((await client.POST(path, { body: order })).data)
  const credentials = `Basic ${Buffer.from('user:p@ss').toString('base64')}`
  assert.equal(proxy.asked, [[`localhost:${at(server)}`, credentials]])
  fetch.close()
  proxy.close()
})

test('a proxy that refuses, or is not there: nothing was sent, so that the backup is tried', async () => {
  const proxy = await startConnectProxy()
  proxy.status = 407
  const { client } = clientBy(
    { ca: certificate, proxy: `http://user:secret@127.0.0.1:${proxy.port}` },
    { backupUrl: plainUrl },
  )
  // Without a number of the merchant's own, it is repeated only when nothing was sent.
  const guide = { body: { name: '导购' } as never }
  const { response } = await client.POST('/v3/smartguide/guides', guide)
  assert.is(response.status, 200)
  assert.is(seen.length, 1)
  const alone = clientBy({ ca: certificate, proxy: `http://user:secret@127.0.0.1:${proxy.port}` })
  const error = await thrownBy(() => alone.client.POST('/v3/smartguide/guides', guide))
  assert.match(error.message, 'ERR_PROXY')
  assert.not.match(printed(error), 'secret')
  proxy.close()
  const gone = await thrownBy(() => alone.client.POST('/v3/smartguide/guides', guide))
  assert.is(gone.code, 'ERR_NETWORK')
  assert.is(seen.length, 1)
})

test('a proxy that knows no CONNECT', async () => {
  const { client } = clientBy({ ca: certificate, proxy: plainUrl })
  const error = await thrownBy(() => client.POST(path, { body: order }))
  assert.match(error.message, 'ERR_PROXY')
})

test('options that cannot be right', async () => {
  for (const options of [
    { proxy: 'proxy.example:3128' },
    { proxy: 'socks5://user:secret@h' },
    { proxy: '' },
    { ca: 'no certificate' },
    { cert: clientCertificate, key: gateway.privateKey },
    { key: 'secret' },
    { pfx: 'secret' },
  ]) {
    const error = await thrownBy(() => nodeFetch(options))
    assert.is(error.code, 'ERR_CONFIG', JSON.stringify(options).slice(0, 60))
    assert.not.match(printed(error), 'secret')
  }
})

test('a download is a stream: what nobody reads is not sent, and an abort closes the connection', async () => {
  const piece = Buffer.alloc(1 << 20)
  let written = 0
  respond = async (response) => {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
    for (let count = 0; count < 200 && !response.destroyed; count++) {
      written++
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')])
    }
    response.end()
  }
  const { client, fetch } = clientBy({}, { baseUrl: plainUrl })
  const controller = new AbortController()
  const { data } = await download(client, `${plainUrl}/v3/billdownload/file?token=x`, {
    signal: controller.signal,
  })
  const reader = data!.getReader()
  assert.ok((await reader.read()).value)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.ok(written < 100, `${written} MiB`)
  const [socket] = sockets
  const closed = once(socket!, 'close')
  const reason = new Error('enough')
  controller.abort(reason)
  await closed
  assert.is(
    await reader.read().then(
      async function again(): Promise<unknown> {
        return reader.read().then(again, (thrown) => thrown)
      },
      (thrown) => thrown,
    ),
    reason,
  )
  fetch.close()
})

test('an abort while the body of a call is read', async () => {
  respond = (response) => {
    response.writeHead(400, { 'Content-Length': '100' })
    response.write('{')
  }
  const { client, fetch } = clientBy({}, { baseUrl: plainUrl })
  const controller = new AbortController()
  const reason = new Error('enough')
  setTimeout(() => controller.abort(reason), 50)
  assert.is(
    await client.POST(path, { body: order, signal: controller.signal }).catch((thrown) => thrown),
    reason,
  )
  fetch.close()
})

test('by itself: a Request with a stream, any status, a compressed body', async () => {
  const fetch = nodeFetch()
  const body = new Blob(['a', 'b', 'c']).stream()
  const request = new Request(`${plainUrl}/up`, { method: 'PUT', body, duplex: 'half' } as RequestInit)
  const response = await fetch(request)
  assert.is(await response.text(), '{"code_url":"weixin://"}')
  assert.equal([seen[0]?.method, seen[0]?.body], ['PUT', 'abc'])
  for (const [status, text] of [
    [204, ''],
    [304, ''],
    [301, 'moved'],
    [418, 'teapot'],
  ] as const) {
    respond = (response) => void response.writeHead(status, { Location: '/' }).end(text)
    const got = await fetch(new Request(plainUrl))
    assert.equal([got.status, await got.text()], [status, text])
  }
  respond = (response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('packed'))
  assert.is(await (await fetch(new Request(plainUrl))).text(), 'packed')
  respond = (response) =>
    void response
      .writeHead(
        200,
        [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
        ].flat(),
      )
      .end()
  assert.equal((await fetch(new Request(plainUrl))).headers.getSetCookie(), ['a=1', 'b=2'])
  fetch.close()
})

test.run()
