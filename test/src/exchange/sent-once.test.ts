import { createServer, type Socket } from 'node:net'
import createFetchClient from 'openapi-fetch'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ClientOptions } from '../../../src/index.ts'
import { retry, signature, verification } from '../../../src/middleware/index.ts'
import { fetches } from '../../support/fetches.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { type LooseClient, looseClient } from '../../support/world.ts'

// A request whose body carries no number of the merchant's own takes effect each time that it arrives.
const merchant = rsaPair()
const platform = { PUB_KEY_ID_0119000072912026010100000000000001: rsaPair().publicKey }
const mchid = '1900007291'
const serial = '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB'

/** The requests that arrived whole, each with its head. */
let arrived: string[] = []
let reply: (socket: Socket, count: number) => void = () => {}
const server = createServer((socket) => {
  socket.on('error', () => {})
  let read = ''
  socket.on('data', (bytes) => {
    read += bytes.toString('latin1')
    const end = read.indexOf('\r\n\r\n') + 4
    const length = Number(/content-length: (\d+)/i.exec(read)?.[1] ?? 0)
    if (end < 4 || read.length < end + length) return
    arrived.push(read)
    read = ''
    reply(socket, arrived.length)
  })
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const { port } = server.address() as { port: number }
const baseUrl = `http://127.0.0.1:${port}`

test.after(() => void server.close())
test.before.each(() => {
  arrived = []
})

function clientWith(more: Partial<ClientOptions> = {}): LooseClient {
  const retry = { minDelay: 1, maxDelay: 2 }
  const { privateKey } = merchant
  const options = { mchid, serial, privateKey, platform, baseUrl, retry, ...more }
  return looseClient(options as ClientOptions)
}

const status = (line: string) => (socket: Socket) =>
  void socket.write(`HTTP/1.1 ${line}\r\nContent-Length: 2\r\n\r\n{}`)

/** Without a number of the merchant's own. */
const calls: Record<string, (client: LooseClient) => Promise<unknown>> = {
  POST: (client) => client.POST('/v3/smartguide/guides', { body: { name: '导购' } }),
  'POST without a body': (client) => client.POST('/v3/marketing/tasks', {}),
  PUT: (client) => client.PUT('/v3/a', { body: { a: 1 } }),
  PATCH: (client) => client.PATCH('/v3/a', { body: { a: 1 } }),
  DELETE: (client) => client.DELETE('/v3/a', {}),
  'POST of a payment without its number': (client) =>
    client.POST('/v3/pay/transactions/native', { body: { description: '图书' } }),
}

for (const [name, call] of Object.entries(calls)) {
  for (const [way, fetch] of Object.entries(fetches)) {
    test(`${name}: HTTP 421 is an error, and nothing is sent again (${way})`, async () => {
      reply = status('421 Misdirected Request')
      const { error } = (await call(clientWith(fetch ? { fetch } : {}))) as { error: { code: string } }
      assert.is(error.code, 'HTTP_421')
      assert.is(arrived.length, 1)
      assert.not.match(arrived[0]!, /transfer-encoding/i)
    })
  }

  test(`${name}: a wrapper that repeats sends it once`, async () => {
    reply = (socket) => void socket.destroy()
    const wrapper = async (request: Request) => {
      for (let number = 1; number < 4; number++) await fetch(request.clone()).catch(() => {})
      return fetch(request)
    }
    assert.is((await thrownBy(() => call(clientWith({ fetch: wrapper })))).code, 'ERR_NETWORK')
    assert.is(arrived.length, 1)
  })

  test(`${name}: a connection that was kept and is reset when it is used again`, async () => {
    reply = (socket, count) =>
      count === 1 ? status('400 Bad Request')(socket) : void socket.resetAndDestroy()
    const client = clientWith()
    await client.GET('/v3/a')
    const error = await thrownBy(() => call(client))
    assert.is(error.code, 'ERR_NETWORK')
    assert.is(arrived.length, 2)
  })

  test(`${name}: HTTP 401 is an answer`, async () => {
    reply = status('401 Unauthorized')
    const { error } = (await call(clientWith())) as { error: { code: string } }
    assert.is(error.code, 'HTTP_401')
    assert.is(arrived.length, 1)
  })
}

test('middleware on another client: HTTP 421 repeats nothing', async () => {
  reply = status('421 Misdirected Request')
  const { privateKey } = merchant
  const signs = signature({ mchid, serial, privateKey })
  const verifies = verification({ platform })
  for (const middleware of [[verifies, signs], [retry({ signature: signs, verification: verifies })]]) {
    // biome-ignore lint/suspicious/noExplicitAny: any document's paths
    const client = createFetchClient<any>({ baseUrl })
    client.use(...middleware)
    arrived = []
    const { response } = await client.POST('/v3/smartguide/guides', { body: { name: '导购' } })
    assert.is(response.status, 421)
    assert.is(arrived.length, 1)
    assert.match(arrived[0]!, /authorization: WECHATPAY2/i)
  }
})

test('a wrapper that logs may read a clone, and the request still goes, whole', async () => {
  reply = status('400 Bad Request')
  const seen: string[] = []
  const fetched = async (request: Request) => {
    seen.push(await request.clone().text(), JSON.stringify(await request.clone().json()))
    return fetch(request)
  }
  await clientWith({ fetch: fetched }).PUT('/v3/a', { body: { 书: '图书' } })
  const body = '{"书":"图书"}'
  assert.equal(seen, [body, body])
  assert.is(Buffer.from(arrived[0]!, 'latin1').toString().split('\r\n\r\n')[1], body)
})

test('a GET may be sent again', async () => {
  reply = (socket, count) => status(count < 2 ? '503 Busy' : '404 Not Found')(socket)
  await clientWith().GET('/v3/a')
  assert.is(arrived.length, 2)
})

test.run()
