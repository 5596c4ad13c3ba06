import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createNotifications } from '../../../src/webhooks/index.ts'
import { nodeHandler } from '../../../src/webhooks/node.ts'
import { rsaPair } from '../../support/keys.ts'
import { notify, transaction } from '../../support/notification.ts'

const apiV3Key = 'an APIv3 key, as long as it must'
const pair = rsaPair()
const sender = { serial: 'PUB_KEY_ID_0119', privateKey: pair.privateKey, apiV3Key }
let errors: Error[] = []
let got: unknown[] = []
const notifications = createNotifications({
  platform: { PUB_KEY_ID_0119: pair.publicKey },
  apiV3Key,
  onError: (error) => errors.push(error as Error),
})
const handle = nodeHandler(notifications, { 'TRANSACTION.SUCCESS': ({ resource }) => got.push(resource) })

const servers: Server[] = []
test.before.each(() => {
  errors = []
  got = []
})
test.after(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

/** Serves on a socket, and returns the port. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return (server.address() as AddressInfo).port
}

async function send(listener: RequestListener, message = notify(sender)): Promise<Response> {
  const port = await serve(listener)
  return fetch(`http://127.0.0.1:${port}/notify`, { method: 'POST', ...message })
}

/** What a body parser does: reads the stream and sets a property of the request. */
async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

test('node:http: read, verified, decrypted, 204', async () => {
  const response = await send(handle)
  assert.is(response.status, 204)
  assert.equal(got, [transaction])
})

test('a Response returned by the handler is sent unchanged', async () => {
  const reply = nodeHandler(notifications, () =>
    Response.json({ code: 'SUCCESS' }, { headers: { 'X-A': 'b' } }),
  )
  const response = await send(reply)
  assert.equal(await response.json(), { code: 'SUCCESS' })
  assert.is(response.headers.get('X-A'), 'b')
})

test('the bytes kept by express.raw and express.text are used', async () => {
  for (const keep of [(bytes: Buffer) => bytes, (bytes: Buffer) => bytes.toString()]) {
    const response = await send(async (request, response) => {
      const body = keep(await read(request))
      await handle(Object.assign(request, { body }), response)
    })
    assert.is(response.status, 204)
  }
})

test('the rawBody of a serverless platform is used, not the parsed body', async () => {
  const response = await send(async (request, response) => {
    const rawBody = await read(request)
    await handle(Object.assign(request, { rawBody, body: JSON.parse(rawBody.toString()) }), response)
  })
  assert.is(response.status, 204)
})

test('a body parser that skipped the request has consumed nothing', async () => {
  const response = await send(async (request, response) => {
    await handle(Object.assign(request, { body: {} }), response)
  })
  assert.is(response.status, 204)
})

test('express.json consumed the body: 500, and an error that says what to do', async () => {
  const response = await send(async (request, response) => {
    const body = JSON.parse((await read(request)).toString())
    await handle(Object.assign(request, { body }), response)
  })
  assert.is(response.status, 500)
  assert.equal(await response.json(), { code: 'FAIL', message: 'ERR_CONFIG' })
  assert.match(errors[0]!.message, 'was parsed')
  assert.match(errors[0]!.message, 'before express.json()')
  assert.equal(got, [])
})

test('the stream was read before: 500, and no signature error', async () => {
  const response = await send(async (request, response) => {
    await read(request)
    await handle(request, response)
  })
  assert.is(response.status, 500)
  assert.match(errors[0]!.message, 'was read before')
})

test('a body over the limit: 413 before all of it has arrived, and the connection closes', async () => {
  const { headers } = notify(sender)
  const port = await serve(handle)
  for (const [framing, chunk] of [
    ['Transfer-Encoding: chunked', `10000\r\n${'x'.repeat(0x10000)}\r\n`],
    ['Content-Length: 99999999', 'x'.repeat(0x10000)],
  ]) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const head = `POST / HTTP/1.1\r\nHost: x\r\n${lines.join('')}${framing}\r\n\r\n`
    let reply = ''
    // A reset may overtake the reply: then the sender never sees it, and tries again.
    for (let tries = 0; tries < 20 && reply === ''; tries++) reply = await flood(port, head, chunk!)
    assert.match(reply, 'HTTP/1.1 413')
    assert.match(reply, /connection: close/i)
  }
})

/** Sends a body without end until the connection closes, and resolves to what came back. */
function flood(port: number, head: string, chunk: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const feed = setInterval(() => socket.write(chunk), 1)
  let received = ''
  socket.on('data', (data) => {
    received += data
  })
  socket.on('error', () => {})
  socket.write(head)
  return new Promise((resolve) => {
    socket.once('close', () => {
      clearInterval(feed)
      resolve(received)
    })
  })
}

test('a sender that disconnects does not crash the server', async () => {
  const port = await serve(handle)
  const { headers } = notify(sender)
  const socket = connect(port, '127.0.0.1')
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${lines.join('')}Content-Length: 100\r\n\r\nhalf`, () => {
    setTimeout(() => socket.destroy(), 50)
  })
  for (let count = 0; count < 200 && errors.length === 0; count++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.match(errors[0]!.message, 'broke off')
})

test('GET: 405; unsigned: 401', async () => {
  const port = await serve(handle)
  assert.is((await fetch(`http://127.0.0.1:${port}/`)).status, 405)
  assert.is((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' })).status, 401)
})

test.run()
