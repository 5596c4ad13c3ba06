import { Agent, request as send } from 'node:http'
import { createRequire } from 'node:module'
import { importPrivateKey, importPublicKey } from '../../src/index.ts'
import { requestMessage, responseMessage } from '../../src/signature/message.ts'
import { rsaPair } from '../../test/support/keys.ts'

const require = createRequire(import.meta.url)

/** One that makes whole calls. */
export interface Contestant {
  name: string
  /** Makes one call, and returns what its caller gets. */
  call(): Promise<unknown>
  /** Whether it signs its requests. */
  signs: boolean
}

/** Where WeChat Pay is, and its key. */
export interface Server {
  port: number
  serial: string
  publicKey: string
}

type Package = Pick<typeof import('../../src/index.ts'), 'createClient'> &
  typeof import('../../src/node/index.ts')

interface AxiosPlugin {
  Wechatpay: new (
    options: object,
  ) => { chain(path: string): { post(data: object): Promise<{ data: unknown }> } }
  Rsa: { from(pem: string, type: string): unknown; KEY_TYPE_PRIVATE: string; KEY_TYPE_PUBLIC: string }
}
interface NodeV3 {
  buildAuthorization(method: string, url: string, data: object): string
  getHeaders(authorization: string, headers: object): object
  httpService: { post(url: string, data: object, headers: object): Promise<{ data: unknown }> }
}

/** The names of those that others are compared with. */
export const floor = 'floor: fetch(url, init), WebCrypto signs and verifies'
export const axiosPlugin = 'wechatpay-axios-plugin'

/** All that take part, each making the same call: a JSAPI order. */
export async function contestants(
  { port, serial, publicKey }: Server,
  built: Package,
): Promise<Contestant[]> {
  const { privateKey } = rsaPair()
  const mchid = '1900007291'
  const ours = '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB'
  const base = `http://127.0.0.1:${port}`
  const path = '/v3/pay/transactions/jsapi'
  const url = base + path
  const data = {
    appid: 'wxd678efh567hg6787',
    mchid,
    description: 'Image形象店-深圳腾大-QQ公仔',
    out_trade_no: '1217752501201407033233368018',
    notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
    amount: { total: 100, currency: 'CNY' as const },
    payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  }
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json', 'User-Agent': 'bench' }

  const agent = new Agent({ keepAlive: true })
  const plain = () =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(data)
      const options = {
        method: 'POST',
        agent,
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      }
      send(url, options, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          text += part
        })
        response.on('end', () => resolve(JSON.parse(text)))
      })
        .on('error', reject)
        .end(body)
    })

  const signingKey = await importPrivateKey(privateKey)
  const verifyingKey = await importPublicKey(publicKey)
  async function byFloor(): Promise<unknown> {
    const body = JSON.stringify(data)
    const timestamp = Math.floor(Date.now() / 1000)
    const nonce = crypto.randomUUID()
    const message = requestMessage({ method: 'POST', url: path, timestamp, nonce, body })
    const signature = Buffer.from(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', signingKey, message))
    const authorization = `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signature.toString('base64')}",timestamp="${timestamp}",serial_no="${ours}"`
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, Authorization: authorization },
      body,
    })
    const text = await response.text()
    const signed = responseMessage({
      timestamp: response.headers.get('Wechatpay-Timestamp')!,
      nonce: response.headers.get('Wechatpay-Nonce')!,
      body: text,
    })
    const bytes = Buffer.from(response.headers.get('Wechatpay-Signature')!, 'base64')
    if (!(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', verifyingKey, bytes, signed)))
      throw new Error('forged')
    return JSON.parse(text)
  }

  const options = { mchid, serial: ours, privateKey, platform: { [serial]: publicKey }, baseUrl: base }
  const client = built.createClient(options)
  const onNode = built.createClient({
    ...options,
    fetch: built.nodeFetch(),
    privateKey: built.nodeSigner(privateKey),
    platform: { [serial]: built.nodeVerifier(publicKey) },
  })

  const { Wechatpay, Rsa } = require('wechatpay-axios-plugin') as unknown as AxiosPlugin
  const axios = new Wechatpay({
    mchid,
    serial: ours,
    privateKey: Rsa.from(privateKey, Rsa.KEY_TYPE_PRIVATE),
    certs: { [serial]: Rsa.from(publicKey, Rsa.KEY_TYPE_PUBLIC) },
    baseURL: `${base}/`,
  }).chain(path.slice(1))

  const Pay = require('wechatpay-node-v3') as new (options: object) => NodeV3
  const pay = new Pay({
    appid: data.appid,
    mchid,
    serial_no: ours,
    publicKey: Buffer.from(publicKey),
    privateKey: Buffer.from(privateKey),
  })

  return [
    { name: 'floor: node:http, nothing signed', call: plain, signs: false },
    {
      name: 'floor: fetch(url, init), nothing signed',
      call: async () => (await fetch(url, { method: 'POST', headers, body: JSON.stringify(data) })).json(),
      signs: false,
    },
    {
      name: 'floor: fetch(new Request(…)), nothing signed',
      call: async () =>
        (await fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(data) }))).json(),
      signs: false,
    },
    { name: floor, call: byFloor, signs: true },
    { name: 'ours', call: async () => (await client.POST(path, { body: data })).data, signs: true },
    {
      name: 'ours, on nodeFetch, nodeSigner and nodeVerifier',
      call: async () => (await onNode.POST(path, { body: data })).data,
      signs: true,
    },
    { name: axiosPlugin, call: async () => (await axios.post(data)).data, signs: true },
    {
      name: 'wechatpay-node-v3 (does not verify)',
      async call() {
        const authorization = pay.buildAuthorization('POST', url, data)
        const sent = pay.getHeaders(authorization, { 'Content-Type': 'application/json' })
        return (await pay.httpService.post(url, data, sent)).data
      },
      signs: true,
    },
  ]
}
