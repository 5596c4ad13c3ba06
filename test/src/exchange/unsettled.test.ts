import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import createFetchClient from 'openapi-fetch'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { retry, signature, verification } from '../../../src/middleware/index.ts'
import { certified } from '../../support/certificate.ts'
import { startFaulty } from '../../support/faulty.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { type LooseClient, looseClient, mchid, platformSerial, serial } from '../../support/world.ts'

// Whether a request may have taken effect decides whether an app may pay again, so it is tested over real sockets.
const merchant = rsaPair()
const platform = rsaPair()
const faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
const options = {
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: faulty.url,
  retry: { attempts: 2, minDelay: 1, maxDelay: 2 },
}

const servers: Server[] = []
const sockets = new Set<Socket>()
async function listening(server: Server): Promise<number> {
  servers.push(server)
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

test.after(async () => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers) server.close()
  await faulty.close()
})

const gone = await listening(createServer())
await new Promise((resolve) => servers.pop()!.close(resolve))
const { certificate, privateKey } = certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')

const calls: Record<string, (client: LooseClient) => Promise<unknown>> = {
  'POST with its own number': (client) =>
    client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: '1', reason: 'x' } }),
  'POST without': (client) => client.POST('/v3/smartguide/guides', { body: { name: 'x' } }),
  DELETE: (client) => client.DELETE('/v3/a', {}),
  GET: (client) => client.GET('/v3/smartguide/guides', {}),
}

/** Where no connection is made, and what the message names. */
const unreachable: Record<string, { baseUrl: string; reason: RegExp }> = {
  'a refused connection': { baseUrl: `http://127.0.0.1:${gone}`, reason: /ECONNREFUSED/ },
  'an unknown host': { baseUrl: 'https://wechatpay.invalid', reason: /ENOTFOUND|EAI_AGAIN/ },
  'a certificate that is not trusted': {
    baseUrl: `https://127.0.0.1:${await listening(createHttpsServer({ key: privateKey, cert: certificate }))}`,
    reason: /DEPTH_ZERO_SELF_SIGNED_CERT/,
  },
  'a server without TLS': {
    baseUrl: `https://127.0.0.1:${await listening(createHttpServer((_, response) => response.end()))}`,
    reason: /ERR_SSL_WRONG_VERSION_NUMBER/,
  },
  'a handshake that is refused': {
    // handshake_failure, as of a server that has no cipher in common
    baseUrl: `https://127.0.0.1:${await listening(createServer((socket) => socket.once('data', () => socket.end(Uint8Array.of(0x15, 3, 3, 0, 2, 2, 40)))))}`,
    reason: /HANDSHAKE_FAILURE/,
  },
  'a connection that closes during the handshake': {
    baseUrl: `https://127.0.0.1:${await listening(createServer((socket) => socket.once('data', () => socket.destroy())))}`,
    reason: /ECONNRESET/,
  },
}

for (const [name, { baseUrl, reason }] of Object.entries(unreachable)) {
  test(`${name}: nothing was sent, and the message says so`, async () => {
    for (const call of Object.values(calls)) {
      const error = await thrownBy(() => call(looseClient({ ...options, baseUrl })))
      assert.is(error.code, 'ERR_NETWORK')
      assert.not.ok('unsettled' in error)
      assert.match(error.message, reason)
      assert.match(error.message, /no connection was made .* The request was not sent: check baseUrl/)
      assert.not.match(`${error.message} ${error.stack}`, /taken effect/)
    }
  })
}

test('a connection that breaks: the request may have taken effect, except a GET', async () => {
  faulty.fault = ({ socket }) => socket.resetAndDestroy()
  for (const [name, call] of Object.entries(calls)) {
    const error = await thrownBy(() => call(looseClient(options)))
    assert.is(error.unsettled, name === 'GET' ? undefined : true, name)
    assert.is('unsettled' in error, name !== 'GET')
    assert.match(
      error.message,
      name === 'GET' ? 'A GET changes nothing: call again' : 'The request may have taken effect',
    )
    assert.ok(error.message.includes(error.hint!) && error.stack!.includes(error.message))
    assert.is(JSON.parse(JSON.stringify(error)).unsettled, name === 'GET' ? undefined : true)
  }
})

