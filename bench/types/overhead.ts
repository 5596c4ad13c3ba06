import { chain } from '../../src/chain/index.ts'
import { pathClient } from '../../src/index.ts'

/**
 * What a call of the chain and of the path client costs above the same call of the client, in µs:
 *
 *     node --import tsx bench/types/overhead.ts
 */
const client = { POST: async (_path: string, init: object) => init } as never
const wechatpay = chain(client)
const paths = pathClient(client)
const direct = client as { POST(path: string, init: object): Promise<unknown> }

const path = '/v3/smartguide/guides/{guide_id}/assign'
const init = { params: { path: { guide_id: 'LLA3' } }, body: { out_trade_no: '20150806125346' } }
const options = { guide_id: 'LLA3', json: { out_trade_no: '20150806125346' } }
const rounds = 200_000

const plain = await cost(() => direct.POST(path, init))
for (const [name, call] of [
  ['path client', () => paths[path].POST(init)],
  ['chain', () => wechatpay.v3.smartguide.guides._guide_id_.assign.post(options)],
  ['chain()', () => wechatpay.chain('v3/smartguide/guides/{guide_id}/assign').post(options)],
  ['chain[]', () => wechatpay['v3/smartguide/guides/{guide_id}/assign'].post(options)],
] as const) {
  console.log(`${name}: ${((await cost(call)) - plain).toFixed(2)} µs`)
}

async function cost(call: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < rounds / 10; round++) await call()
  const since = performance.now()
  for (let round = 0; round < rounds; round++) await call()
  return ((performance.now() - since) / rounds) * 1000
}
