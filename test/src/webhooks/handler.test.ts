import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { automaticCertificates } from '../../../src/verification/certificates.ts'
import {
  createNotifications,
  type Notification,
  type NotificationHandler,
} from '../../../src/webhooks/index.ts'
import { rsaPair, stranger } from '../../support/keys.ts'
import { notify, transaction } from '../../support/notification.ts'
import { printed } from '../../support/thrown.ts'

const apiV3Key = 'an APIv3 key, as long as it must'
const pair = rsaPair()
const sender = { serial: 'PUB_KEY_ID_0119', privateKey: pair.privateKey, apiV3Key }
const platform = { PUB_KEY_ID_0119: pair.publicKey }
let errors: unknown[] = []
const onError = (error: unknown) => errors.push(error)
const notifications = createNotifications({ platform, apiV3Key, onError })
test.before.each(() => {
  errors = []
})

const url = 'https://shop.example/notify'
const nothing = () => {}
const unwanted = () => assert.unreachable('handled')
const post = (message = notify(sender)) => new Request(url, { method: 'POST', ...message })
const handle = (on: NotificationHandler, request = post()) => notifications.handler(on)(request)

/** Asserts the error format of WeChat Pay, and returns the message. */
async function failure(response: Response, status: number): Promise<string> {
  assert.is(response.status, status)
  assert.is(response.headers.get('Content-Type'), 'application/json')
  const { code, message, ...rest } = await response.json()
  assert.is(code, 'FAIL')
  assert.equal(rest, {})
  return message
}

test('a processed notification: 204', async () => {
  const got: Notification[] = []
  const response = await handle((notification) => got.push(notification))
  assert.is(response.status, 204)
  assert.is(response.body, null)
  assert.equal(got[0]?.resource, transaction)
  assert.equal(errors, [])
})

test('the return value of a handler is sent only when it is a Response', async () => {
  for (const result of [{ row: 'secret' }, 'text', 200, null, undefined]) {
    const response = await handle(async () => result)
    assert.is(`${response.status}${await response.text()}`, '204')
  }
  const reply = await handle(() => Response.json({ code: 'SUCCESS', total_amount: 1500 }))
  assert.equal([reply.status, await reply.json()], [200, { code: 'SUCCESS', total_amount: 1500 }])
})

// Defect 7: the response was 200 when the handler threw.
test('a handler that throws anything: 500', async () => {
  const { VerificationError } = await import('../../../src/errors.ts')
  const thrown = [
    new Error('database of secret'),
    new VerificationError('ERR_RESPONSE_PROBE', 'of a call'),
    'text',
    undefined,
    null,
  ]
  for (const error of thrown) {
    for (const on of [
      () => Promise.reject(error),
      () => {
        throw error
      },
      { 'TRANSACTION.SUCCESS': () => Promise.reject(error) },
      { other: () => Promise.reject(error) },
    ]) {
      assert.not.match(await failure(await handle(on), 500), 'secret')
    }
  }
  assert.is(errors.length, thrown.length * 4)
  assert.is(errors[0], thrown[0])
})

test('errors of hooks are ignored', async () => {
  const throwing = createNotifications({
    platform,
    apiV3Key,
    onError: () => {
      throw new Error('of the hook')
    },
  })
  await failure(await throwing.handler(nothing)(new Request(url, { method: 'POST' })), 401)
})

test('without onError, only errors with a 5xx response are written to the console', async () => {
  const { error } = console
  const written: unknown[] = []
  console.error = (...given: unknown[]) => written.push(...given)
  try {
    const { handler } = createNotifications({ platform, apiV3Key })
    await handler(nothing)(post({ ...notify(sender), headers: {} }))
    await handler(() => {
      throw new Error('mine')
    })(post())
  } finally {
    console.error = error
  }
  assert.is(written.length, 1)
  assert.match(String(written[0]), 'mine')
})

test('an object of handlers: each event has its own, other handles the rest, none is lost silently', async () => {
  const got: string[] = []
  const on: NotificationHandler = {
    'TRANSACTION.SUCCESS': ({ resource }) => 'out_trade_no' in resource && got.push(resource.out_trade_no),
    'REFUND.SUCCESS': () => got.push('refund'),
  }
  const event = (name: string) => post(notify(sender, { event: name }))
  assert.is((await handle(on)).status, 204)
  assert.is((await handle(on, event('REFUND.SUCCESS'))).status, 204)
  for (const name of ['NEW.EVENT', 'toString', '__proto__', 'constructor', 'other'])
    await failure(await handle(on, event(name)), 500)
  assert.match((errors[0] as Error).message, 'no handler for NEW.EVENT')
  const all = { ...on, other: ({ event_type }: Notification) => got.push(event_type) }
  assert.is((await handle(all, event('NEW.EVENT'))).status, 204)
  assert.equal(got, [transaction.out_trade_no, 'refund', 'NEW.EVENT'])
})

test('the signal aborts when WeChat Pay stops waiting', async () => {
  const { timeout } = AbortSignal
  let waited: number | undefined
  AbortSignal.timeout = (time) => {
    waited = time
    return AbortSignal.abort('late')
  }
  try {
    let aborted: boolean | undefined
    await handle((_, { signal }) => {
      aborted = signal.aborted
    })
    assert.equal([aborted, waited], [true, 5000])
  } finally {
    AbortSignal.timeout = timeout
  }
})

