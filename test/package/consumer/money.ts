import { createClient, EncryptionError, NetworkError, platformKeys, VerificationError } from 'wechatpay-fetch'
import { createNotifications } from 'wechatpay-fetch/webhooks'

// What the guide's samples leave out: kinds of files, kinds of errors, keys of a client.
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

export const notifications = createNotifications({ keys: platformKeys(client), apiV3Key })
