import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import {
  ConfigError,
  createClient,
  download,
  importPrivateKey,
  KeyError,
  NetworkError,
  RequestError,
  VerificationError,
  WechatpayError,
} from 'wechatpay-fetch'
import { fen } from 'wechatpay-fetch/bills'
import { chain } from 'wechatpay-fetch/chain'
import { createClient as createPayClient } from 'wechatpay-fetch/v3/pay'
import { createNotifications } from 'wechatpay-fetch/webhooks'
import { nodeHandler } from 'wechatpay-fetch/webhooks/node'
import { type Sandbox, specDocuments, startSandbox } from 'wechatpay-sandbox'

// The test of an app, which Jest, ts-jest and Vitest run. Their globals stay what they are by default, so each test file
// of Jest has errors, arrays and promises of its own, other than those of Node.
const mchid = '1900000109'
const serial = '7777777777777777777777777777777777777777'
const keyId = 'PUB_KEY_ID_0114232134912410000000000000'
const apiV3Key = randomBytes(16).toString('hex')
const keyPair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
const merchant = { mchid, serial, apiV3Key, ...keyPair() }
const platform = { serial: keyId, ...keyPair() }
let sandbox: Sandbox
let wrong = false

function options() {
  return { ...merchant, platform: { [keyId]: platform.publicKey }, baseUrl: sandbox.url }
}

const thrownBy = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => error)

beforeAll(async () => {
  const { pay, merchant: uploads, smartguide } = await specDocuments(['pay', 'merchant', 'smartguide'])
  sandbox = await startSandbox({
    documents: [pay, uploads, smartguide],
    merchants: [merchant],
    platform,
    fault: (response, { sign }) => (wrong ? { ...sign(response), body: Buffer.from('{}') } : response),
  })
})

afterAll(() => sandbox.close())

test('a call is signed, and its response is verified', async () => {
  const init = {
    params: { path: { out_trade_no: '1217752501201407033233368018' }, query: { mchid } },
  }
  const [client, pay] = [createClient(options()), createPayClient(options())]
  for (const { data, error } of [
    await client.GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', init),
    await pay.GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', init),
  ]) {
    expect(error).toBe(undefined)
    expect(typeof data?.trade_state).toBe('string')
  }
  const { data } = await chain(client).v3.pay.transactions.outTradeNo._out_trade_no_.get({
    out_trade_no: '1217752501201407033233368018',
    query: { mchid },
  })
  expect(typeof data?.trade_state).toBe('string')
})

test('sensitive fields are encrypted, and a file is uploaded', async () => {
  const client = createClient({ ...options(), privateKey: await importPrivateKey(merchant.privateKey) })
  const guide = {
    corpid: '1',
    store_id: 1,
    userid: '1',
    qr_code: 'https://a.example',
    avatar: 'https://a.example',
  }
  const { error } = await client.POST('/v3/smartguide/guides', {
    body: { ...guide, name: '张三', mobile: '13900000000' },
  })
  expect(error).toBe(undefined)
  expect(sandbox.requests.at(-1)?.value).toMatchObject({ name: '张三' })

  const bytes = Buffer.from('not really a picture')
  const meta = { filename: 'a.png', sha256: createHash('sha256').update(bytes).digest('hex') }
  for (const file of [bytes, new Uint8Array(bytes), new Blob([bytes])]) {
    const uploaded = await client.POST('/v3/merchant/media/upload', { body: { file, meta } })
    expect(uploaded.error).toBe(undefined)
  }
})

test('errors are those of the package', async () => {
  expect(() => createClient({ ...options(), mchid: '' })).toThrow(ConfigError)
  expect(() => createClient({ ...options(), privateKey: merchant.publicKey })).toThrow(KeyError)
  const client = createClient(options())
  const unknown = await thrownBy(client.GET('/v3/certificate' as '/v3/certificates'))
  expect(unknown).toBeInstanceOf(RequestError)
  expect(unknown).toBeInstanceOf(WechatpayError)
  expect(unknown).toBeInstanceOf(Error)
  expect(unknown).not.toBeInstanceOf(NetworkError)

  wrong = true
  const init = { params: { path: { out_trade_no: '1217752501201407033233368018' }, query: { mchid } } }
  const changed = await thrownBy(client.GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', init))
  wrong = false
  expect(changed).toBeInstanceOf(VerificationError)

  // A port that nothing listens on any more.
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  const nobody = createClient({ ...options(), baseUrl: `http://127.0.0.1:${port}`, retry: false })
  const refused = (await thrownBy(
    nobody.GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', init),
  )) as NetworkError
  expect(refused).toBeInstanceOf(NetworkError)
  expect(refused.message).toMatch('ECONNREFUSED')
  expect((refused.cause as Error).name).toBe('TypeError')

  const { signal } = { signal: AbortSignal.abort() }
  const aborted = await thrownBy(
    client.GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', { ...init, signal }),
  )
  expect((aborted as Error).name).toBe('AbortError')
})

test('what is not a client is named', async () => {
  expect(await thrownBy(download({}, 'https://api.mch.weixin.qq.com/v3/billdownload/file'))).toBeInstanceOf(
    ConfigError,
  )
})

test('a notification reaches its handler', async () => {
  const notifications = createNotifications({ platform: { [keyId]: platform.publicKey }, apiV3Key })
  const resource = { out_trade_no: '1217752501201407033233368018' }
  const notification = await sandbox.notification('TRANSACTION.SUCCESS', { resource })
  let paid = ''
  const handler = notifications.handler({
    'TRANSACTION.SUCCESS'({ resource }) {
      if ('out_trade_no' in resource) paid = resource.out_trade_no
    },
  })
  const response = await handler(
    new Request('https://app.example/notify', { method: 'POST', ...notification }),
  )
  expect(response.status).toBe(204)
  expect(paid).toBe(resource.out_trade_no)
  const again = { ...notification, body: notification.body.replace('TRANSACTION', 'transaction') }
  const refused = await handler(new Request('https://app.example/notify', { method: 'POST', ...again }))
  expect(refused.status).toBe(401)
  expect(typeof nodeHandler(notifications, () => {})).toBe('function')
  expect(fen('0.01')).toBe(1n)
})