const refusals: [name: string, message: () => ReturnType<typeof notify>, status: number, says: string][] = [
  [
    'a probe',
    () => {
      const { headers, body } = notify(sender)
      return { headers: { ...headers, 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' }, body }
    },
    401,
    'ERR_RESPONSE_PROBE',
  ],
  ['stale', () => notify(sender, { now: Date.now() - 400_000 }), 401, 'ERR_RESPONSE_TIMESTAMP'],
  [
    'of a stranger',
    () => notify({ ...sender, privateKey: stranger().privateKey }),
    401,
    'ERR_RESPONSE_SIGNATURE',
  ],
  ['unsigned', () => ({ headers: {}, body: '{}' }), 401, 'ERR_RESPONSE_UNSIGNED'],
  ['APIv2', () => ({ headers: {}, body: '<xml></xml>' }), 400, 'ERR_NOTIFICATION_MALFORMED'],
  ['malformed', () => notify(sender, { body: '{}' }), 400, 'ERR_NOTIFICATION_MALFORMED'],
  [
    'sealed with another APIv3 key',
    () => notify({ ...sender, apiV3Key: 'b'.repeat(32) }),
    500,
    'ERR_NOTIFICATION_DECRYPT',
  ],
]

for (const [name, message, status, says] of refusals) {
  test(`${name}: ${status}, and the handler is not called`, async () => {
    const response = await handle(unwanted, post(message()))
    assert.is(await failure(response, status), says)
    assert.is((errors[0] as { code: string }).code, says)
    assert.not.match(printed(errors), new RegExp(apiV3Key))
  })
}

test('certificates that could not be fetched: 503', async () => {
  const keys = automaticCertificates({ apiV3Key, download: async () => new Response('', { status: 502 }) })
  const message = notify({ ...sender, serial: 'ABCDEF0123456789' })
  const { handler } = createNotifications({ keys, apiV3Key, onError })
  assert.is(await failure(await handler(nothing)(post(message)), 503), 'ERR_CERTIFICATES_UNAVAILABLE')
})

test('any method but POST: 405', async () => {
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const response = await handle(unwanted, new Request(url, { method }))
    assert.is(response.headers.get('Allow'), 'POST')
    await failure(response, 405)
  }
})

test('a body that was read before: 500, and an error that says so', async () => {
  const request = post()
  await request.text()
  assert.is(await failure(await handle(unwanted, request), 500), 'ERR_CONFIG')
  assert.match((errors[0] as Error).message, 'was read before')
})

test('not a Request: 500, and an error that names the right handler', async () => {
  for (const wrong of [undefined, {}, { method: 'POST', headers: {} }, { req: post() }]) {
    await failure(await notifications.handler(nothing)(wrong as never), 500)
    assert.match((errors.at(-1) as Error).message, 'nodeHandler')
  }
})

test('a body over the limit: 413, and the rest is not read', async () => {
  let pulled = 0
  const endless = () =>
    new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(1 << 16))
      },
    })
  const { headers } = notify(sender)
  const streamed = new Request(url, {
    method: 'POST',
    headers,
    body: endless(),
    duplex: 'half',
  } as RequestInit)
  await failure(await handle(nothing, streamed), 413)
  assert.ok(pulled < 20, `${pulled}`)
  const announced = post({ headers: { ...headers, 'Content-Length': '1048577' }, body: 'x' })
  await failure(await handle(nothing, announced), 413)
  const small = createNotifications({ platform, apiV3Key, onError, limit: 100 })
  await failure(await small.respond(notify(sender), nothing), 413)
})

test('a body that breaks off: 400', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('secret')) })
  const { headers } = notify(sender)
  const request = new Request(url, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  await failure(await handle(nothing, request), 400)
  assert.not.match(printed(errors), 'secret')
})

test('any invalid request: 4xx or 5xx, and the handler is not called', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant('<xml/>'))
  const value = fc.oneof(
    fc.stringMatching(/^[\x21-\x7e]{0,40}$/),
    fc.integer().map(String),
    fc.constant(String(Math.floor(Date.now() / 1000))),
    fc.constantFrom('PUB_KEY_ID_0119', 'WECHATPAY2-SHA256-RSA2048', 'WECHATPAY/SIGNTEST/'),
  )
  const names = ['Signature', 'Timestamp', 'Nonce', 'Serial', 'Signature-Type'].map(
    (name) => `Wechatpay-${name}`,
  )
  const headers = fc.dictionary(fc.constantFrom(...names), value)
  const property = fc.asyncProperty(headers, text, fc.boolean(), async (own, body, valid) => {
    // Half have a valid signature, so that the code after verification is tested too.
    const message = valid
      ? notify(sender, { body })
      : { headers: { ...notify(sender).headers, ...own }, body }
    const response = await handle(unwanted, post(message))
    assert.ok(response.status >= 400 && response.status < 600)
  })
  await fc.assert(property, { numRuns: 150 })
})

test('any resource in a signed envelope: 204, 4xx or 5xx', async () => {
  const property = fc.asyncProperty(
    fc.oneof(fc.json(), fc.string()),
    fc.jsonValue(),
    async (resource, odd) => {
      const message = notify(sender, { resource, ...(odd !== null && { envelope: { event_type: odd } }) })
      const response = await handle(nothing, post(message))
      assert.ok(response.status === 204 || (response.status >= 400 && response.status < 600))
    },
  )
  await fc.assert(property, { numRuns: 80 })
})

test.run()
