import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Result, type RetryEvent, WechatpayError } from '../../../src/index.ts'
import { type Fault, startFaulty } from '../../support/faulty.ts'
import { fetches } from '../../support/fetches.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { type LooseClient, looseClient, mchid, platformSerial, serial } from '../../support/world.ts'

/**
 * Faults on a raw socket. For each: how many attempts were made, what the caller saw, and that it took no longer than
 * it may. `UPDATE=1` writes the table anew.
 */
const golden = new URL('./faults.golden.md', import.meta.url)
const merchant = rsaPair()
const platform = rsaPair()
const faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
const timeout = 250
const deadline = 1_100

const events: RetryEvent[] = []
const usual = {
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: faulty.url,
  retry: { attempts: 3, minDelay: 4, maxDelay: 400 },
  timeout,
  deadline,
  hooks: { retry: (event: RetryEvent) => events.push(event) },
}
/** Of the way that is tested. */
let options: typeof usual & { fetch?: (request: Request) => Promise<Response> } = usual
const client = looseClient(usual)

// A port that was free a moment ago: nobody listens there.
const nobody = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
await nobody.close()

// Made beforehand: making keys holds up the socket.
stranger()

const good = '{"state":"SUCCESS"}'
const failure = '{"code":"SYSTEM_ERROR","message":"busy"}'
const busy = (status: string, ...lines: string[]): Fault => {
  return ({ socket, answer }) => socket.end(answer(failure, { status, lines, timestamp: false }))
}

const signedHead = {
  'Wechatpay-Serial': platformSerial,
  'Wechatpay-Timestamp': String(Math.floor(Date.now() / 1000)),
  'Wechatpay-Nonce': 'n',
  'Wechatpay-Signature': 'c2ln',
}

const faults: Record<string, Fault> = {
  'no fault': ({ socket, answer }) => socket.end(answer(good)),
  'reset before an answer': ({ socket }) => socket.resetAndDestroy(),
  'reset in the middle of the headers': ({ socket }) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Le', () => socket.resetAndDestroy()),
  'reset in the middle of the body': ({ socket, answer }) =>
    socket.write(answer(good).slice(0, -5), () => setTimeout(() => socket.resetAndDestroy(), 10)),
  'closed in the middle of the body': ({ socket, answer }) => socket.end(answer(good, { length: 60 })),
  'reset once, then no fault': ({ socket, answer, number }) =>
    number === 1 ? socket.resetAndDestroy() : socket.end(answer(good)),
  'slow headers': ({ socket }) => socket.write('HTTP/1.1 200 OK\r\n'),
  'slow body': ({ socket, answer }) => socket.write(answer(good).slice(0, -5)),
  'no answer at all': () => {},
  '429 without Retry-After': busy('429 Too Many Requests'),
  '429 with Retry-After of 0 s': busy('429 Too Many Requests', 'Retry-After: 0'),
  '429 with Retry-After beyond the deadline': busy('429 Too Many Requests', 'Retry-After: 60'),
  '429 once, then no fault': (attempt) =>
    attempt.number === 1 ? busy('429 Too Many Requests')(attempt) : faults['no fault']!(attempt),
  '500': busy('500 Internal Server Error'),
  '502 with HTML': ({ socket, answer }) =>
    socket.end(
      answer('<html>bad gateway</html>', {
        status: '502 Bad Gateway',
        lines: ['Content-Type: text/html'],
        timestamp: false,
      }),
    ),
  '400': ({ socket, answer }) =>
    socket.end(
      answer('{"code":"PARAM_ERROR","message":"no"}', { status: '400 Bad Request', timestamp: false }),
    ),
  '400 with a slow body': ({ socket, answer }) =>
    socket.write(
      answer('{"code":"PARAM_ERROR","message":"no"}', { status: '400 Bad Request', timestamp: false }).slice(
        0,
        -9,
      ),
    ),
  '400 with a body that breaks off': ({ socket, answer }) =>
    socket.end(answer('{"code":', { status: '400 Bad Request', timestamp: false, length: 90 })),
  '200 with truncated JSON, signed': ({ socket, answer }) => socket.end(answer('{"state":"SUC')),
  '200 with truncated JSON, cut after it was signed': ({ socket, answer }) =>
    socket.end(
      answer(good)
        .slice(0, -6)
        .replace(/Content-Length: \d+/, `Content-Length: ${good.length - 6}`),
    ),
  '200 unsigned': ({ socket, answer }) => socket.end(answer(good, { timestamp: false })),
  'wrong content type': ({ socket, answer }) =>
    socket.end(answer(good, { lines: ['Content-Type: text/html'] })),
  'duplicate headers': ({ socket, answer }) =>
    socket.end(answer(good, { lines: ['Wechatpay-Serial: PUB_KEY_ID_0'] })),
  'clock wrong by 10 minutes': ({ socket, answer }) =>
    socket.end(answer(good, { timestamp: Math.floor(Date.now() / 1000) + 600 })),
  'key switched in mid-flight, the new one unknown': ({ socket, answer }) =>
    socket.end(answer(good, { serial: 'PUB_KEY_ID_9', privateKey: stranger().privateKey })),
  'a probe, then no fault': ({ socket, answer, number }) =>
    socket.end(
      number === 1
        ? answer(good).replace(/Wechatpay-Signature: .*/, 'Wechatpay-Signature: WECHATPAY/SIGNTEST/MTIz')
        : answer(good),
    ),
  'redirect elsewhere': ({ socket, answer }) =>
    socket.end(answer('', { status: '302 Found', lines: [`Location: ${faulty.url}/v3/other`] })),
}

