import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient } from '../../../src/index.ts'
import { certified } from '../../support/certificate.ts'
import { startCertificateServer } from '../../support/certificate-server.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'

const apiV3Key = 'an APIv3 key, as long as it must'
const { privateKey } = rsaPair()
const start = Date.parse('2026-03-01T00:00:00Z')
const server = await startCertificateServer(apiV3Key, start)
server.list = [certified('5157F09EFDC096DE15EBE81A47057A7232F1B8E1')]

test.before.each(() => {
  Object.assign(server, { hits: 0, fault: undefined })
})
test.after(() => server.close())

function watched() {
  const events: string[] = []
  const client = createClient({
    mchid: '1900000109',
    serial: '7777777777777777777777777777777777777777',
    privateKey,
    certificates: 'auto',
    apiV3Key,
    baseUrl: server.url,
    retry: { minDelay: 1 },
    clock: () => server.now,
    hooks: {
      request: ({ operation, attempt }) => events.push(`request ${attempt} ${operation}`),
      response: ({ operation, attempt, status }) => events.push(`response ${attempt} ${operation} ${status}`),
      retry: ({ operation, attempt, reason }) => events.push(`retry ${attempt} ${operation} ${reason}`),
      certificates: ({ serials, failure }) => events.push(`certificates ${serials.length} ${failure ?? ''}`),
    },
  })
  return { client, events }
}

const list = 'GET /v3/certificates'

test('hooks see each attempt of the certificate download, and then the call', async () => {
  server.fault = (reply) => (server.hits <= 2 ? { ...reply, status: 503, body: '' } : reply)
  const { client, events } = watched()
  const { data } = await client.GET('/v3/certificates')
  assert.ok(data)
  assert.equal(events, [
    ...[`request 1 ${list}`, `response 1 ${list} 503`, `retry 1 ${list} HTTP 503`],
    ...[`request 2 ${list}`, `response 2 ${list} 503`, `retry 2 ${list} HTTP 503`],
    ...[`request 3 ${list}`, `response 3 ${list} 200`, 'certificates 1 '],
    ...[`request 1 ${list}`, `response 1 ${list} 200`],
  ])
})

test('a download that fails three times is three attempts, and no call', async () => {
  server.fault = (reply) => ({ ...reply, status: 500, body: '' })
  const { client, events } = watched()
  const error = await thrownBy(() => client.GET('/v3/certificates'))
  assert.is(error.code, 'ERR_CERTIFICATES_UNAVAILABLE')
  assert.is(server.hits, 3)
  assert.equal(
    events.filter((event) => event.startsWith('request')),
    [1, 2, 3].map((attempt) => `request ${attempt} ${list}`),
  )
})

test('a redirect of the certificate list is not followed', async () => {
  server.fault = (reply) => ({
    ...reply,
    status: 302,
    headers: { Location: `${server.url}/elsewhere` },
    body: '',
  })
  const { client } = watched()
  const error = await thrownBy(() => client.GET('/v3/certificates'))
  assert.match(error.message, 'HTTP 302')
  assert.is(server.hits, 1)
})

test.run()
