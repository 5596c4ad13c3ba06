import { createClient, importPrivateKey, KeyError, WechatpayError } from 'wechatpay-fetch'
import { signature, verification } from 'wechatpay-fetch/middleware'

// What an app writes: it must compile with every TypeScript and module resolution that apps use.
const client = createClient({
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: { sign: async () => '' },
  platform: {},
})

export async function assign(guide_id: string): Promise<string> {
  const { error } = await client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id } },
    body: { out_trade_no: '20150806125346' },
  })
  if (error) return `${error.code} ${error.requestId}`
  const { data } = await client.GET('/v3/certificates')
  return data ? data.data.map(({ serial_no }) => serial_no).join() : ''
}

export async function mistakes(params: { path: { guide_id: string } }): Promise<void> {
  const path = '/v3/smartguide/guides/{guide_id}/assign'
  // @ts-expect-error out_trade_no is missing
  await client.POST(path, { params, body: {} })
  // @ts-expect-error an unknown key
  await client.GET('/v3/certificates', { params: { query: { algorithm: 'RSA' } } })
  // @ts-expect-error a path that does not exist
  await client.GET('/v3/certificate')
}

export async function keys(pem: string): Promise<string> {
  try {
    await importPrivateKey(pem)
  } catch (error) {
    if (error instanceof KeyError && error.code === 'ERR_KEY_ENCRYPTED') return 'convert it'
    if (error instanceof WechatpayError) return error.code
  }
  return [typeof signature, typeof verification].join()
}
