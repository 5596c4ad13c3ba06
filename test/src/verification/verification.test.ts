import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { FaultTools, SandboxResponse } from '../../../sandbox/index.ts'
import type { VerificationErrorCode } from '../../../src/index.ts'
import { stranger } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'
import { looseClient, serial, startWorld, type World } from '../../support/world.ts'

const world = await startWorld()
const { client, sandbox, options } = world
const path = '/v3/smartguide/guides/{guide_id}'
const init = { params: { path: { guide_id: 'g1' } } }

/** A place that a redirect could lead to. */
let hits = 0
const elsewhere = createServer((_, answer) => {
  hits++
  answer.end('{"guide_id":"theirs"}')
}).listen(0, '127.0.0.1')
await new Promise((resolve) => elsewhere.once('listening', resolve))
const elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`

test.after(async () => {
  await sandbox.close()
  elsewhere.close()
})
test.before.each(() => {
  world.fault = undefined
})

function headers(change: Record<string, string | undefined>): World['fault'] {
  return (answer) => {
    const all = Object.entries({ ...answer.headers, ...change }).filter(([, value]) => value !== undefined)
    return { ...answer, headers: Object.fromEntries(all) as Record<string, string> }
  }
}

function at(offset: number): World['fault'] {
  return (answer, { sign }) => sign(answer, { timestamp: Math.floor(Date.now() / 1000) + offset })
}

function flip(answer: SandboxResponse): SandboxResponse {
  const body = Buffer.from(answer.body)
  body[body.length >> 1]! ^= 1
  return { ...answer, body }
}

const redirect: World['fault'] = (answer, { sign }) =>
  sign({ ...answer, status: 307, headers: { ...answer.headers, Location: elsewhereUrl } })

const faults: [name: string, fault: World['fault'], code: VerificationErrorCode, says: string][] = [
  ['one flipped bit of the body', flip, 'ERR_RESPONSE_SIGNATURE', 'does not match'],
  [
    'no signature',
    headers({ 'Wechatpay-Signature': undefined }),
    'ERR_RESPONSE_UNSIGNED',
    'Wechatpay-Signature header',
  ],
  [
    'no timestamp',
    headers({ 'Wechatpay-Timestamp': undefined }),
    'ERR_RESPONSE_UNSIGNED',
    'Wechatpay-Timestamp',
  ],
  ['no nonce', headers({ 'Wechatpay-Nonce': undefined }), 'ERR_RESPONSE_UNSIGNED', 'Wechatpay-Nonce'],
  ['no serial', headers({ 'Wechatpay-Serial': undefined }), 'ERR_RESPONSE_UNSIGNED', 'Wechatpay-Serial'],
  [
    'an empty signature',
    headers({ 'Wechatpay-Signature': '' }),
    'ERR_RESPONSE_UNSIGNED',
    'Wechatpay-Signature',
  ],
  ['an unknown serial', headers({ 'Wechatpay-Serial': 'PUB_KEY_ID_2' }), 'ERR_RESPONSE_SERIAL', 'platform'],
  ["the merchant's serial", headers({ 'Wechatpay-Serial': serial }), 'ERR_RESPONSE_SERIAL', 'platform'],
  ['__proto__ for a serial', headers({ 'Wechatpay-Serial': '__proto__' }), 'ERR_RESPONSE_SERIAL', 'platform'],
  ['signed 300 s ago', at(-300), 'ERR_RESPONSE_TIMESTAMP', 's ago'],
  ['signed 301 s ahead', at(301), 'ERR_RESPONSE_TIMESTAMP', 's in the future'],
  [
    'a fraction of seconds',
    (answer, { sign }) => sign(answer, { timestamp: Math.floor(Date.now() / 1000) + 0.5 }),
    'ERR_RESPONSE_TIMESTAMP',
    'Unix seconds',
  ],
  [
    'milliseconds',
    (answer, { sign }) => sign(answer, { timestamp: Date.now() }),
    'ERR_RESPONSE_TIMESTAMP',
    'Unix seconds',
  ],
  [
    'a time in words',
    (answer, { sign }) => sign(answer, { timestamp: 'now' }),
    'ERR_RESPONSE_TIMESTAMP',
    'Unix seconds',
  ],
  [
    'a probe',
    headers({ 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/abc=' }),
    'ERR_RESPONSE_PROBE',
    'on purpose',
  ],
  [
    'another algorithm',
    headers({ 'Wechatpay-Signature-Type': 'WECHATPAY2-SM2-WITH-SM3' }),
    'ERR_RESPONSE_SIGNATURE_TYPE',
    'not signed with',
  ],
  ['no base64', headers({ 'Wechatpay-Signature': '***' }), 'ERR_RESPONSE_SIGNATURE', 'does not match'],
  ['another nonce', headers({ 'Wechatpay-Nonce': 'other' }), 'ERR_RESPONSE_SIGNATURE', 'does not match'],
  ['a redirect', redirect, 'ERR_RESPONSE_REDIRECT', 'HTTP 307'],
]

/** What a user could pass that must change nothing. */
const hostile = {
  redirect: 'follow',
  Request: class extends Request {},
  pathSerializer: () => elsewhereUrl,
  middleware: [
    {
      onRequest: ({ request }: { request: Request }) => new Request(request, { redirect: 'follow' }),
      onResponse: ({ response }: { response: Response }) => new Response(response.body, { headers: {} }),
      onError: () => new Response('{"guide_id":"made up"}'),
    },
  ],
}

for (const [name, fault, code, says] of faults) {
  test(`${name}: ${code}, and no data`, async () => {
    world.fault = fault
    const eager = looseClient({ ...options, middleware: hostile.middleware })
    for (const call of [
      () => client.GET(path, init),
      () => client.GET(path, { ...init, parseAs: 'stream' }),
      () => client.GET(path, { ...init, parseAs: 'arrayBuffer' }),
      () => client.GET(path, { ...init, ...hostile }),
      () => eager.GET(path, init),
    ]) {
      const error = await thrownBy(call)
      assert.is(error.code, code)
      assert.is(error.name, 'VerificationError')
      assert.is(error.operation, `GET ${path}`)
      assert.match(error.requestId!, /^[0-9A-F]{32}$/)
      assert.match(error.message, error.requestId!)
      assert.match(error.message, says)
      assert.not.match(printed(error), /guide_id-1|SHA256-RSA2048 mchid/)
    }
    assert.is(hits, 0)
  })
}

test('299 s off in either direction is verified', async () => {
  for (const offset of [-298, 299]) {
    world.fault = at(offset)
    assert.equal((await client.GET(path, init)).data, { guide_id: 'guide_id-1' })
  }
})

test('exactly 300 s off is refused in both directions, exactly 299 s is not', async () => {
  const now = 1_767_000_000_000
  const fetch = (offset: number) => async (request: Request) => {
    const signed = await globalThis.fetch(request)
    const again = new Response(await signed.arrayBuffer(), signed)
    const answer = { status: 200, headers: {}, body: Buffer.from('{}') }
    const { headers } = tools!.sign(answer, { timestamp: now / 1000 + offset })
    for (const [name, value] of Object.entries(headers)) again.headers.set(name, value)
    return new Response('{}', { headers: again.headers })
  }
  let tools: FaultTools | undefined
  world.fault = (answer, given) => {
    tools = given
    return answer
  }
  const still = looseClient({ ...options, clock: () => now + 999 })
  for (const offset of [299, -299])
    assert.equal((await still.GET(path, { ...init, fetch: fetch(offset) })).data, {})
  for (const offset of [300, -300]) {
    const error = await thrownBy(() => still.GET(path, { ...init, fetch: fetch(offset) }))
    assert.is(error.code, 'ERR_RESPONSE_TIMESTAMP')
  }
})

test('an answer without Wechatpay-Signature-Type is verified all the same', async () => {
  world.fault = headers({ 'Wechatpay-Signature-Type': undefined })
  assert.equal((await client.GET(path, init)).data, { guide_id: 'guide_id-1' })
})

test('a 204 is verified over an empty body', async () => {
  assert.is((await client.DELETE(path, init)).response.status, 204)
  world.fault = headers({ 'Wechatpay-Nonce': 'other' })
  assert.is((await thrownBy(() => client.DELETE(path, init))).code, 'ERR_RESPONSE_SIGNATURE')
})

test('a key of WeChat Pay that is another: refused', async () => {
  const other = looseClient({
    ...options,
    platform: { [Object.keys(options.platform)[0]!]: stranger().publicKey },
  })
  assert.is((await thrownBy(() => other.GET(path, init))).code, 'ERR_RESPONSE_SIGNATURE')
})

test('two keys are held at once: the first is asked for, either verifies', async () => {
  const platform = { PUB_KEY_ID_9: stranger().publicKey, ...options.platform }
  const both = looseClient({ ...options, platform })
  let asked: string | null = null
  const fetch = (request: Request) => {
    asked = request.headers.get('Wechatpay-Serial')
    request.headers.set('Wechatpay-Serial', Object.keys(options.platform)[0]!)
    return globalThis.fetch(request)
  }
  assert.equal((await both.GET(path, { ...init, fetch })).data, { guide_id: 'guide_id-1' })
  assert.is(asked, 'PUB_KEY_ID_9')
})

test('a fetch that follows redirects by itself is found out', async () => {
  world.fault = redirect
  const fetch = (request: Request) => globalThis.fetch(new Request(request, { redirect: 'follow' }))
  hits = 0
  const error = await thrownBy(() => client.GET(path, { ...init, fetch }))
  assert.is(error.code, 'ERR_RESPONSE_REDIRECT')
  hits = 0
})

test('an error answer passes unverified, as a diagnosis', async () => {
  world.fault = (answer) => ({
    ...answer,
    status: 500,
    body: Buffer.from('{"code":"SYSTEM_ERROR","message":"later"}'),
  })
  const { data, error } = await client.GET(path, init)
  assert.is(data, undefined)
  assert.is(error?.code, 'SYSTEM_ERROR')
})

test("a user's middleware sees a verified answer, and no Authorization", async () => {
  const seen: string[] = []
  const middleware = [
    {
      async onResponse({ request, response }: { request: Request; response: Response }) {
        seen.push(`${request.headers.get('Authorization')} ${await response.clone().text()}`)
      },
    },
  ]
  assert.ok((await client.GET(path, { ...init, middleware })).data)
  assert.equal(seen, ['null {"guide_id":"guide_id-1"}'])
  world.fault = flip
  await thrownBy(() => client.GET(path, { ...init, middleware }))
  assert.is(seen.length, 1)
})

test("a middleware cannot answer in WeChat Pay's place", async () => {
  const sent = sandbox.requests.length
  const middleware = [{ onRequest: () => new Response('{"guide_id":"made up"}') }]
  const error = await thrownBy(() => client.GET(path, { ...init, middleware }))
  assert.is(error.code, 'ERR_CONFIG_MIDDLEWARE')
  assert.is(sandbox.requests.length, sent)
})

test.run()
