import {
  createClient as create,
  createClient,
  download,
  type importPublicKey,
  type MerchantOptions,
} from 'wechatpay-fetch'
import { parseBill } from 'wechatpay-fetch/bills'
import type { createBrandClient } from 'wechatpay-fetch/brand'
import { chain } from 'wechatpay-fetch/chain'
import { businessView } from 'wechatpay-fetch/front-end'
import { signature, verification } from 'wechatpay-fetch/middleware'
import { nodeFetch } from 'wechatpay-fetch/node'
import { clientOf } from 'wechatpay-fetch/runtime'
import type { createClient as createPayClient } from 'wechatpay-fetch/v3/pay'
import { createNotifications } from 'wechatpay-fetch/webhooks'
import { nodeHandler } from 'wechatpay-fetch/webhooks/node'

// Compiled with every library of types, and with none: whatever is wrong must be an error in all of them.
const options: MerchantOptions = {
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: { sign: async () => '' },
  platform: {},
}
const client = createClient(options)

type IsAny<T> = 0 extends 1 & T ? true : false
type IsNever<T> = [T] extends [never] ? true : false
type IsUnknown<T> = unknown extends T ? true : false

/** Fails to compile unless it is a type that says something. */
function known<T>(
  _value: () => T,
  _known: [IsAny<T>, IsNever<T>, IsUnknown<T>] extends [false, false, false] ? 1 : 0,
) {}

export async function returned() {
  const result = await client.GET('/v3/certificates')
  known(() => result.response, 1)
  known(() => result.response.headers, 1)
  known(() => result.response.status, 1)
  const status: number = result.response.status
  // @ts-expect-error a status is a number
  const wrong: string = result.response.status
  const file = await download(client, 'https://api.mch.weixin.qq.com/v3/billdownload/file')
  if (!file.error) {
    known(() => file.data, 1)
    const reader = file.data.getReader()
    const { value } = await reader.read()
    known(() => value, 1)
    const length: number | undefined = value?.length
    // @ts-expect-error a stream is no text
    const text: string = file.data
    for await (const row of parseBill(file.data)) known(() => row, 1)
    return [status, wrong, length, text]
  }
  return []
}

export function taken(key: Awaited<ReturnType<typeof importPublicKey>>) {
  known(() => key, 1)
  createClient({ ...options, privateKey: key, platform: { PUB_KEY_ID_1: key } })
  createClient({
    ...options,
    fetch(request) {
      known(() => request, 1)
      const url: string = request.url
      known(() => request.headers.get(url), 1)
      throw new Error(url)
    },
  })
  // @ts-expect-error a number is no key
  createClient({ ...options, privateKey: 5 })
  // @ts-expect-error nor is an object
  createClient({ ...options, privateKey: {} })
  // @ts-expect-error nor is a number one of WeChat Pay
  createClient({ ...options, platform: { PUB_KEY_ID_1: 5 } })
  createClient({ ...options, fetch: nodeFetch() })
  // @ts-expect-error fetch is a function
  createClient({ ...options, fetch: 5 })
  // @ts-expect-error of a request
  createClient({ ...options, fetch: (request: number) => Promise.reject(request) })
  // @ts-expect-error that returns a response
  createClient({ ...options, fetch: async () => 5 })
  // @ts-expect-error a signal is no number
  client.GET('/v3/certificates', { signal: 5 })
  // @ts-expect-error nor just an object
  client.GET('/v3/certificates', { signal: {} })
  // @ts-expect-error nor is it in the chain
  chain(client).v3.certificates.get({ signal: 5 })
  // @ts-expect-error a middleware is an object
  createClient({ ...options, middleware: [5] })
  // @ts-expect-error of functions
  createClient({ ...options, middleware: [{ onRequest: 5 }] })
  // @ts-expect-error that return a request, a response or nothing
  createClient({ ...options, middleware: [{ onRequest: () => 5 }] })
  createClient({
    ...options,
    middleware: [{ onRequest: ({ request }) => request, onResponse: () => undefined }],
  })
  // @ts-expect-error a form is none
  client.POST('/v3/merchant/media/upload', { body: 5 })
  // @ts-expect-error a file is no number
  client.POST('/v3/merchant/media/upload', { body: { file: 5, meta: { filename: 'a.png', sha256: '' } } })
  // @ts-expect-error a bill is a stream, bytes or text
  parseBill(5)
  // @ts-expect-error a download's signal
  download(client, '', { signal: 5 })
  // @ts-expect-error a body is bytes or text
  createNotifications({ platform: {}, apiV3Key: '' }).receive({ headers: {}, body: 5 })
  // @ts-expect-error headers are no number
  createNotifications({ platform: {}, apiV3Key: '' }).receive({ headers: 5, body: '' })
  return [signature, verification, nodeHandler, businessView, clientOf]
}

// The type of what is made, as an app names it for its own functions.
export function named(
  one: ReturnType<typeof createClient>,
  pay: ReturnType<typeof createPayClient>,
  brand: ReturnType<typeof createBrandClient>,
  notifications: ReturnType<typeof createNotifications>,
  wechatpay: ReturnType<typeof chain>,
) {
  known(() => one, 1)
  known(() => pay, 1)
  known(() => brand, 1)
  known(() => notifications, 1)
  known(() => wechatpay, 1)
  // @ts-expect-error no operation of the client
  one.GET('/v3/certificate')
  // @ts-expect-error nor of the domain's client
  pay.GET('/v3/certificates')
  // @ts-expect-error nor of the brand's
  brand.GET('/v3/certificates')
  // @ts-expect-error no event
  notifications.handler({ 'REFUND.SUCESS': () => {} })
  // @ts-expect-error no name of the chain
  wechatpay.v3.certificate
  return [create]
}
