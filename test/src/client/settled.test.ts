import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { chain } from '../../../src/chain/index.ts'
import {
  type ClientOptions,
  createClient,
  download,
  downloadBills,
  type Hooks,
  pathClient,
  type SettledEvent,
  unlisted,
} from '../../../src/index.ts'
import { certified } from '../../support/certificate.ts'
import { startCertificateServer } from '../../support/certificate-server.ts'
import { type Fault, startFaulty } from '../../support/faulty.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { looseClient, mchid, ownOperations, platformSerial, serial } from '../../support/world.ts'

/** Each call of a client ends in one `settled` event, over a raw socket that responds as badly as it can. */
const merchant = rsaPair()
const platform = rsaPair()
const faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
stranger()

/** All events in order, by the hook's name. */
let events: [name: keyof Hooks, event: object][] = []
const seen = (name: keyof Hooks) => (event: object) => {
  events.push([name, event])
}
const hooks: Hooks = {
  request: seen('request'),
  response: seen('response'),
  retry: seen('retry'),
  key: seen('key'),
  settled: seen('settled'),
}
const options: ClientOptions = {
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: faulty.url,
  retry: { attempts: 2, minDelay: 1, maxDelay: 2 },
  hooks,
}
const client = looseClient(options)
const typed = createClient(options, ownOperations)
/** Does not wait long for a response that never comes. */
const hasty = createClient({ ...options, timeout: 60, deadline: 200 }, ownOperations)
const hastyClient = hasty as unknown as typeof client

const good: Fault = ({ socket, answer }) => socket.end(answer('{"state":"SUCCESS"}'))
const refused: Fault = ({ socket, answer }) =>
  socket.end(
    answer('{"code":"PARAM_ERROR","message":"wrong"}', { status: '400 Bad Request', timestamp: false }),
  )
const file: Fault = ({ socket, answer }) =>
  socket.end(answer('a,b\n', { timestamp: false, lines: ['Content-Type: text/plain'] }))

test.before.each(() => {
  events = []
  faulty.fault = good
})
test.after(() => faulty.close())

/** The settled events of some calls, whatever their outcome. */
async function settledOf(...calls: (() => unknown)[]): Promise<SettledEvent[]> {
  for (const call of calls)
    await Promise.resolve()
      .then(call)
      .catch(() => {})
  return events.filter(([name]) => name === 'settled').map(([, event]) => event as SettledEvent)
}

/** The one settled event of a call, without its duration and entry point, which are checked. */
async function endOf(call: () => unknown): Promise<Omit<SettledEvent, 'duration' | 'entryPoint'>> {
  const [event, ...others] = await settledOf(call)
  assert.ok(event, 'no settled event')
  assert.equal(others, [])
  assert.is(events.at(-1)![0], 'settled')
  const { duration, entryPoint, ...rest } = event
  assert.is(entryPoint, rest.attempts > 0 ? faulty.url : undefined)
  assert.ok(Number.isInteger(duration) && duration >= 0 && duration < 5_000, String(duration))
  return rest
}

const guides = '/v3/smartguide/guides/{guide_id}/assign'
const assign = { params: { path: { guide_id: 'SECRET' } }, body: { out_trade_no: '2' } }
const assigned = { operation: `POST ${guides}`, attempts: 1, status: 200, requestId: '08F0' }

test('a call ends in one event in every style', async () => {
  const node = chain(typed)
  const options = { guide_id: 'SECRET', json: { out_trade_no: '2' } }
  for (const call of [
    () => client.POST(guides, assign),
    () => pathClient(typed)[guides].POST(assign),
    () => pathClient(typed)['/v3/smartguide/guides/<guide_id>/assign'].POST(assign),
    () => node.v3.smartguide.guides._guide_id_.assign.post(options),
    () => node.chain('v3/smartguide/guides/{guide_id}/assign').post(options),
    () => node['v3/smartguide/guides/<guide_id>/assign'].post(options),
    () => unlisted(typed).request('POST', guides, assign),
  ]) {
    events = []
    assert.equal(await endOf(call), assigned)
  }
})

test('an error of the API has its status and its code, if that is one', async () => {
  faulty.fault = refused
  assert.equal(await endOf(() => client.POST(guides, assign)), {
    ...assigned,
    status: 400,
    code: 'PARAM_ERROR',
  })
  events = []
  faulty.fault = ({ socket, answer }) =>
    socket.end(answer('{"code":"张三 13900000000"}', { status: '400 Bad Request', timestamp: false }))
  assert.equal(await endOf(() => client.POST(guides, assign)), { ...assigned, status: 400 })
})

test('attempts are counted', async () => {
  faulty.fault = ({ socket }) => socket.resetAndDestroy()
  assert.equal(await endOf(() => client.GET('/v3/a')), {
    operation: 'GET /v3/a',
    attempts: 2,
    code: 'ERR_NETWORK',
  })
})

