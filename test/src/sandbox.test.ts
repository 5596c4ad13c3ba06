import { createPrivateKey, sign } from 'node:crypto'
import { connect } from 'node:net'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ApiError } from '../../src/index.ts'
import { rsaPair } from '../support/keys.ts'
import { mchid, platformSerial, serial, startWorld } from '../support/world.ts'

const world = await startWorld()
const { sandbox, merchant } = world
const key = createPrivateKey(merchant.privateKey)

test.after(() => sandbox.close())

interface Sent {
  method?: string
  target?: string
  body?: string | Buffer
  headers?: Record<string, string | undefined>
  /** What is signed, where it is not what is sent. */
  signed?: {
    method?: string
    target?: string
    body?: string
    timestamp?: string
    nonce?: string
    key?: string
  }
  authorization?: (header: string) => string
}

let count = 0

/** Signs and sends by hand, so that each part can be wrong. */
async function send(sent: Sent): Promise<{ status: number; body: ApiError }> {
  const { method = 'GET', target = '/v3/smartguide/guides/default', body = '', signed = {} } = sent
  const timestamp = signed.timestamp ?? String(Math.floor(Date.now() / 1000))
  const nonce = signed.nonce ?? `nonce${++count}`
  const head = `${signed.method ?? method}\n${signed.target ?? target}\n${timestamp}\n${nonce}\n`
  const message = Buffer.concat([Buffer.from(head), Buffer.from(signed.body ?? body), Buffer.from('\n')])
  const signature = sign('sha256', message, signed.key ?? key).toString('base64')
  const header = `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`
  const headers = {
    Host: 'x',
    Accept: 'application/json',
    'User-Agent': 'test',
    Authorization: sent.authorization?.(header) ?? header,
    ...(body.length > 0 && {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
    }),
    Connection: 'close',
    ...sent.headers,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}\r\n`],
  )
  const socket = connect(sandbox.port, '127.0.0.1')
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`)
  socket.write(body)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  const [top = '', rest = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n')
  return { status: Number(top.split(' ')[1]), body: rest ? JSON.parse(rest) : undefined }
}

async function refused(sent: Sent, status: number, code: string, field?: string): Promise<ApiError> {
  const answer = await send(sent)
  assert.is(answer.status, status, JSON.stringify(answer.body))
  assert.is(answer.body.code, code)
  if (field !== undefined) assert.is((answer.body.detail as { field: string }).field, field)
  return answer.body
}

test('what is signed by hand and right is answered', async () => {
  assert.equal(await send({}), { status: 200, body: { which: 'the default guide' } as never })
})

test('a written-out segment beats a variable', async () => {
  assert.ok('guide_id' in (await send({ target: '/v3/smartguide/guides/other' })).body)
})

test('a wrong signature answers 401 with what was signed for', async () => {
  const jsapi = '/v3/pay/transactions/jsapi'
  const body = '{"description":"中文","amount":{"total":1}}'
  for (const signed of [
    { method: 'PUT' },
    { target: '/v3/other' },
    { body: body.replace('1', '2') },
    { body: '' },
    { key: rsaPair().privateKey },
  ]) {
    const error = await refused(
      { method: 'POST', target: jsapi, body, signed },
      401,
      'SIGN_ERROR',
      'signature',
    )
    const { sign_information } = error.detail as { sign_information: Record<string, unknown> }
    assert.is(sign_information['method'], 'POST')
    assert.is(sign_information['url'], jsapi)
    assert.match(String(sign_information['truncated_sign_message']), /^POST\n\/v3\/pay/)
  }
})

test('an Authorization that is not exactly right answers 401', async () => {
  const changes: [string, (header: string) => string][] = [
    ['Authorization', (header) => header.replace('WECHATPAY2', 'WECHATPAY')],
    ['Authorization', (header) => header.replace(',timestamp', ';timestamp')],
    ['Authorization', (header) => `${header},extra="1"`],
    ['Authorization', () => 'WECHATPAY2-SHA256-RSA2048'],
    ['mchid', (header) => `${header},mchid="${mchid}"`],
    ['nonce_str', (header) => header.replace(/nonce_str="\w+",/, '')],
    ['serial_no', (header) => header.replace(/,serial_no="\w+"/, '')],
    ['mchid', (header) => header.replace(mchid, '1')],
    ['serial_no', (header) => header.replace(serial, '00')],
  ]
  for (const [field, authorization] of changes) await refused({ authorization }, 401, 'SIGN_ERROR', field)
  await refused({ headers: { Authorization: undefined } }, 401, 'SIGN_ERROR', 'Authorization')
})