test('one attempt that breaks, then a refused connection: an earlier attempt may have taken effect', async () => {
  const lost = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
  lost.fault = ({ socket }) => socket.resetAndDestroy()
  const client = looseClient({ ...options, baseUrl: lost.url, backupUrl: `http://127.0.0.1:${gone}` })
  const error = await thrownBy(() => calls['POST with its own number']!(client))
  assert.is(error.unsettled, true)
  assert.equal(error.attempts, ['ERR_NETWORK ECONNRESET', 'ERR_NETWORK ECONNREFUSED'])
  assert.match(error.message, 'An earlier attempt may have taken effect')
  assert.not.match(error.message, 'was not sent')
  const reading = await thrownBy(() => calls['GET']!(client))
  assert.not.ok('unsettled' in reading)
  await lost.close()
})

test('one attempt that breaks, then a key that is damaged only for the second: an earlier attempt may have', async () => {
  let signed = 0
  faulty.fault = ({ socket }) => socket.resetAndDestroy()
  const sign = async () => {
    if (++signed > 1) throw new Error('the KMS is gone')
    return 'c2ln'
  }
  const client = looseClient({ ...options, privateKey: { sign } })
  const error = await thrownBy(() => calls['POST with its own number']!(client))
  assert.is(error.code, 'ERR_KEY_SIGNER')
  assert.is(error.unsettled, true)
  assert.match(error.message, 'An earlier attempt may have taken effect')
})

test('a signature that takes too long: nothing was sent', async () => {
  const client = looseClient({ ...options, privateKey: { sign: () => new Promise(() => {}) }, timeout: 20 })
  for (const call of Object.values(calls)) {
    const error = await thrownBy(() => call(client))
    assert.is(error.code, 'ERR_TIMEOUT')
    assert.not.ok('unsettled' in error)
    assert.not.match(error.message, 'taken effect')
  }
})

test('a response that cannot be trusted or read, after the request', async () => {
  const client = looseClient(options)
  for (const [answer, code] of [
    [{ timestamp: false }, 'ERR_RESPONSE_UNSIGNED'],
    [{ status: '302 Found', lines: ['Location: /'] }, 'ERR_RESPONSE_REDIRECT'],
    [{}, 'ERR_RESPONSE_MALFORMED'],
  ] as const) {
    faulty.fault = ({ socket, answer: whole }) =>
      socket.end(whole('not JSON', { ...answer, lines: [...('lines' in answer ? answer.lines : [])] }))
    const error = await thrownBy(() => calls['POST without']!(client))
    assert.is(error.code, code)
    assert.is(error.unsettled, true)
    assert.match(error.message, /\. The request may have taken effect: find out before you repeat it$/)
    const reading = await thrownBy(() => calls['GET']!(client))
    assert.is(reading.code, code)
    assert.not.ok('unsettled' in reading)
  }
})

test('a middleware that hides an error response: what the response says counts', async () => {
  const hiding = { onResponse: () => new Response('{}') }
  const client = looseClient({ ...options, middleware: [hiding] })
  for (const [status, unsettled] of [
    ['502 Bad Gateway', true],
    ['400 Bad Request', undefined],
  ] as const) {
    faulty.fault = ({ socket, answer }) => socket.end(answer('{}', { status, timestamp: false }))
    const error = await thrownBy(() => calls['POST without']!(client))
    assert.is(error.code, 'ERR_CONFIG_MIDDLEWARE')
    assert.is(error.unsettled, unsettled)
  }
})

