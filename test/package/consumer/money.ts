import {
  createClient,
  download,
  EncryptionError,
  NetworkError,
  paySigner,
  platformKeys,
  VerificationError,
} from 'wechatpay-fetch'
import { fen, parseBill } from 'wechatpay-fetch/bills'
import { createNotifications } from 'wechatpay-fetch/webhooks'
import { nodeHandler } from 'wechatpay-fetch/webhooks/node'

// What the guide shows: it must compile wherever apps compile.
declare const privateKey: string
declare const apiV3Key: string
declare const platform: Record<string, string>

const client = createClient({
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey,
  apiV3Key,
  platform,
  certificates: 'auto',
  retry: { attempts: 2 },
  timeout: 5_000,
  hooks: { response: ({ operation, status, duration }) => console.log(operation, status, duration) },
})

export async function upload(bytes: Uint8Array, stream: ReadableStream<Uint8Array>): Promise<string> {
  const meta = { filename: 'licence.png' }
  const { data } = await client.POST('/v3/merchant/media/upload', { body: { file: bytes, meta } })
  await client.POST('/v3/merchant/media/upload', { body: { file: stream, meta } })
  await client.POST('/v3/merchant/media/upload', { body: new FormData() })
  // @ts-expect-error a file is no text
  await client.POST('/v3/merchant/media/upload', { body: { file: 'licence.png', meta } })
  return data?.media_id ?? ''
}

export async function income(bill_date: string): Promise<bigint> {
  const { data: bill } = await client.GET('/v3/bill/tradebill', { params: { query: { bill_date } } })
  if (!bill) return 0n
  const hash = { type: bill.hash_type, value: bill.hash_value }
  const { data: file, error } = await download(client, bill.download_url, { hash })
  if (error) throw new Error(error.code)
  let total = 0n
  for await (const row of parseBill(file, { titles: ['订单金额'] })) total += fen(row['订单金额'])
  return total
}

export async function refund(out_refund_no: string): Promise<'done' | 'ask'> {
  const amount = { refund: 1, total: 1, currency: 'CNY' as const }
  try {
    const { error } = await client.POST('/v3/refund/domestic/refunds', { body: { out_refund_no, amount } })
    return error?.unsettled ? 'ask' : 'done'
  } catch (error) {
    if (error instanceof EncryptionError) return 'done'
    if (error instanceof NetworkError || error instanceof VerificationError) return 'ask'
    throw error
  }
}

const notifications = createNotifications({ keys: platformKeys(client), apiV3Key })
export const notify = notifications.handler({
  'TRANSACTION.SUCCESS'({ id, resource }) {
    console.log(id, resource.out_trade_no, resource.amount)
  },
})
export const express = nodeHandler(notifications, (notification) => console.log(notification.event_type))
export const pay = (prepay_id: string) => paySigner({ privateKey }).jsapi({ appid: 'wx1', prepay_id })
