import type { Wechatpay } from '../../generated/chain.ts'
import type { Calls, Client, PathClient, RequestBody, ResponseData } from '../../generated/client.ts'
import type {
  PayTransactionsJsapiPostBody,
  PayTransactionsJsapiPostData,
} from '../../generated/pay/models.ts'
import type { createClient } from '../../src/index.ts'

// What must compile: nothing here may need a cast.
declare const client: Client
declare const paths: PathClient
declare const wechatpay: Wechatpay

export async function calls(): Promise<unknown[]> {
  const assigned = await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
    signal: AbortSignal.timeout(1000),
  })
  await client.POST('/v3/smartguide/guides/<guide_id>/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
  })
  const nothing: undefined = assigned.data

  const certificates = await client.GET('/v3/certificates')
  if (certificates.error) return [certificates.error.code, certificates.error.requestId]
  const serials: string[] = certificates.data.data.map((certificate) => certificate.serial_no)
  await client.GET('/v3/certificates', { params: { query: { algorithm_type: 'RSA' } } })

  // An enum of an answer is open: a value that is new tomorrow is a string today.
  const refund = await client.GET('/v3/refund/domestic/refunds/{out_refund_no}', {
    params: { path: { out_refund_no: '1217752501201407033233368018' } },
  })
  if (refund.error) return []
  const status: string = refund.data.status
  if (refund.data.status === 'SUCCESS') return [status]

  // A numeric id in a path may be given as text, as the pages' own samples do.
  await client.GET('/v3/applyment4sub/applyment/applyment_id/{applyment_id}', {
    params: { path: { applyment_id: '2000002124775691' } },
  })
  await client.GET('/v3/applyment4sub/applyment/applyment_id/{applyment_id}', {
    params: { path: { applyment_id: 2000002124775691 } },
  })
  return [nothing, serials]
}

export async function pathCalls(signal: AbortSignal | undefined): Promise<unknown[]> {
  const init = {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
    signal,
  }
  const assigned = await paths['/v3/smartguide/guides/{guide_id}/assign'].POST(init)
  await paths['/v3/smartguide/guides/<guide_id>/assign'].POST(init)
  const nothing: undefined = assigned.data
  const certificates = await paths['/v3/certificates'].GET()
  await paths['/v3/certificates'].GET({ params: { query: { algorithm_type: 'RSA' } } })
  const uploaded = await paths['/v3/merchant/media/upload'].POST({ body: new FormData() })
  return [nothing, certificates.data?.data[0]?.serial_no, uploaded.data?.media_id]
}

export async function chainCalls(signal: AbortSignal | undefined): Promise<unknown[]> {
  const options = {
    guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic',
    json: { out_trade_no: '20150806125346' },
    signal,
  }
  const assigned = await wechatpay.v3.smartguide.guides._guide_id_.assign.post(options)
  await wechatpay.chain('v3/smartguide/guides/{guide_id}/assign').post(options)
  await wechatpay.chain('v3/smartguide/guides/<guide_id>/assign').post(options)
  await wechatpay['v3/smartguide/guides/{guide_id}/assign'].post(options)
  await wechatpay['v3/smartguide/guides/<guide_id>/assign'].post(options)
  const nothing: undefined = assigned.data

  // No option is needed; some may be given; a promise can be chained.
  const serial: string | undefined = await wechatpay.v3.certificates
    .get()
    .then(({ data }) => data?.data[0]?.serial_no)
  await wechatpay.v3.certificates.get({ query: { algorithm_type: 'RSA' } })

  // Names as the samples have them: camel case, kept underscores, variables, a slash at the end.
  await wechatpay.v3.merchant.media.video_upload.post({
    body: new FormData(),
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
  })
  const { data: refund } = await wechatpay.v3.refund.domestic.refunds._out_refund_no_.get({
    out_refund_no: '1217752501201407033233368018',
  })
  const status: string | undefined = refund?.status
  wechatpay.v3.applyment4sub.applyment._empty_.post satisfies (options: { json: never }) => Promise<unknown>
  wechatpay['v3/applyment4sub/applyment/{empty}'] satisfies object

  // Both names of one path's variable, as two pages have them.
  wechatpay.v3.apply4subject.applyment._applyment_id_.cancel.post({ applyment_id: '1' })
  wechatpay.v3.apply4subject.applyment._business_code_.cancel.post({ business_code: '1' })

  // What the pages say of the entry point stands before v3.
  await wechatpay.v3.statements.get({
    base_uri: 'https://api.mch.weixin.qq.com/hk/',
    query: { mchid: '1900000109', date: '20180103' },
  })
  return [nothing, serial, status]
}

// Users name the models in signatures of their own.
export function named(
  body: PayTransactionsJsapiPostBody,
  data: PayTransactionsJsapiPostData,
): [RequestBody<'POST', '/v3/pay/transactions/jsapi'>, ResponseData<'POST', '/v3/pay/transactions/jsapi'>] {
  const bodies: RequestBody<'GET', '/v3/certificates'> = undefined
  return [body, bodies ?? data]
}

// A wrapper of one's own keeps the types of its path.
export function logged<P extends keyof Calls['POST']>(path: P, init: Calls['POST'][P]) {
  return client.POST(path, init)
}

export async function wrapped(): Promise<string | undefined> {
  const { data } = await logged('/v3/pay/transactions/jsapi', { body: {} as PayTransactionsJsapiPostBody })
  return data?.prepay_id
}

// The type of a client, as everybody names it first.
export async function made(own: ReturnType<typeof createClient>): Promise<string | undefined> {
  const { data } = await own.POST('/v3/pay/transactions/jsapi', { body: {} as PayTransactionsJsapiPostBody })
  return data?.prepay_id
}