test('certificates that cannot be fetched: for the verification it is open, before sending nothing was sent', async () => {
  const { platform: _, ...rest } = options
  faulty.fault = ({ socket, answer, seen }) =>
    seen.path === '/v3/certificates'
      ? socket.end(answer('{}', { status: '404 Not Found', timestamp: false }))
      : socket.end(answer('{}', { serial: 'ABCDEF01' }))
  const automatic = { certificates: 'auto', apiV3Key: 'k'.repeat(32) } as const
  const before = await thrownBy(() => calls['POST without']!(looseClient({ ...rest, ...automatic })))
  assert.is(before.code, 'ERR_CERTIFICATES_UNAVAILABLE')
  assert.not.ok('unsettled' in before)
  // With a key of its own the client sends at once, and looks for the certificate that signed the response.
  const client = looseClient({ ...options, ...automatic })
  const errors = await Promise.all(
    ['POST without', 'GET', 'POST with its own number'].map((name) => thrownBy(() => calls[name]!(client))),
  )
  assert.equal(
    errors.map(({ unsettled }) => unsettled),
    [true, undefined, true],
  )
  for (const { message } of errors) assert.ok(message.split('taken effect').length <= 2, message)
})

test('an error response: 5xx and earlier attempts count, a 429 and a GET do not', async () => {
  const client = looseClient(options)
  const status = async (call: string, ...statuses: string[]) => {
    faulty.attempts.length = 0
    faulty.fault = ({ socket, answer, number }) => {
      const one = statuses[Math.min(number, statuses.length) - 1]!
      if (one === 'reset') socket.resetAndDestroy()
      else socket.end(answer('{"code":"X","message":"x"}', { status: one, timestamp: false }))
    }
    const { error } = (await calls[call]!(client)) as { error: { unsettled?: true; hint?: string } }
    assert.is(/may have taken effect/.test(error.hint ?? ''), error.unsettled === true)
    return error.unsettled
  }
  assert.is(await status('POST without', '500 Oops'), true)
  assert.is(await status('POST without', '429 Busy'), undefined)
  assert.is(await status('POST without', '400 Bad'), undefined)
  assert.is(await status('POST with its own number', 'reset', '400 Bad'), true)
  assert.is(await status('POST with its own number', '500 Oops', '400 Bad'), true)
  assert.is(await status('POST with its own number', '429 Busy', '400 Bad'), undefined)
  assert.is(await status('GET', '500 Oops'), undefined)
  assert.is(await status('GET', 'reset', '404 Not Found'), undefined)
})

test("a user's own fetch: what it says of a connection is not trusted", async () => {
  const client = looseClient({
    ...options,
    async fetch() {
      const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' })
      throw new TypeError('fetch failed', { cause })
    },
  })
  assert.is((await thrownBy(() => calls['POST without']!(client))).unsettled, true)
})

test("the caller's own abort stays as it is", async () => {
  faulty.fault = () => {}
  const reason = new Error('the user left')
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), 30)
  const failure = await looseClient(options)
    .POST('/v3/smartguide/guides', { body: {}, signal: controller.signal })
    .catch((thrown: unknown) => thrown)
  assert.is(failure, reason)
})

test('retry() on another client says it, too', async () => {
  const { baseUrl, privateKey: key, platform: keys } = options
  const policy = { attempts: 1 }
  const signs = signature({ mchid, serial, privateKey: key })
  // biome-ignore lint/suspicious/noExplicitAny: any document's paths
  const client = createFetchClient<any>({ baseUrl })
  client.use(retry({ ...policy, signature: signs, verification: verification({ platform: keys }) }))
  faulty.fault = ({ socket }) => socket.resetAndDestroy()
  const init = { body: {} }
  assert.is((await thrownBy(() => client.POST('/v3/a', init))).unsettled, true)
  assert.not.ok('unsettled' in (await thrownBy(() => client.GET('/v3/a', {}))))
  const refused = await thrownBy(() => client.POST('/v3/a', { ...init, baseUrl: `http://127.0.0.1:${gone}` }))
  assert.not.ok('unsettled' in refused)
})

test.run()