test('a response that fails its verification has the code and the Request-ID', async () => {
  faulty.fault = ({ socket, answer }) => socket.end(answer('{}', { privateKey: stranger().privateKey }))
  assert.equal(await endOf(() => client.GET('/v3/a')), {
    operation: 'GET /v3/a',
    attempts: 1,
    requestId: '08F0',
    code: 'ERR_RESPONSE_SIGNATURE',
  })
})

test('a call that was refused before it was sent has made no attempt', async () => {
  const end = (operation: string, code: string) => ({ operation, attempts: 0, code })
  const node = chain(typed) as unknown as {
    v3: { a: { get(options: unknown): unknown }; marketing: { tasks: { post(options: unknown): unknown } } }
  }
  const { request } = unlisted(typed)
  const image = '/v3/merchant/media/upload'
  const cases: [call: () => unknown, expected: object][] = [
    [() => client.POST(guides, { params: { path: {} } }), end(`POST ${guides}`, 'ERR_PATH_MISSING')],
    [() => client.POST(guides, { ...assign, timeout: -1 }), end(`POST ${guides}`, 'ERR_REQUEST')],
    [() => client.POST(guides, { ...assign, body: 1n }), end(`POST ${guides}`, 'ERR_REQUEST')],
    [() => client.POST(image, { body: { file: 1, meta: {} } }), end(`POST ${image}`, 'ERR_UPLOAD')],
    [() => node.v3.a.get('text'), end('GET /v3/a', 'ERR_REQUEST')],
    [
      () => node.v3.marketing.tasks.post({ json: {}, body: {} }),
      end('POST /v3/marketing/tasks', 'ERR_REQUEST'),
    ],
    // The path may hold anything.
    [() => client.GET('/v3/pay/transactions/id/SECRET?mchid=SECRET'), end('GET', 'ERR_OPERATION_UNKNOWN')],
    [() => client.GET(undefined as never), end('GET', 'ERR_OPERATION_UNKNOWN')],
    [() => request('GET', '/v3/new?openid=SECRET'), end('GET /v3/new', 'ERR_PATH_UNSAFE')],
    [() => request('HEAD' as never, '/v3/SECRET'), end('UNKNOWN', 'ERR_REQUEST')],
    [() => download(typed, 'https://example.com/v3/SECRET'), end('GET', 'ERR_DOWNLOAD_HOST')],
    [() => downloadBills(typed, {} as never), end('GET', 'ERR_REQUEST')],
  ]
  for (const [call, expected] of cases) {
    events = []
    assert.equal(await endOf(call), expected)
  }
  assert.is(faulty.attempts.filter(({ path }) => path.includes('SECRET?')).length, 0)
})

test('an error that is not of this package has its name, or its code where it has one', async () => {
  const throwing = (thrown: unknown) => ({
    middleware: [
      {
        onRequest() {
          throw thrown
        },
      },
    ],
  })
  const aborted = AbortSignal.abort()
  const gone = Object.assign(new Error('SECRET'), { code: 'E_GONE' })
  for (const [init, code] of [
    [{ signal: aborted }, 'AbortError'],
    [{ signal: AbortSignal.abort(new RangeError('SECRET')) }, 'RangeError'],
    [{ signal: AbortSignal.abort('SECRET 1') }, 'Error'],
    [throwing(new TypeError('SECRET')), 'TypeError'],
    [throwing(gone), 'E_GONE'],
    [throwing(Object.assign(new Error('SECRET'), { code: 'SECRET of 张三', name: '' })), 'Error'],
    [throwing(null), 'Error'],
  ] as const) {
    events = []
    assert.equal(await endOf(() => client.GET('/v3/a', init)), { operation: 'GET /v3/a', attempts: 0, code })
  }
  // While the response is awaited.
  events = []
  const controller = new AbortController()
  faulty.fault = () => controller.abort(new DOMException('SECRET', 'TimeoutError'))
  const late = await endOf(() => client.GET('/v3/a', { signal: controller.signal }))
  assert.equal(late, { operation: 'GET /v3/a', attempts: 1, code: 'TimeoutError' })
})

test('an upload, a download and each file of a bill are calls', async () => {
  const upload = { body: { file: new Uint8Array([1]), meta: { filename: 'a.png' } } }
  assert.equal(await endOf(() => client.POST('/v3/merchant/media/upload', upload)), {
    ...assigned,
    operation: 'POST /v3/merchant/media/upload',
  })
  faulty.fault = file
  for (const [path, operation] of [
    ['/v3/billdownload/file?token=SECRET', 'GET /v3/billdownload/file'],
    ['/v3/merchant-service/images/ChsySECRET', 'GET /v3/merchant-service/images/{media_id}'],
    ['/v3/new-service/files/SECRET', 'GET /v3/new-service/files/{id}'],
  ] as const) {
    events = []
    assert.equal(await endOf(() => download(typed, faulty.url + path)), { ...assigned, operation })
  }
  events = []
  const part = { download_url: `${faulty.url}/v3/billdownload/file?token=1`, nonce: '1'.repeat(12) }
  const parts = [1, 2].map((bill_sequence) => ({ ...part, bill_sequence, encrypt_key: '1'.repeat(32) }))
  const ends = await settledOf(async () => {
    const { data } = await downloadBills(typed, { download_bill_count: 2, download_bill_list: parts })
    await data?.cancel()
  })
  assert.equal(
    ends.map(({ operation, attempts, status }) => [operation, attempts, status]),
    [1, 2].map(() => ['GET /v3/billdownload/file', 1, 200]),
  )
})

