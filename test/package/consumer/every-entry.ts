import { createClient, download, WechatpayError } from 'wechatpay-fetch'
import { parseBill } from 'wechatpay-fetch/bills'
import { createBrandClient } from 'wechatpay-fetch/brand'
import { chain } from 'wechatpay-fetch/chain'
import { businessView } from 'wechatpay-fetch/front-end'
import { signature } from 'wechatpay-fetch/middleware'
import { nodeFetch, nodeSigner } from 'wechatpay-fetch/node'
import { clientOf } from 'wechatpay-fetch/runtime'
import { createClient as createPayClient, type PayTransactionsJsapiPostData } from 'wechatpay-fetch/v3/pay'
import { createNotifications } from 'wechatpay-fetch/webhooks'
import { nodeHandler } from 'wechatpay-fetch/webhooks/node'
import { startSandbox } from 'wechatpay-sandbox'

// Compiled under each module resolution, as a CommonJS and as an ES module, and run.
const options = {
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: { sign: async () => '' },
  certificates: 'auto',
  apiV3Key: '0'.repeat(32),
} as const
const wechatpay = chain(createClient(options))
export const pay = createPayClient(options)
export const prepayId = ({ prepay_id }: PayTransactionsJsapiPostData): string => prepay_id
// @ts-expect-error a path of another domain
void (() => pay.GET('/v3/certificates'))
// @ts-expect-error an unknown key
void (() => wechatpay.v3.certificates.get({ query: { algorithm: 'RSA' } }))

async function run(): Promise<string> {
  const error = await download(pay, 'https://example.com').catch((thrown: unknown) => thrown)
  if (!(error instanceof WechatpayError)) throw error
  const others = [
    parseBill,
    createBrandClient,
    businessView,
    signature,
    clientOf,
    nodeFetch,
    nodeSigner,
    createNotifications,
    nodeHandler,
    startSandbox,
  ]
  return [error.code, ...others.map((one) => typeof one)].join(' ')
}

run().then((text) => console.log(text))
