import createFetchClient from 'openapi-fetch'
import * as assert from 'uvu/assert'
import { importPrivateKey, operations, pathClient } from 'wechatpay-fetch'
import { chain } from 'wechatpay-fetch/chain'
import { sensitiveFields, signature, verification } from 'wechatpay-fetch/middleware'
import { checkList, clientOf, fault } from '../check.ts'
import type { Input } from '../input.ts'

const [calls, check] = checkList()

export { calls }

function order({ mchid }: Input, out_trade_no: string) {
  return {
    appid: 'wxd678efh567hg6787',
    mchid,
    description: 'Image形象店-深圳腾大-QQ公仔',
    out_trade_no,
    notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
    amount: { total: 100, currency: 'CNY' as const },
  }
}

const native = '/v3/pay/transactions/native'

check('call: a signed request is answered, and the answer verified', async (input) => {
  const used: string[] = []
  const client = clientOf(input, { hooks: { key: ({ use, serial }) => used.push(`${use} ${serial}`) } })
  const { data, error, response } = await client.POST(native, { body: order(input, 'call-1') })
  assert.is(error, undefined, JSON.stringify(error))
  assert.type(data?.code_url, 'string')
  assert.is(response.status, 200)
  assert.equal(used, [`verify ${input.publicKeyId}`])
})

check('call: what is signed is the URL as this runtime writes it', async (input) => {
  const { data, error } = await clientOf(input).GET('/v3/smartguide/guides', {
    params: { query: { store_id: 1, userid: `é + 中文 & ' ( ) * ! ~ % / ? # "`, work_id: '' } },
  })
  assert.is(error, undefined, JSON.stringify(error))
  assert.ok(Array.isArray(data?.data))
  const path = { out_trade_no: `T'(1)*!~中文` }
  const found = await clientOf(input).GET('/v3/pay/transactions/out-trade-no/{out_trade_no}', {
    params: { path, query: { mchid: input.mchid } },
  })
  assert.is(found.error, undefined, JSON.stringify(found.error))
})

check('call: an answer of 204 has no data', async (input) => {
  const { data, error, response } = await clientOf(input).POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'G1' } },
    body: { out_trade_no: '20150806125346' },
  })
  assert.is(error, undefined, JSON.stringify(error))
  assert.is(data, undefined)
  assert.is(response.status, 204)
})

check('chain: four styles make the same call', async (input) => {
  const client = clientOf(input)
  const wechatpay = chain(client)
  const guide_id = 'G 2'
  const body = { out_trade_no: '20150806125346' }
  const made = [
    await pathClient(client)['/v3/smartguide/guides/<guide_id>/assign'].POST({
      params: { path: { guide_id } },
      body,
    }),
    await wechatpay.v3.smartguide.guides._guide_id_.assign.post({ guide_id, json: body }),
    await wechatpay.chain('v3/smartguide/guides/{guide_id}/assign').post({ guide_id, json: body }),
    await wechatpay['v3/smartguide/guides/{guide_id}/assign'].post({ guide_id, json: body }),
  ]
  for (const { error, response } of made) {
    assert.is(error, undefined, JSON.stringify(error))
    assert.is(response.status, 204)
  }
})

check('keys: PKCS#1, a CryptoKey and a remote signer sign as PKCS#8 does', async (input) => {
  const key = await importPrivateKey(input.privateKey)
  const remote = {
    async sign(message: Uint8Array) {
      const bytes = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, new Uint8Array(message))
      return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    },
  }
  for (const privateKey of [input.pkcs1, key, remote]) {
    const { error } = await clientOf(input, { privateKey }).POST(native, { body: order(input, 'keys-1') })
    assert.is(error, undefined, JSON.stringify(error))
  }
})

check('middleware: one of the caller’s own sees the request before it is signed', async (input) => {
  const client = clientOf(input, {
    middleware: [
      {
        async onRequest({ request }) {
          assert.not.ok(request.headers.has('Authorization'))
          const body = { ...JSON.parse(await request.clone().text()), attach: '附加' }
          return new Request(request, { body: JSON.stringify(body) })
        },
      },
    ],
  })
  const { error } = await client.POST(native, { body: order(input, 'middleware-1') })
  assert.is(error, undefined, JSON.stringify(error))
})

check(
  'middleware: wechatpay-fetch/middleware signs, seals and verifies for another client',
  async (input) => {
    const { mchid, serial, privateKey, publicKeyId, publicKey, baseUrl } = input
    const platform = { [publicKeyId]: publicKey }
    // biome-ignore lint/suspicious/noExplicitAny: the paths of the caller's own document
    const client = createFetchClient<any>({ baseUrl })
    client.use(
      sensitiveFields({ platform, privateKey, operations: [operations] }),
      verification({ platform, operations: [operations] }),
      signature({ mchid, serial, privateKey, dangerouslyAllowBrowser: true }),
    )
    const body = {
      corpid: '1234567890',
      store_id: 1,
      userid: 'middleware-2',
      name: '王五',
      mobile: '13900000000',
      qr_code: 'https://work.weixin.qq.com/q',
      avatar: 'https://work.weixin.qq.com/a',
    }
    const { data, error } = await client.POST('/v3/smartguide/guides', { body })
    assert.is(error, undefined, JSON.stringify(error))
    assert.type(data.guide_id, 'string')
    let refused: unknown
    await client.POST('/v3/smartguide/guides', { body, ...fault('tampered') }).catch((reason: unknown) => {
      refused = reason
    })
    assert.is((refused as { code?: string } | undefined)?.code, 'ERR_RESPONSE_SIGNATURE')
  },
)

check('retry: 503 is tried again, signed anew', async (input) => {
  const retried: string[] = []
  const client = clientOf(input, {
    retry: { attempts: 3, minDelay: 10, maxDelay: 100 },
    hooks: { retry: ({ reason }) => retried.push(reason) },
  })
  const { data, error } = await client.POST(native, { body: order(input, 'retry-1'), ...fault('busy-once') })
  assert.is(error, undefined, JSON.stringify(error))
  assert.type(data?.code_url, 'string')
  assert.equal(retried, ['HTTP 503'])
})
