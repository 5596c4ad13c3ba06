import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { chain } from '../../../src/chain/index.ts'
import { type ClientOptions, createClient, download, pathClient, unlisted } from '../../../src/index.ts'
import { startFaulty } from '../../support/faulty.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { mchid, platformSerial, serial } from '../../support/world.ts'

/** `retry`, `timeout` and `deadline` of a call, in every style, over a raw socket. */
const merchant = rsaPair()
const platform = rsaPair()
const faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
const options: ClientOptions = {
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: faulty.url,
  retry: { attempts: 1, minDelay: 1, maxDelay: 2 },
}
const client = createClient(options)
const path = '/v3/certificates'

/** What a call may be given in each style. */
interface Own {
  retry?: { attempts?: number; minDelay?: number; maxDelay?: number } | false
  timeout?: number
  deadline?: number
}

const styles: Record<string, (own: Own) => Promise<unknown>> = {
  'client.GET': (own) => client.GET(path, own),
  pathClient: (own) => pathClient(client)[path].GET(own),
  chain: (own) => chain(client).v3.certificates.get(own),
  'chain()': (own) => chain(client).chain('v3/certificates').get(own),
  'chain[]': (own) => chain(client)['v3/certificates'].get(own),
  unlisted: (own) => unlisted(client).request('GET', '/v3/new', { ...own, repeatable: true }),
  download: (own) => download(client, `${faulty.url}/v3/billdownload/file?token=1`, own),
}

test.before.each(() => {
  faulty.attempts.length = 0
})
test.after(() => faulty.close())

for (const [style, call] of Object.entries(styles)) {
  test(`${style}: retry of the call, with the client's other options of it`, async () => {
    faulty.fault = ({ socket }) => socket.resetAndDestroy()
    await thrownBy(() => call({}))
    assert.is(faulty.attempts.length, 1, 'as the client says')
    const since = Date.now()
    await thrownBy(() => call({ retry: { attempts: 4 } }))
    assert.is(faulty.attempts.length, 5)
    // Three pauses of our default would take a second.
    assert.ok(Date.now() - since < 900, `${Date.now() - since} ms`)
    await thrownBy(() => call({ retry: false }))
    assert.is(faulty.attempts.length, 6)
  })

  test(`${style}: timeout and deadline of the call`, async () => {
    faulty.fault = () => {}
    const late = await thrownBy(() => call({ timeout: 30 }))
    assert.is(late.code, 'ERR_TIMEOUT')
    assert.match(late.message, 'within 30 ms')
    const over = await thrownBy(() => call({ deadline: 50, retry: { attempts: 9 } }))
    assert.is(over.code, 'ERR_TIMEOUT')
  })

  test(`${style}: a mistake is named before anything is sent`, async () => {
    for (const [own, problem] of [
      [{ timeout: 0 }, 'timeout must be a positive number of milliseconds'],
      [{ timeout: '5s' }, 'timeout must be a positive number of milliseconds'],
      [{ deadline: Number.NaN }, 'deadline must be a positive number of milliseconds'],
      [{ retry: true }, 'retry must be false or an object'],
      [{ retry: { attempts: 0 } }, 'retry.attempts must be a number of at least 1'],
      [{ retry: { minDelay: -1 } }, 'retry.minDelay must be a number of at least 0'],
      [{ retry: { maxDelay: '1' } }, 'retry.maxDelay must be a number of at least 0'],
      [{ retry: { times: 3 } }, 'retry.times is not an option. retry has attempts, minDelay and maxDelay'],
    ] as const) {
      const error = await thrownBy(() => call(own as never))
      assert.is(error.code, 'ERR_REQUEST')
      assert.is(error.message.replace(/^GET \S+: /, ''), problem)
    }
    assert.equal(faulty.attempts, [])
  })
}

test('a call that retries although its client never does', async () => {
  faulty.fault = ({ socket, number, answer }) =>
    number < 3 ? socket.resetAndDestroy() : socket.end(answer('{"data":[]}'))
  const once = createClient({ ...options, retry: false })
  const { data } = await once.GET(path, { retry: { attempts: 3, minDelay: 1 } })
  assert.equal(data, { data: [] })
})

test.run()