test('a certificate list is a call of its own', async () => {
  const apiV3Key = 'a'.repeat(32)
  const server = await startCertificateServer(apiV3Key, Date.now())
  try {
    server.list = [certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')]
    const { platform: _, ...rest } = options
    const automatic = looseClient({ ...rest, apiV3Key, certificates: 'auto', baseUrl: server.url })
    const ends = await settledOf(() => automatic.GET('/v3/a'))
    assert.equal(
      ends.map(({ operation, attempts, status }) => [operation, attempts, status]),
      [
        ['GET /v3/certificates', 1, 200],
        ['GET /v3/a', 1, 200],
      ],
    )
    assert.is(server.hits, 2)
  } finally {
    server.close()
  }
})

test('what the hook throws is ignored', async () => {
  const thrown = (): never => {
    throw new Error('of the hook')
  }
  for (const settled of [thrown, async () => thrown()]) {
    const { response } = await looseClient({ ...options, hooks: { settled } }).GET('/v3/a')
    assert.is(response.status, 200)
  }
})

const faults: Record<string, Fault> = {
  good,
  refused,
  file,
  silent: () => {},
  reset: ({ socket }) => socket.resetAndDestroy(),
  'reset in the body': ({ socket, answer }) =>
    socket.write(answer('{"state":"SUCCESS"}').slice(0, -5), () => socket.resetAndDestroy()),
  'slow body': ({ socket, answer }) => {
    const whole = answer('{"state":"SUCCESS"}')
    socket.write(whole.slice(0, -5), () => setTimeout(() => socket.end(whole.slice(-5)), 15))
  },
  busy: ({ socket, answer }) => socket.end(answer('{}', { status: '503 Busy', timestamp: false })),
  redirect: ({ socket, answer }) => socket.end(answer('', { status: '302 Found', lines: ['Location: /'] })),
  forged: ({ socket, answer }) => socket.end(answer('{}', { privateKey: stranger().privateKey })),
  'not JSON': ({ socket, answer }) => socket.end(answer('<html>')),
  'not HTTP': ({ socket }) => socket.end('hello\r\n\r\n'),
}

test('for any faults: as many ends as calls, each after all other events of its call', async () => {
  const calls: Record<string, (signal: AbortSignal) => Promise<unknown>> = {
    GET: (signal) => hastyClient.GET('/v3/a', { signal }),
    POST: (signal) => hastyClient.POST(guides, { ...assign, signal }),
    refused: (signal) => hastyClient.POST(guides, { signal, params: { path: { guide_id: '..' } } }),
    unknown: (signal) => hastyClient.GET('/v3/nothing', { signal }),
    chain: (signal) =>
      chain(hasty).v3.smartguide.guides._guide_id_.assign.post({ guide_id: '', json: {}, signal } as never),
    download: (signal) => download(hasty, `${faulty.url}/v3/billdownload/file?token=1`, { signal }),
    // The app's own fetch may ignore its signal, and respond when nobody waits any more.
    deaf: (signal) =>
      hastyClient.GET('/v3/a', { signal, fetch: ({ url, headers }: Request) => fetch(url, { headers }) }),
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(faults)), { minLength: 1, maxLength: 4 }),
      fc.array(
        fc.record({
          call: fc.constantFrom(...Object.keys(calls)),
          abortAfter: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      async (kinds, made) => {
        let attempt = 0
        faulty.fault = (one) => faults[kinds[attempt++ % kinds.length]!]!(one)
        for (const { call, abortAfter } of made) {
          events = []
          const controller = new AbortController()
          const timer = abortAfter !== undefined && setTimeout(() => controller.abort(), abortAfter)
          await calls[call]!(controller.signal).catch(() => {})
          const names = events.map(([name]) => name)
          assert.is(names.filter((name) => name === 'settled').length, 1, `${call}: ${names}`)
          assert.is(names.at(-1), 'settled', `${call}: ${names}`)
          const { attempts } = events.at(-1)![1] as SettledEvent
          assert.is(attempts, names.filter((name) => name === 'request').length)
          // Nothing comes later either.
          await new Promise((later) => setTimeout(later, abortAfter === undefined ? 0 : 25))
          assert.is(events.length, names.length, `${call}: ${events.map(([name]) => name)}`)
          if (timer) clearTimeout(timer)
        }
        assert.not.match(JSON.stringify(events), 'SECRET')
      },
    ),
    { numRuns: 40 },
  )
})

test.run()
