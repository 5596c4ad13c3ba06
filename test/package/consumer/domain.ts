import {
  createClient,
  type PayTransactionsJsapiPostBody,
  type PayTransactionsJsapiPostData,
  pathClient,
  WechatpayError,
} from 'wechatpay-fetch/v3/pay'
import { operations as refunds } from 'wechatpay-fetch/v3/refund'

// An app of one product domain: it names the models in its own signatures.
const options = {
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: { sign: async () => '' },
  platform: {},
}
const client = createClient(options)

export async function prepay(
  body: PayTransactionsJsapiPostBody,
): Promise<PayTransactionsJsapiPostData | undefined> {
  const { data, error } = await client.POST('/v3/pay/transactions/jsapi', { body })
  if (error instanceof WechatpayError) throw error
  const again = await pathClient(client)['/v3/pay/transactions/jsapi'].POST({ body })
  return again.data ?? data
}

// Two domains, one client.
const both = createClient(options, refunds)
export const refund = (out_refund_no: string) =>
  both.GET('/v3/refund/domestic/refunds/{out_refund_no}', { params: { path: { out_refund_no } } })
export const close = (out_trade_no: string) =>
  both.POST('/v3/pay/transactions/out-trade-no/{out_trade_no}/close', {
    params: { path: { out_trade_no } },
    body: { mchid: '1900000109' },
  })

export async function mistakes(): Promise<void> {
  // @ts-expect-error a path of another domain
  await client.GET('/v3/certificates')
  // @ts-expect-error an unknown key
  await pathClient(client)['/v3/pay/transactions/jsapi'].POST({ body: {} as never, json: {} })
  // @ts-expect-error a method that the path does not have
  await pathClient(client)['/v3/pay/transactions/jsapi'].GET()
}
