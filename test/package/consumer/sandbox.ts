import { equal, match, ok } from 'node:assert/strict'
import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { get, type IncomingMessage } from 'node:http'
import { type SandboxOptions, specDocuments, startSandbox } from 'wechatpay-sandbox'

// A project with the sandbox and Node's types alone: no client, no DOM. It is compiled, and then run.
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const wechatpay = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { pay } = await specDocuments(['pay'])
// @ts-expect-error: `refund` was not requested
export const { refund } = await specDocuments(['pay'])
const options: SandboxOptions = {
  documents: [pay],
  merchants: [{ mchid: '1900000109', serial: 'AB12', publicKey: merchant.publicKey }],
  platform: { serial: 'PUB_KEY_ID_1', privateKey: wechatpay.privateKey },
}
const sandbox = await startSandbox(options)

const target = '/v3/pay/transactions/out-trade-no/1217752501201407033233368018?mchid=1900000109'

function send(signed: string): Promise<{ response: IncomingMessage; body: string }> {
  const timestamp = Math.floor(Date.now() / 1000)
  const nonce = randomBytes(16).toString('hex')
  const message = Buffer.from(`GET\n${signed}\n${timestamp}\n${nonce}\n\n`)
  const signature = sign('sha256', message, merchant.privateKey).toString('base64')
  const fields = { mchid: '1900000109', nonce_str: nonce, signature, timestamp, serial_no: 'AB12' }
  const list = Object.entries(fields).map(([name, value]) => `${name}="${value}"`)
  const Authorization = `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`
  const headers = { Accept: 'application/json', 'User-Agent': 'test', Authorization }
  return new Promise((resolve, reject) => {
    get(`${sandbox.url}${target}`, { headers, timeout: 10_000 }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      resolve({ response, body: Buffer.concat(chunks).toString() })
    }).on('error', reject)
  })
}

const { response, body } = await send(target)
const header = (name: string) => String(response.headers[`wechatpay-${name}`])
const verified = Buffer.from(`${header('timestamp')}\n${header('nonce')}\n${body}\n`)
equal(response.statusCode, 200)
equal(header('serial'), 'PUB_KEY_ID_1')
ok(verify('sha256', verified, wechatpay.publicKey, Buffer.from(header('signature'), 'base64')))
equal(typeof JSON.parse(body).out_trade_no, 'string')
equal(sandbox.requests[0]?.operation, 'GET /v3/pay/transactions/out-trade-no/{out_trade_no}')

const refused = await send(`${target}0`)
equal(refused.response.statusCode, 401)
match(refused.body, /SIGN_ERROR/)

ok(Object.keys(await specDocuments()).length > 50)
await sandbox.close()