type Calls = Record<string, (client: LooseClient) => ReturnType<LooseClient['GET']>>

const calls: Calls = {
  GET: (client) =>
    client.GET('/v3/pay/transactions/id/{transaction_id}', {
      params: { path: { transaction_id: '1' }, query: { mchid } },
    }),
  'POST with its own number': (client) =>
    client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: 'r1', reason: 'x' } }),
  'POST without': (client) => client.POST('/v3/smartguide/guides', { body: { name: 'x' } }),
}

async function outcome(call: () => Promise<unknown>): Promise<string> {
  const start = Date.now()
  let saw: string
  try {
    const { data, error } = (await call()) as Result<unknown>
    saw = data ? `data` : `error ${error?.code}${error?.unsettled ? ', unsettled' : ''}`
    if (data) assert.equal(data, JSON.parse(good))
    if (error?.attempts) assert.is(error.attempts.length, tries || faulty.attempts.length)
  } catch (thrown) {
    if (!(thrown instanceof WechatpayError)) throw thrown
    const { code, attempts, message, unsettled, hint } = thrown as WechatpayError
    saw = unsettled ? `${code}, unsettled` : code
    assert.is(/may have taken effect/.test(message), unsettled === true)
    assert.is(/may have taken effect/.test(hint ?? ''), unsettled === true)
    if (attempts) {
      assert.is(attempts.length, tries || faulty.attempts.length || attempts.length)
      assert.match(message, `(${attempts.length} attempts: ${attempts.join(', ')})`)
      // What Node prints of it.
      assert.match((thrown as Error).stack!, message)
    }
  }
  assert.ok(Date.now() - start < deadline + 150, 'past its deadline')
  return saw
}

/** Faults that are not the server's, or not of the operation itself. */
const elsewhere: Record<string, { fault: Fault; client: () => LooseClient }> = {
  'connection refused': {
    fault: () => {},
    client: () => looseClient({ ...options, baseUrl: nobody.url, hooks: { request: () => tries++ } }),
  },
  'connection refused, and a backup': {
    fault: ({ socket, answer }) => socket.end(answer(good)),
    client: () =>
      looseClient({
        ...options,
        baseUrl: nobody.url,
        backupUrl: faulty.url,
        hooks: { request: () => tries++ },
      }),
  },
  'certificate endpoint down': {
    fault: ({ socket, answer, seen }) =>
      seen.path === '/v3/certificates'
        ? socket.end(answer(failure, { status: '503 Service Unavailable', timestamp: false }))
        : socket.end(answer(good)),
    client: withCertificates,
  },
  'certificate endpoint does not answer': {
    fault: ({ socket, answer, seen }) => seen.path !== '/v3/certificates' && socket.end(answer(good)),
    client: withCertificates,
  },
  'key switched in mid-flight, both known': {
    fault: ({ socket, answer }) =>
      socket.end(answer(good, { serial: 'PUB_KEY_ID_9', privateKey: stranger().privateKey })),
    client: () =>
      looseClient({
        ...options,
        platform: { ...options.platform, PUB_KEY_ID_9: stranger().publicKey },
        hooks: { request: () => tries++ },
      }),
  },
}

function withCertificates(): LooseClient {
  const { platform: _, ...rest } = options
  const apiV3Key = 'k'.repeat(32)
  return looseClient({
    ...rest,
    certificates: 'auto',
    apiV3Key,
    hooks: { request: () => tries++ },
  })
}

/** Attempts of the operation, which certificates are fetched for beside it. */
let tries = 0

