import { getEventListeners } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { createClient, download, downloadBills } from '../../../src/index.ts'
import { rsaPair } from '../../support/keys.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

let open = 0
let served = 0
const server = createServer((_, response) => {
  open++
  served++
  response.once('close', () => open--)
  // More than the buffers on the way hold, so that the response stays open until it is read or cancelled.
  response.end(Buffer.alloc(32 * 1024 * 1024, 'x'))
}).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
test.after(() => {
  server.closeAllConnections()
  server.close()
})

const client = createClient({
  mchid: '1900007291',
  serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  privateKey: rsaPair().privateKey,
  platform: { PUB_KEY_ID_0119000072912026010100000000000001: rsaPair().publicKey },
  baseUrl,
})

test('downloads that nobody reads leave neither listeners on the caller’s signal nor connections', async () => {
  const { signal } = new AbortController()
  for (let number = 0; number < 5; number++) {
    const hash = { type: 'SHA1', value: '0'.repeat(40) }
    const options = number % 2 === 0 ? { signal } : { signal, hash }
    await download(client, `${baseUrl}/v3/billdownload/file?token=${number}`, options)
  }
  const parts = [1, 2].map((bill_sequence) => ({
    bill_sequence,
    download_url: `${baseUrl}/v3/billdownload/file?token=${bill_sequence}`,
    encrypt_key: '0'.repeat(32),
    nonce: '0'.repeat(16),
    ...(bill_sequence === 2 && { hash_type: 'SHA1', hash_value: '0'.repeat(40) }),
  }))
  await downloadBills(client, { download_bill_count: 2, download_bill_list: parts }, { signal })
  assert.is(served, 7)
  const deadline = Date.now() + 10_000
  while ((open > 0 || getEventListeners(signal, 'abort').length > 0) && Date.now() < deadline) {
    collectGarbage()
    await pause(20)
  }
  assert.is(getEventListeners(signal, 'abort').length, 0)
  assert.is(open, 0)
})

test('a download that is read can be aborted until it ends, whatever was garbage-collected meanwhile', async () => {
  const controller = new AbortController()
  const { data } = await download(client, `${baseUrl}/v3/billdownload/file?token=1`, controller)
  const reader = data!.getReader()
  await reader.read()
  for (let number = 0; number < 5; number++) {
    collectGarbage()
    await pause(20)
  }
  assert.is(getEventListeners(controller.signal, 'abort').length, 1)
  const reason = new Error('enough')
  controller.abort(reason)
  const failure = await drain(reader).catch((thrown: unknown) => thrown)
  assert.is(failure, reason)
})

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}

test.run()
