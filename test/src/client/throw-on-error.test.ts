import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { chain } from '../../../src/chain/index.ts'
import {
  createClient,
  download,
  downloadBills,
  pathClient,
  ResponseError,
  settle,
  unlisted,
  WechatpayError,
} from '../../../src/index.ts'
import { type Fault, startFaulty } from '../../support/faulty.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { mchid, platformSerial, serial } from '../../support/world.ts'

/** `throwOnError`, of a client and of a call, in every style, over a raw socket. */
const merchant = rsaPair()
const platform = rsaPair()
const faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
const options = {
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: faulty.url,
  retry: false as const,
}
const plain = createClient(options)
const throwing = createClient({ ...options, throwOnError: true })
const path = '/v3/certificates'
const file = `${faulty.url}/v3/billdownload/file?token=1`
const bill = {
  download_bill_count: 1,
  download_bill_list: [
    { bill_sequence: 1, download_url: file, encrypt_key: '1'.repeat(32), nonce: '1'.repeat(12) },
  ],
}

type Own = { throwOnError?: boolean }
type Loose = Parameters<typeof chain>[0]

/** Each style, of either client. */
const styles: Record<string, (client: Loose, own?: Own) => Promise<unknown>> = {
  'client.GET': (client, own) => (client as typeof plain).GET(path, own as never),
  pathClient: (client, own) => pathClient(client as typeof plain)[path].GET(own as never),
  chain: (client, own) => chain(client).v3.certificates.get(own as never),
  'chain()': (client, own) =>
    chain(client)
      .chain('v3/certificates')
      .get(own as never),
  'chain[]': (client, own) => chain(client)['v3/certificates'].get(own as never),
  unlisted: (client, own) => unlisted(client).request('GET', path, own as never),
  download: (client, own) => download(client, file, own as never),
  downloadBills: (client, own) => downloadBills(client, bill, own as never),
}

const good: Fault = ({ socket, answer }) => socket.end(answer('{"data":[]}'))
const refused: Fault = ({ socket, answer }) =>
  socket.end(
    answer('{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/a"}}', {
      status: '400 Bad Request',
      timestamp: false,
    }),
  )

test.before.each(() => {
  faulty.attempts.length = 0
  faulty.fault = good
})
test.after(() => faulty.close())

for (const [style, call] of Object.entries(styles)) {
  const isFile = style.startsWith('download')

  test(`${style}: the data itself, or the whole result`, async () => {
    const datas = [
      await call(throwing),
      await call(throwing, { throwOnError: true }),
      await call(plain, { throwOnError: true }),
    ]
    for (const data of datas) {
      if (isFile) await (data as ReadableStream).cancel()
      else assert.equal(data, { data: [] })
    }
    const results = [
      await call(plain),
      await call(plain, { throwOnError: false }),
      await call(throwing, { throwOnError: false }),
    ]
    for (const result of results) {
      const { data, response } = result as { data: unknown; response: Response }
      assert.is(response.status, 200)
      if (isFile) await (data as ReadableStream).cancel()
      else assert.equal(data, { data: [] })
    }
  })

  test(`${style}: an error of the API is thrown`, async () => {
    faulty.fault = refused
    const { error: expected } = (await call(plain)) as { error: object }
    const operation = isFile ? 'GET /v3/billdownload/file' : 'GET /v3/certificates'
    for (const [client, own] of [
      [throwing, undefined],
      [plain, { throwOnError: true }],
    ] as const) {
      const error = await thrownBy(() => call(client, own))
      assert.instance(error, ResponseError)
      assert.instance(error, WechatpayError)
      if (!(error instanceof ResponseError)) return
      assert.is(error.name, 'ResponseError')
      assert.is(error.code, 'ERR_API')
      assert.equal(error.error, expected)
      assert.is(error.status, 400)
      assert.is(error.requestId, '08F0')
      assert.is(error.operation, operation)
      assert.not.ok('unsettled' in error)
      assert.is(error.message, `${operation}: PARAM_ERROR 参数错误, HTTP 400 (Request-ID 08F0)`)
    }
  })

  test(`${style}: anything but true or false is refused`, async () => {
    const error = await thrownBy(() => call(plain, { throwOnError: 'yes' as never }))
    assert.match(error.message, 'throwOnError must be true or false')
    assert.equal(faulty.attempts, [])
  })
}

test('a request that may have taken effect: said with what to do', async () => {
  faulty.fault = ({ socket, answer }) =>
    socket.end(answer('<html>', { status: '502 Bad Gateway', timestamp: false }))
  const retry = { attempts: 2, minDelay: 1 }
  const body = { out_refund_no: 'r1' } as never
  const error = await thrownBy(() => throwing.POST('/v3/refund/domestic/refunds', { body, retry }))
  if (!(error instanceof ResponseError)) return assert.unreachable()
  assert.is(error.unsettled, true)
  assert.equal(error.attempts, ['HTTP 502', 'HTTP 502'])
  assert.match(error.hint!, 'GET /v3/refund/domestic/refunds/r1')
  assert.match(error.message, 'HTTP_502')
  assert.match(error.message, error.hint!)
  // A query of a client that throws is a result all the same.
  faulty.fault = ({ socket, answer }) =>
    socket.end(answer('{"code":"RESOURCE_NOT_EXISTS"}', { status: '404 Not Found', timestamp: false }))
  assert.is((await settle(throwing, error)).error?.code, 'RESOURCE_NOT_EXISTS')
  const reading = await thrownBy(() => throwing.GET(path, { retry }))
  assert.not.ok('unsettled' in reading)
})

test('what was thrown before is thrown as it was', async () => {
  faulty.fault = ({ socket }) => socket.resetAndDestroy()
  assert.is((await thrownBy(() => throwing.GET(path))).code, 'ERR_NETWORK')
})

test('an option of the client that is neither true nor false', async () => {
  const error = await thrownBy(() => createClient({ ...options, throwOnError: 1 as never }))
  assert.is(error.message, 'throwOnError must be true or false')
})

test.run()
