import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient, download, rawBody } from '../../../src/index.ts'
import { startFaulty } from '../../support/faulty.ts'
import { rsaPair } from '../../support/keys.ts'
import { printed, thrownBy } from '../../support/thrown.ts'
import { mchid, platformSerial, serial } from '../../support/world.ts'

/** The text of a response, as it came over a raw socket. */
const merchant = rsaPair()
const platform = rsaPair()
const faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
const client = createClient({
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: faulty.url,
})
const path = '/v3/certificates'
const odd = '{ "data" : [ ],\n  "note":"\\u4e2d", "note":"SECRET 文" }'
const refused = '{"code":"PARAM_ERROR" , "message":"x", "extra":"SECRET"}'

test.before.each(() => {
  faulty.fault = ({ socket, answer }) => socket.end(answer(odd))
})
test.after(() => faulty.close())

test('of a result, and of the data of a call that throws', async () => {
  const result = await client.GET(path)
  assert.is(rawBody(result), odd)
  assert.is(rawBody(await client.GET(path, { throwOnError: true })), odd)
  const { data } = await client.GET(path)
  assert.is(rawBody(data!), undefined, 'data that is kept without its result does not keep the body')
})

test('before any middleware', async () => {
  const replaced = createClient({
    mchid,
    serial,
    privateKey: merchant.privateKey,
    platform: { [platformSerial]: platform.publicKey },
    baseUrl: faulty.url,
    middleware: [
      { onResponse: ({ response }) => new Response('{"data":[1]}', { headers: response.headers }) },
    ],
  })
  const result = await replaced.GET(path)
  assert.equal(result.data, { data: [1] })
  assert.is(rawBody(result), odd)
})

test('of an error, returned or thrown, of a call and of a download', async () => {
  faulty.fault = ({ socket, answer }) =>
    socket.end(answer(refused, { status: '400 Bad Request', timestamp: false }))
  const url = `${faulty.url}/v3/billdownload/file?token=1`
  for (const result of [await client.GET(path), await download(client, url)]) {
    assert.is(rawBody(result), refused)
    assert.is(rawBody(result.error!), refused)
  }
  assert.is(rawBody(await thrownBy(() => client.GET(path, { throwOnError: true }))), refused)
  assert.is(rawBody(await thrownBy(() => download(client, url, { throwOnError: true }))), refused)
})

test('nothing prints it', async () => {
  const result = await client.GET(path)
  faulty.fault = ({ socket, answer }) =>
    socket.end(answer(refused, { status: '400 Bad Request', timestamp: false }))
  const { error } = await client.GET(path)
  const thrown = await thrownBy(() => client.GET(path, { throwOnError: true }))
  assert.not.match(JSON.stringify(result) + Object.keys(result), 'note"?:.*note')
  for (const one of [error, thrown]) assert.not.match(printed(one), 'SECRET')
})

test('an empty body, and none', async () => {
  faulty.fault = ({ socket, answer }) => socket.end(answer(''))
  assert.is(rawBody(await client.GET(path)), '')
  assert.is(rawBody({}), undefined)
})

test.run()
