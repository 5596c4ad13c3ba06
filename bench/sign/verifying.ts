import { sign } from 'node:crypto'
import { createRequire } from 'node:module'
import { importPublicKey } from '../../src/index.ts'
import { verification } from '../../src/middleware/verification.ts'
import { responseMessage } from '../../src/signature/message.ts'
import { knownKeys } from '../../src/verification/platform.ts'
import { verifySigned } from '../../src/verification/verify.ts'
import { rsaPair } from '../../test/support/keys.ts'
import type { Contestant } from './rounds.ts'

const require = createRequire(import.meta.url)

/** What the others' untyped or private parts look like. */
interface AxiosDecorator {
  responseVerifier(certs: object): (this: object, data: string, headers: object, status: number) => unknown
}
interface NodeV3 {
  verifySign(message: object): Promise<boolean>
}
type NodeV3Class = (new (options: object) => NodeV3) & { certificates: Record<string, string> }

/** The bare verification, which the others are compared with. */
export const rawVerify = 'WebCrypto verify alone'

/** Contestants that verify one and the same answer. */
export async function verifiers(): Promise<Contestant[]> {
  const { privateKey, publicKey } = rsaPair()
  const serial = 'PUB_KEY_ID_0119000072912026010100000000000001'
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = '593BEC0C930BF1AFEB40B4A08C8FB242'
  const body = '{"prepay_id":"wx201410272009395522657a690389285100"}'
  const bytes = new TextEncoder().encode(body)
  const message = responseMessage({ timestamp, nonce, body })
  const signature = sign('sha256', message, privateKey)
  const signed = {
    'Wechatpay-Serial': serial,
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': signature.toString('base64'),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    'Content-Type': 'application/json',
  }
  const headers = new Headers(signed)
  const platform = { [serial]: publicKey }
  // The run may take longer than an answer is good for.
  const clock = () => Number(timestamp) * 1000

  const key = await importPublicKey(publicKey)
  const raw = new Uint8Array(signature)

  const keys = knownKeys(platform)
  await keys.ready()
  const middleware = verification({ platform, clock })
  const request = new Request('https://api.mch.weixin.qq.com/v3/pay/transactions/jsapi', { method: 'POST' })
  const schemaPath = '/v3/pay/transactions/jsapi'

  const { Decorator, Rsa } = require('wechatpay-axios-plugin') as typeof import('wechatpay-axios-plugin')
  const imported = { [serial]: Rsa.from(publicKey, Rsa.KEY_TYPE_PUBLIC) }
  const verifier = (Decorator as unknown as AxiosDecorator).responseVerifier(imported)
  const config = { url: schemaPath, validateStatus: () => true }

  const Pay = require('wechatpay-node-v3') as NodeV3Class
  Pay.certificates[serial] = publicKey
  const pay = new Pay({
    appid: 'wx',
    mchid: '1',
    serial_no: '1',
    publicKey: Buffer.from(publicKey),
    privateKey: Buffer.from(privateKey),
  })

  return [
    {
      name: rawVerify,
      run: () => crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, raw, message),
      done: (result) => result === true,
    },
    {
      name: 'ours: an answer',
      run: () => verifySigned({ headers, body: async () => bytes }, keys, clock, {}),
      done: (result) => result === bytes,
    },
    {
      name: 'ours: verification(), a Response made and verified',
      run: () => {
        const response = new Response(body, { headers: signed })
        return middleware.onResponse({ request, response, schemaPath })
      },
      done: (result) => result instanceof Response,
    },
    {
      name: 'wechatpay-axios-plugin, its response verifier',
      run: () => verifier.call(config, body, signed, 200),
      done: (result) => result === body,
    },
    {
      name: 'wechatpay-node-v3, its verifySign',
      run: () => pay.verifySign({ timestamp, nonce, body, serial, signature: signed['Wechatpay-Signature'] }),
      done: (result) => result === true,
    },
  ]
}