async function faultsBy(way: keyof typeof fetches): Promise<string> {
  const fetch = fetches[way]
  options = fetch ? { ...usual, fetch } : usual
  const rows: string[][] = []
  const watched = looseClient({ ...options, hooks: { request: () => tries++ } })
  // What is loaded with the first calls takes time, too, here where each file is compiled.
  faulty.fault = faults['no fault']!
  for (const call of Object.values(calls))
    await outcome(() => call(looseClient({ ...options, timeout: 10_000 })))
  faulty.attempts.length = 0
  await outcome(() => calls['POST without']!(looseClient({ ...options, baseUrl: nobody.url })))
  tries = 0
  const all = Object.entries(faults).map(([name, fault]) => [name, { fault, client: () => watched }] as const)
  for (const [name, { fault, client: made }] of [...all, ...Object.entries(elsewhere)]) {
    const row = [name]
    for (const [kind, call] of Object.entries(calls)) {
      faulty.attempts.length = 0
      tries = 0
      faulty.fault = fault
      const saw = await outcome(() => call(made()))
      row.push(`${tries}: ${saw}`)
      const reached = faulty.attempts.filter(({ path }) => path !== '/v3/certificates')
      if (kind === 'POST without') assert.ok(reached.length <= 1, `${name}: sent twice`)
      const nonces = faulty.attempts.map((one) => /nonce_str="(\w+)"/.exec(one.authorization)?.[1])
      assert.is(new Set(nonces).size, nonces.length, `${name}: a nonce was repeated`)
    }
    rows.push(row)
  }
  tries = 0
  const head = ['fault', ...Object.keys(calls)]
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
  options = usual
  return `Attempts made, and what the caller saw; three at most, ${timeout} ms for one, ${deadline} ms for all.\n\n${table}`
}

for (const way of Object.keys(fetches) as (keyof typeof fetches)[]) {
  test(`faults: attempts, and what the caller saw (${way})`, async () => {
    const actual = await faultsBy(way)
    if (process.env['UPDATE']) writeFileSync(golden, actual)
    assert.fixture(actual, readFileSync(golden, 'utf8'))
  })
}

test('nobody listens: anything is tried again, at the backup, since nothing was sent', async () => {
  const entry = looseClient({ ...options, baseUrl: nobody.url, backupUrl: faulty.url })
  faulty.fault = faults['no fault']!
  for (const [kind, path] of [
    ['GET', '/v3/smartguide/guides'],
    ['POST', '/v3/smartguide/guides'],
  ] as const) {
    faulty.attempts.length = 0
    const { data } = await entry[kind](path, kind === 'POST' ? { body: {} } : {})
    assert.equal(data, JSON.parse(good))
    assert.is(faulty.attempts.length, 1)
  }
  const alone = looseClient({ ...options, baseUrl: nobody.url })
  faulty.attempts.length = 0
  assert.is(await outcome(() => alone.POST('/v3/smartguide/guides', { body: {} })), 'ERR_NETWORK')
})

test('a connection that was lost after it was sent does not lead a POST without its own number elsewhere', async () => {
  const lost = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
  lost.fault = ({ socket }) => socket.resetAndDestroy()
  const entry = looseClient({ ...options, baseUrl: lost.url, backupUrl: faulty.url })
  faulty.fault = faults['no fault']!
  faulty.attempts.length = 0
  assert.is(await outcome(() => entry.POST('/v3/smartguide/guides', { body: {} })), 'ERR_NETWORK, unsettled')
  assert.is(faulty.attempts.length, 0)
  assert.is(
    await outcome(() => entry.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: '1' } })),
    'data',
  )
  assert.is(lost.attempts.length, 2)
  await lost.close()
})

test('a hook sees each retry, and one that throws changes nothing', async () => {
  events.length = 0
  faulty.attempts.length = 0
  faulty.fault = faults['500']!
  const { error } = await calls['GET']!(client)
  assert.equal(
    events.map(({ attempt, reason }) => [attempt, reason]),
    [
      [1, 'HTTP 500'],
      [2, 'HTTP 500'],
    ],
  )
  assert.equal(error?.attempts, ['HTTP 500', 'HTTP 500', 'HTTP 500'])
  const hostile = () => {
    throw new Error('a hook')
  }
  const watched = looseClient({
    ...options,
    hooks: { request: hostile, response: hostile, retry: hostile, key: hostile },
  })
  faulty.fault = faults['reset once, then no fault']!
  faulty.attempts.length = 0
  assert.ok((await watched.GET('/v3/smartguide/guides')).data)
})

test('retry: false, for a call and for a client', async () => {
  faulty.fault = faults['500']!
  faulty.attempts.length = 0
  await client.GET('/v3/smartguide/guides', { retry: false })
  assert.is(faulty.attempts.length, 1)
  await looseClient({ ...options, retry: false }).GET('/v3/smartguide/guides')
  assert.is(faulty.attempts.length, 2)
})

