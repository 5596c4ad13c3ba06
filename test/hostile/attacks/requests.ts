import * as assert from 'uvu/assert'
import { type Attack, attack } from '../attack.ts'
import { clientWith, faulty, refused, responses } from '../target.ts'

const on = 'requests'
const elsewhere = 'http://127.0.0.1:9'

/** JSON that a neighbour package may have merged into Object.prototype. */
const inherited: Record<string, unknown> = {
  unsigned: true,
  unauthorized: true,
  file: true,
  digest: 'X-Digest',
  servers: [elsewhere],
  idempotencyKey: 'description',
  encrypted: ['description'],
  baseUrl: elsewhere,
  backupUrl: elsewhere,
  platform: { PUB_KEY_ID_1: 'no key' },
  certificates: 'auto',
  middleware: [{ onResponse: 1 }],
  parseAs: 'stream',
  redirect: 'follow',
  duplex: 'full',
  status: 500,
}

async function polluted(name: string): Promise<void> {
  const prototype = Object.prototype as Record<string, unknown>
  const client = clientWith({
    async fetch(request: Request) {
      assert.ok(request.url.startsWith(`${faulty.url}/`) && request.headers.has('Authorization'), request.url)
      return responses('{"a":1}').tampered
    },
  })
  prototype[name] = inherited[name]
  let outcome: unknown
  try {
    outcome = await client.GET('/v3/certificates').catch((thrown: unknown) => thrown)
  } finally {
    delete prototype[name]
  }
  assert.is((outcome as { code: string }).code, 'ERR_RESPONSE_SIGNATURE')
}

const spellings = [
  '/v3/applyment4sub/applyment',
  '/v3/SMARTGUIDE/guides',
  '//v3/smartguide/guides',
  '/v3/%73martguide/guides',
  '/v3/smartguide;x=1/guides',
  '/v3/smartguide/guides;x',
  '/v3/./smartguide/guides',
  '/v3/x/../smartguide/guides',
  '/v3/smartguide/guides/',
]

const onceOnly: Record<string, (client: ReturnType<typeof clientWith>) => Promise<unknown>> = {
  POST: (client) => client.POST('/v3/smartguide/guides', { body: {} }),
  'POST without a body': (client) => client.POST('/v3/marketing/tasks', {}),
  PATCH: (client) => client.PATCH('/v3/a', { body: { a: 1 } }),
  DELETE: (client) => client.DELETE('/v3/a', {}),
}

/** Each may send twice what must be sent once. */
const repeaters: Record<string, Parameters<typeof sentOnce>> = {
  'HTTP 421': [({ socket, answer }) => socket.end(answer('{}', { status: '421 Misdirected' }))],
  'HTTP 503': [({ socket, answer }) => socket.end(answer('{}', { status: '503 Busy' }))],
  'HTTP 307': [({ socket, answer }) => socket.end(answer('', { status: '307 x', lines: ['Location: /b'] }))],
  'a reset connection': [({ socket }) => socket.resetAndDestroy()],
  'a probe': [
    ({ socket, answer }) => socket.end(answer('{}').replace(/(Signature: )/, '$1WECHATPAY/SIGNTEST/')),
  ],
  'a wrapper that repeats': [
    ({ socket }) => socket.destroy(),
    async (request) => {
      await fetch(request.clone()).catch(() => {})
      return fetch(request)
    },
  ],
}

async function sentOnce(fault: typeof faulty.fault, fetch?: (request: Request) => Promise<Response>) {
  for (const [name, call] of Object.entries(onceOnly)) {
    faulty.fault = fault
    const before = faulty.attempts.length
    await call(clientWith(fetch && { fetch })).catch(() => {})
    assert.is(faulty.attempts.length - before, 1, name)
  }
}

/** What leaves the client. */
export const attacks: Attack[] = [
  attack(on, 'JSON merged into Object.prototype', Object.keys(inherited), polluted),
  attack(on, 'other spellings of a path with sensitive fields', spellings, async (path) => {
    const before = faulty.attempts.length
    const body = { account_number: '6222020200112233445' }
    await refused(() => clientWith().POST(path, { body }), /^ERR_(OPERATION_UNKNOWN|PATH_UNSAFE)$/)
    assert.is(faulty.attempts.length, before)
  }),
  attack(on, 'a call that must be sent once, sent twice', Object.keys(repeaters), (name) =>
    sentOnce(...repeaters[name]!),
  ),
]
