import { createClient as createPayClient } from '../../generated/pay/client.ts'
import { operations as refund } from '../../generated/refund/client.ts'
import type { SmartguideGuidesPostBody, SmartguideGuidesPostData } from '../../generated/smartguide/models.ts'
import { chain } from '../../src/chain/index.ts'
import {
  type ApiError,
  type Client,
  createClient,
  type Download,
  download,
  type MerchantOptions,
  pathClient,
  type Result,
  type ThrowingClient,
  unlisted,
} from '../../src/index.ts'

// What must compile: the type of a call says whether it throws.
declare const options: MerchantOptions
declare const body: SmartguideGuidesPostBody
declare const either: boolean
const path = '/v3/smartguide/guides'
type Data = SmartguideGuidesPostData

export async function calls(client: Client): Promise<unknown[]> {
  const results: Result<Data>[] = [
    await client.POST(path, { body }),
    await client.POST(path, { body, throwOnError: false }),
    await pathClient(client)[path].POST({ body }),
    await chain(client).v3.smartguide.guides.post({ json: body }),
  ]
  const datas: Data[] = [
    await client.POST(path, { body, throwOnError: true }),
    await pathClient(client)[path].POST({ body, throwOnError: true }),
    await chain(client).v3.smartguide.guides.post({ json: body, throwOnError: true }),
    await chain(client).chain('v3/smartguide/guides').post({ json: body, throwOnError: true }),
    await chain(client)['v3/smartguide/guides'].post({ json: body, throwOnError: true }),
  ]
  const one: Data | Result<Data> = await client.POST(path, { body, throwOnError: either })
  // @ts-expect-error it may be a result
  const sure: Data = await client.POST(path, { body, throwOnError: either })
  const serial: string | undefined = (await client.GET('/v3/certificates', { throwOnError: true })).data[0]
    ?.serial_no
  const nothing: undefined = await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: '1' } },
    body: { out_trade_no: '1' },
    throwOnError: true,
  })
  const file: ReadableStream<Uint8Array> = await download(client, 'https://…', { throwOnError: true })
  const whole: Download = await download(client, 'https://…')
  const { request } = unlisted(client)
  const found: { state: string } = await request<{ state: string }>('GET', '/v3/new', { throwOnError: true })
  const { error } = await request<{ state: string }>('GET', '/v3/new')
  return [
    results,
    datas,
    one,
    sure,
    serial,
    nothing,
    file,
    whole,
    found,
    error satisfies ApiError | undefined,
  ]
}

export async function throwing(): Promise<unknown[]> {
  const client = createClient({ ...options, throwOnError: true })
  client satisfies ThrowingClient
  const paths = pathClient(client)
  const wechatpay = chain(client)
  const datas: Data[] = [
    await client.POST(path, { body }),
    await client.POST(path, { body, throwOnError: true }),
    await paths[path].POST({ body }),
    await paths[path].POST({ body, throwOnError: true }),
    await wechatpay.v3.smartguide.guides.post({ json: body }),
    await wechatpay.v3.smartguide.guides.post({ json: body, throwOnError: true }),
    await wechatpay.chain('v3/smartguide/guides').post({ json: body }),
    await wechatpay['v3/smartguide/guides'].post({ json: body }),
  ]
  const results: Result<Data>[] = [
    await client.POST(path, { body, throwOnError: false }),
    await paths[path].POST({ body, throwOnError: false }),
    await wechatpay.v3.smartguide.guides.post({ json: body, throwOnError: false }),
    await wechatpay['v3/smartguide/guides'].post({ json: body, throwOnError: false }),
  ]
  const serials: (string | undefined)[] = [
    (await client.GET('/v3/certificates')).data[0]?.serial_no,
    (await paths['/v3/certificates'].GET()).data[0]?.serial_no,
    (await wechatpay.v3.certificates.get()).data[0]?.serial_no,
  ]
  const file: ReadableStream<Uint8Array> = await download(client, 'https://…')
  const whole: Download = await download(client, 'https://…', { throwOnError: false })
  const { request } = unlisted(client)
  const found: { state: string } = await request<{ state: string }>('GET', '/v3/new')
  // @ts-expect-error the data is not a result
  datas[0].data
  // @ts-expect-error a client that throws is none that returns results
  const wrong: Client = client
  // @ts-expect-error nor the other way round
  const other: ThrowingClient = createClient(options)
  return [datas, results, serials, file, whole, found, wrong, other]
}

export async function combined(): Promise<unknown[]> {
  const shop = createPayClient({ ...options, throwOnError: true }, refund)
  const order = await shop.GET('/v3/pay/transactions/id/{transaction_id}', {
    params: { path: { transaction_id: '1' }, query: { mchid: '1' } },
  })
  const refunded = await shop.GET('/v3/refund/domestic/refunds/{out_refund_no}', {
    params: { path: { out_refund_no: '1' } },
  })
  return [order.trade_state satisfies string | undefined, refunded.refund_id satisfies string]
}

// What an app writes of the function: the client that returns results, and its options.
export function derived(made: ReturnType<typeof createPayClient>, given: Parameters<typeof createClient>[0]) {
  given satisfies MerchantOptions
  return made.GET('/v3/pay/transactions/id/{transaction_id}', {
    params: { path: { transaction_id: '1' }, query: { mchid: given.mchid } },
  })
}
