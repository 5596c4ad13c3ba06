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
const answer = (on: NotificationHandler, request = post()) => notifications.handler(on)(request)

/** Asserts a failure as WeChat Pay wants to read it, and returns its message. */
async function failure(response: Response, status: number): Promise<string> {
  assert.is(response.status, status)
  assert.is(response.headers.get('Content-Type'), 'application/json')
  const { code, message, ...rest } = await response.json()
  assert.is(code, 'FAIL')
  assert.equal(rest, {})
  return message
}

test('what was processed is answered 204', async () => {
  const got: Notification[] = []
  const response = await answer((notification) => got.push(notification))
  assert.is(response.status, 204)
  assert.is(response.body, null)
  assert.equal(got[0]?.resource, transaction)
  assert.equal(errors, [])
})

test('what a handler returns is sent only when it is a Response', async () => {
  for (const result of [{ row: 'secret' }, 'text', 200, null, undefined]) {
    const response = await answer(async () => result)
    assert.is(`${response.status}${await response.text()}`, '204')
  }
  const reply = await answer(() => Response.json({ code: 'SUCCESS', total_amount: 1500 }))
  assert.equal([reply.status, await reply.json()], [200, { code: 'SUCCESS', total_amount: 1500 }])
})

// Defect 7: a handler that threw was answered with 200.
test('a handler that throws is answered 500, whatever it throws', async () => {
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
      assert.not.match(await failure(await answer(on), 500), 'secret')
    }
  }
  assert.is(errors.length, thrown.length * 4)
  assert.is(errors[0], thrown[0])
})

test('a hook that throws changes nothing', async () => {
  const throwing = createNotifications({
    platform,
    apiV3Key,
    onError: () => {
      throw new Error('of the hook')
    },
  })
  await failure(await throwing.handler(nothing)(new Request(url, { method: 'POST' })), 401)
})

test('without a hook, what is answered 5xx is written to the console, and nothing else', async () => {
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

test('the table: each event has its own, other takes the rest, nothing is lost in silence', async () => {
  const got: string[] = []
  const on: NotificationHandler = {
    'TRANSACTION.SUCCESS': ({ resource }) => got.push(String(resource.out_trade_no)),
    'REFUND.SUCCESS': () => got.push('refund'),
  }
  const event = (name: string) => post(notify(sender, { event: name }))
  assert.is((await answer(on)).status, 204)
  assert.is((await answer(on, event('REFUND.SUCCESS'))).status, 204)
  for (const name of ['NEW.EVENT', 'toString', '__proto__', 'constructor', 'other'])
    await failure(await answer(on, event(name)), 500)
  assert.match((errors[0] as Error).message, 'nothing handles NEW.EVENT')
  const all = { ...on, other: ({ event_type }: Notification) => got.push(event_type) }
  assert.is((await answer(all, event('NEW.EVENT'))).status, 204)
  assert.equal(got, [transaction.out_trade_no, 'refund', 'NEW.EVENT'])
})

test('a signal tells the handler when WeChat Pay has stopped waiting', async () => {
  const { timeout } = AbortSignal
  let waited: number | undefined
  AbortSignal.timeout = (time) => {
    waited = time
    return AbortSignal.abort('late')
  }
  try {
    let aborted: boolean | undefined
    await answer((_, { signal }) => {
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
    const response = await answer(unwanted, post(message()))
    assert.is(await failure(response, status), says)
    assert.is((errors[0] as { code: string }).code, says)
    assert.not.match(printed(errors), new RegExp(apiV3Key))
  })
}

test('certificates that cannot be had: 503', async () => {
  const keys = automaticCertificates({ apiV3Key, download: async () => new Response('', { status: 502 }) })
  const message = notify({ ...sender, serial: 'ABCDEF0123456789' })
  const { handler } = createNotifications({ keys, apiV3Key, onError })
  assert.is(await failure(await handler(nothing)(post(message)), 503), 'ERR_CERTIFICATES_UNAVAILABLE')
})

test('anything but a POST: 405', async () => {
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const response = await answer(unwanted, new Request(url, { method }))
    assert.is(response.headers.get('Allow'), 'POST')
    await failure(response, 405)
  }
})

test('a body that was read before: 500, and an error that says so', async () => {
  const request = post()
  await request.text()
  assert.is(await failure(await answer(unwanted, request), 500), 'ERR_CONFIG')
  assert.match((errors[0] as Error).message, 'was read before')
})

test('anything but a Request: 500, and an error that names the right handler', async () => {
  for (const wrong of [undefined, {}, { method: 'POST', headers: {} }, { req: post() }]) {
    await failure(await notifications.handler(nothing)(wrong as never), 500)
    assert.match((errors.at(-1) as Error).message, 'nodeHandler')
  }
})

test('a body beyond the limit: 413, and no more of it is read', async () => {
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
  await failure(await answer(nothing, streamed), 413)
  assert.ok(pulled < 20, `${pulled}`)
  const announced = post({ headers: { ...headers, 'Content-Length': '1048577' }, body: 'x' })
  await failure(await answer(nothing, announced), 413)
  const small = createNotifications({ platform, apiV3Key, onError, limit: 100 })
  await failure(await small.respond(notify(sender), nothing), 413)
})

test('a body that breaks off: 400', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('secret')) })
  const { headers } = notify(sender)
  const request = new Request(url, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  await failure(await answer(nothing, request), 400)
  assert.not.match(printed(errors), 'secret')
})

test('whatever comes, an answer of 4xx or 5xx, and the handler is not called', async () => {
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
    // Half of them are signed well, so that what comes behind the signature meets them too.
    const message = valid
      ? notify(sender, { body })
      : { headers: { ...notify(sender).headers, ...own }, body }
    const response = await answer(unwanted, post(message))
    assert.ok(response.status >= 400 && response.status < 600)
  })
  await fc.assert(property, { numRuns: 150 })
})

test('whatever is sealed within a signed envelope, the answer is 204 or 4xx or 5xx', async () => {
  const property = fc.asyncProperty(
    fc.oneof(fc.json(), fc.string()),
    fc.jsonValue(),
    async (resource, odd) => {
      const message = notify(sender, { resource, ...(odd !== null && { envelope: { event_type: odd } }) })
      const response = await answer(nothing, post(message))
      assert.ok(response.status === 204 || (response.status >= 400 && response.status < 600))
    },
  )
  await fc.assert(property, { numRuns: 80 })
})

test.run()
