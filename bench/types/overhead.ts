import { generateKeyPairSync } from 'node:crypto'
import { chain } from '../../src/chain/index.ts'
import { createClient, pathClient } from '../../src/index.ts'

/**
 * What a call costs at run time, in µs, above a plain `fetch` of the same request: the answer is a stub, and so is the
 * RSA signature, which alone takes ten times as long as all the rest.
 *
 *     node --import tsx bench/types/overhead.ts
 */
const { publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
// An error answer needs no verification, so that the way there and back is all that is measured.
const fetch = async (_request: Request) => new Response('{"code":"NOT_FOUND","message":""}', { status: 404 })
const client = createClient({
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: { sign: async () => 'c2lnbmF0dXJl' },
  platform: { PUB_KEY_ID_0114232134912410000000000000: publicKey },
  fetch,
})
const wechatpay = chain(client)
const paths = pathClient(client)

const path = '/v3/smartguide/guides/{guide_id}/assign'
const body = { out_trade_no: '20150806125346' }
const init = { params: { path: { guide_id: 'LLA3' } }, body }
const options = { guide_id: 'LLA3', json: body }
const headers = {
  Authorization: 'WECHATPAY2-SHA256-RSA2048 mchid=""',
  Accept: 'application/json',
  'User-Agent': 'bench',
}
const url = 'https://api.mch.weixin.qq.com/v3/smartguide/guides/LLA3/assign'
const rounds = 20_000

const plain = await cost(async () => {
  const response = await fetch(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }))
  return response.json()
})
console.log(`a plain fetch: ${plain.toFixed(1)} µs`)
for (const [name, call] of [
  ['client.POST', () => client.POST(path, init)],
  ['path client', () => paths[path].POST(init)],
  ['chain', () => wechatpay.v3.smartguide.guides._guide_id_.assign.post(options)],
  ['chain()', () => wechatpay.chain('v3/smartguide/guides/{guide_id}/assign').post(options)],
  ['chain[]', () => wechatpay['v3/smartguide/guides/{guide_id}/assign'].post(options)],
] as const) {
  console.log(`${name}: ${((await cost(call)) - plain).toFixed(1)} µs above it`)
}

async function cost(call: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < rounds / 5; round++) await call()
  const since = performance.now()
  for (let round = 0; round < rounds; round++) await call()
  return ((performance.now() - since) / rounds) * 1000
}