test('a nonce is good once, a timestamp for 300 seconds', async () => {
  const signed = { nonce: 'once' }
  assert.is((await send({ signed })).status, 200)
  await refused({ signed }, 401, 'SIGN_ERROR', 'nonce_str')
  const now = Math.floor(Date.now() / 1000)
  assert.is((await send({ signed: { timestamp: String(now - 298) } })).status, 200)
  for (const timestamp of [String(now - 301), String(now + 302), String(Date.now())]) {
    await refused({ signed: { timestamp } }, 401, 'SIGN_ERROR', 'timestamp')
  }
})

test('headers that WeChat Pay wants', async () => {
  await refused({ headers: { Accept: undefined } }, 400, 'PARAM_ERROR', 'Accept')
  await refused({ headers: { 'User-Agent': undefined } }, 400, 'PARAM_ERROR', 'User-Agent')
  await refused({ headers: { 'Wechatpay-Serial': serial } }, 400, 'PARAM_ERROR', 'Wechatpay-Serial')
  assert.is((await send({ headers: { 'Wechatpay-Serial': platformSerial } })).status, 200)
})

test('bodies that WeChat Pay does not take', async () => {
  const post = { method: 'POST', target: '/v3/pay/transactions/jsapi' }
  const body = (text: string | Buffer, field: string) =>
    refused({ ...post, body: text }, 400, 'PARAM_ERROR', field)
  await body('', '')
  await body('{', '')
  await body('[]', '')
  await body('{"amount":{"total":1}}', '/description')
  await body('{"description":"x","amount":{}}', '/amount/total')
  await body('{"description":"x","amount":{"total":"1"}}', '/amount/total')
  await body('{"description":"x","amount":{"total":1},"attach":null}', '/attach')
  await body('{"description":"x","amount":{"total":1},"more":[{"deep":null}]}', '/more/0/deep')
  await body('{"description":"😀","amount":{"total":1}}', '')
  await body(Buffer.from([0x7b, 0xff, 0x7d]), '')
  const text = '{"description":"x","amount":{"total":1}}'
  const headers = { 'Content-Type': 'text/plain' }
  await refused({ ...post, body: text, headers }, 400, 'PARAM_ERROR', 'Content-Type')
  assert.is((await send({ ...post, body: text })).status, 200)
})

test('queries of the wrong type', async () => {
  const query = (text: string, field: string) =>
    refused({ target: `/v3/smartguide/guides${text}` }, 400, 'PARAM_ERROR', field)
  await query('', 'store_id')
  await query('?store_id=abc', 'store_id')
  await query('?store_id=1&store_id=2', 'store_id')
  await query('?store_id=1&limit=11', 'limit')
  assert.is((await send({ target: '/v3/smartguide/guides?store_id=1&limit=10' })).status, 200)
})

test('paths and methods that are not there', async () => {
  await refused({ target: '/v3/nowhere' }, 404, 'RESOURCE_NOT_EXISTS')
  await refused({ target: '/v3/smartguide/guides/a/b/c' }, 404, 'RESOURCE_NOT_EXISTS')
  await refused({ target: '/v3/smartguide/guides/' }, 404, 'RESOURCE_NOT_EXISTS')
  await refused({ method: 'POST', target: '/v3/smartguide/guides' }, 405, 'METHOD_NOT_ALLOWED')
  await refused({ target: '/v3/smartguide/guides/%E4' }, 400, 'PARAM_ERROR')
})

test('samples are made from the schema, the same each time', async () => {
  const target = '/v3/smartguide/guides?store_id=1'
  const one = await send({ target })
  assert.equal(one.body as unknown, { data: [{ guide_id: 'guide_id-1' }], total_count: 1, state: 'OPEN' })
  assert.equal((await send({ target })).body, one.body)
})

test('a fault that throws hangs up, and the sandbox lives on', async () => {
  world.fault = () => {
    throw new Error('hang up')
  }
  const answer = await send({}).catch(() => ({ status: 0 }))
  assert.not.ok(answer.status)
  world.fault = undefined
  assert.is((await send({})).status, 200)
})

test.run()
