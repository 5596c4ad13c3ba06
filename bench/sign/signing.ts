import { createRequire } from 'node:module'
import { importPrivateKey } from '../../src/index.ts'
import { signature } from '../../src/middleware/signature.ts'
import { authorizer } from '../../src/signature/authorizer.ts'
import { requestMessage } from '../../src/signature/message.ts'
import { rsaPair } from '../../test/support/keys.ts'
import type { Contestant } from './rounds.ts'

const require = createRequire(import.meta.url)

/** What the others' untyped or private parts look like. */
interface AxiosDecorator {
  requestInterceptor(): (config: object) => unknown
}
interface NodeV3 {
  getSignature(method: string, nonce: string, timestamp: string, url: string, body: unknown): string
  getAuthorization(nonce: string, timestamp: string, signature: string): string
}

/** The bare signature, which the others are compared with. */
export const rawSign = 'WebCrypto sign alone'

/** Contestants that make the Authorization of one and the same payment. */
export async function signers(): Promise<Contestant[]> {
  const { privateKey, publicKey } = rsaPair()
  const mchid = '1900007291'
  const serial = '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB'
  const path = '/v3/pay/transactions/jsapi'
  const url = `https://api.mch.weixin.qq.com${path}`
  const data = {
    appid: 'wxd678efh567hg6787',
    mchid,
    description: 'Image形象店-深圳腾大-QQ公仔',
    out_trade_no: '1217752501201407033233368018',
    notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
    amount: { total: 100, currency: 'CNY' },
    payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  }
  const body = JSON.stringify(data)
  const headers = { 'Content-Type': 'application/json' }

  const key = await importPrivateKey(privateKey)
  const head = { method: 'POST', url, timestamp: 1554208460, nonce: '593BEC0C930BF1AFEB40B4A08C8FB242' }
  const message = requestMessage({ ...head, body })

  const authorize = authorizer({ mchid, serial, privateKey })
  const middleware = signature({ mchid, serial, privateKey })

  const { Decorator, Rsa } = require('wechatpay-axios-plugin') as typeof import('wechatpay-axios-plugin')
  const intercept = (Decorator as unknown as AxiosDecorator).requestInterceptor()
  const imported = Rsa.from(privateKey, Rsa.KEY_TYPE_PRIVATE)

  const Pay = require('wechatpay-node-v3') as new (options: object) => NodeV3
  const pay = new Pay({
    appid: data.appid,
    mchid,
    serial_no: serial,
    publicKey: Buffer.from(publicKey),
    privateKey: Buffer.from(privateKey),
  })

  const complete = (header: unknown) => /^WECHATPAY2-.* .*signature="[^"]{344}"/.test(String(header))

  return [
    {
      name: rawSign,
      run: () => crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, message),
      done: (bytes) => (bytes as ArrayBuffer).byteLength === 256,
    },
    {
      name: 'ours: the Authorization',
      run: () => authorize({ method: 'POST', url, body }),
      done: (result) => complete((result as { authorization: string }).authorization),
    },
    {
      name: 'ours: signature(), a Request made and signed',
      run: () => middleware.onRequest({ request: new Request(url, { method: 'POST', headers, body }) }),
      done: (request) => complete((request as Request).headers.get('Authorization')),
    },
    {
      name: 'wechatpay-axios-plugin, its request interceptor',
      run: () =>
        intercept({
          method: 'post',
          url: path,
          baseURL: url,
          data,
          headers: {},
          mchid,
          serial,
          privateKey: imported,
        }),
      done: (config) => complete((config as { headers: Headers }).headers.get('Authorization')),
    },
    {
      name: 'wechatpay-node-v3, its Authorization',
      run() {
        const timestamp = String(Math.floor(Date.now() / 1000))
        const nonce = Math.random().toString(36).slice(2, 17)
        return pay.getAuthorization(nonce, timestamp, pay.getSignature('POST', nonce, timestamp, path, data))
      },
      done: complete,
    },
  ]
}
