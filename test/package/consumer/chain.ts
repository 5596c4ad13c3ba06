import { createClient, pathClient, type RequestBody, type ResponseData } from 'wechatpay-fetch'
import { chain } from 'wechatpay-fetch/chain'

// The pages' own styles, as an app writes them.
const client = createClient({
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: { sign: async () => '' },
  platform: {},
})
const wechatpay = chain(client)
const paths = pathClient(client)

type Order = RequestBody<'POST', '/v3/pay/transactions/native'>
type Code = ResponseData<'POST', '/v3/pay/transactions/native'>

export async function order(json: Order, signal?: AbortSignal): Promise<Code | undefined> {
  const options = { json, signal }
  const { data, error } = await wechatpay.v3.pay.transactions.native.post(options)
  if (error) return undefined
  await wechatpay.chain('v3/pay/transactions/native').post(options)
  await wechatpay['v3/pay/transactions/native'].post(options)
  await paths['/v3/pay/transactions/native'].POST({ body: json, signal })
  await paths['/v3/certificates'].GET()
  return wechatpay.v3.pay.transactions.native.post(options).then((result) => result.data ?? data)
}

export async function mistakes(): Promise<void> {
  // @ts-expect-error guide_id is missing
  await wechatpay.v3.smartguide.guides._guide_id_.assign.post({ json: { out_trade_no: '' } })
  // @ts-expect-error an unknown key
  await wechatpay.v3.certificates.get({ guide_id: '' })
  // @ts-expect-error a path that does not exist
  await wechatpay.chain('v3/certificate').get()
}
