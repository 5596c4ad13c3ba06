import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient } from '../../../src/index.ts'
import { rsaPair } from '../../support/keys.ts'

// A gateway that labels a plain body as gzip makes the response of a payment unreadable after the money has moved.
const seen: (string | undefined)[] = []
const server = createServer((request, response) => {
  seen.push(request.headers['accept-encoding'] as string | undefined)
  response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"code":"PARAM_ERROR","message":"x"}')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
test.after(() => {
  server.close()
})

const { privateKey, publicKey } = rsaPair()
const options = {
  mchid: '1900000109',
  serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  privateKey,
  platform: { PUB_KEY_ID_0114: publicKey },
  baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  retry: false,
} as const

test('no compression is asked for, unless the caller does', async () => {
  await createClient(options).GET('/v3/certificates')
  await createClient(options).POST('/v3/marketing/favor/stocks/{stock_id}/stop', {
    params: { path: { stock_id: '1' } },
    body: {},
  })
  await createClient({ ...options, headers: { 'Accept-Encoding': 'gzip' } }).GET('/v3/certificates')
  assert.equal(seen, ['identity', 'identity', 'gzip'])
})

test.run()