test("the caller's abort ends a pause between attempts, with the caller's own reason", async () => {
  faulty.fault = busy('429 Too Many Requests', 'Retry-After: 10')
  faulty.attempts.length = 0
  const patient = looseClient({
    ...options,
    retry: { maxDelay: 20_000 },
    deadline: 30_000,
  })
  const controller = new AbortController()
  const reason = new Error('the user left')
  setTimeout(() => controller.abort(reason), 60)
  try {
    await patient.GET('/v3/smartguide/guides', { signal: controller.signal })
    assert.unreachable()
  } catch (thrown) {
    assert.is(thrown, reason)
  }
  assert.is(faulty.attempts.length, 1)
})

test('what a connection reports after it was made is no reason to send a POST again', async () => {
  const broken = Object.assign(new Error('read EHOSTUNREACH'), { code: 'EHOSTUNREACH', syscall: 'read' })
  const audit = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' })
  for (const fetch of [
    // Of the body, after the head of a 200.
    async () =>
      new Response(
        new ReadableStream({
          pull() {
            throw broken
          },
        }),
        { headers: signedHead },
      ),
    // Of something else that the caller's own fetch does.
    async () => {
      throw new TypeError('fetch failed', { cause: audit })
    },
  ]) {
    let sent = 0
    const counted = looseClient({
      ...options,
      fetch: () => {
        sent++
        return fetch()
      },
    })
    assert.is(
      await outcome(() => counted.POST('/v3/smartguide/guides', { body: {} })),
      'ERR_NETWORK, unsettled',
    )
    assert.is(sent, 1)
  }
})

test('nothing is sent after the caller got an error', async () => {
  let sent = 0
  const slow = looseClient({
    ...options,
    privateKey: { sign: () => new Promise((resolve) => setTimeout(() => resolve('c2ln'), 60)) },
    async fetch() {
      sent++
      return new Response('{}')
    },
  })
  assert.is(await outcome(() => slow.POST('/v3/smartguide/guides', { body: {}, timeout: 10 })), 'ERR_TIMEOUT')
  await new Promise((resolve) => setTimeout(resolve, 80))
  assert.is(sent, 0)
})

test('limits of a call that are no durations', async () => {
  for (const limits of [{ timeout: Number.NaN }, { timeout: 0 }, { deadline: Infinity }, { timeout: '5s' }]) {
    assert.is(
      await outcome(() => client.POST('/v3/smartguide/guides', { body: {}, ...limits })),
      'ERR_REQUEST',
    )
  }
})

test('an error after a lost attempt, or of a gateway, says that the request may have taken effect', async () => {
  const refund = () => client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no: '1' } })
  faulty.attempts.length = 0
  faulty.fault = ({ socket, answer, number }) =>
    number === 1
      ? socket.resetAndDestroy()
      : socket.end(
          answer('{"code":"OUT_TRADE_NO_USED","message":""}', {
            status: '400 Bad Request',
            timestamp: false,
          }),
        )
  assert.is((await refund()).error?.unsettled, true)
  faulty.fault = faults['500']!
  assert.is((await refund()).error?.unsettled, true)
  faulty.fault = faults['400']!
  assert.is((await refund()).error?.unsettled, undefined)
  faulty.attempts.length = 0
  faulty.fault = (attempt) =>
    attempt.number === 1 ? busy('429 Too Many Requests')(attempt) : faults['400']!(attempt)
  assert.is((await refund()).error?.unsettled, undefined)
})

test('a long-lived signal keeps nothing of calls that are over', async () => {
  const controller = new AbortController()
  let listeners = 0
  const { addEventListener, removeEventListener } = controller.signal
  controller.signal.addEventListener = function (this: AbortSignal, ...args: [never, never]) {
    listeners++
    return addEventListener.apply(this, args)
  }
  controller.signal.removeEventListener = function (this: AbortSignal, ...args: [never, never]) {
    listeners--
    return removeEventListener.apply(this, args)
  }
  faulty.fault = faults['no fault']!
  for (const fetch of Object.values(fetches)) {
    const client = looseClient(fetch ? { ...usual, fetch } : usual)
    await client.GET('/v3/smartguide/guides', { signal: controller.signal })
    const { data } = await client.GET('/v3/billdownload/file', { signal: controller.signal })
    assert.is(await new Response(data as ReadableStream).text(), good)
    assert.is(listeners, 0)
  }
})

test('a timeout for one call', async () => {
  faulty.fault = () => {}
  const start = Date.now()
  assert.is(
    await outcome(() => client.POST('/v3/smartguide/guides', { body: {}, timeout: 30 })),
    'ERR_TIMEOUT, unsettled',
  )
  assert.ok(Date.now() - start < 120)
})

test.after(() => faulty.close())

test.run()
