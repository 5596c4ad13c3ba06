import { createHash } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { FaultTools, RequestRecord, SandboxResponse } from '../../../sandbox/index.ts'
import { createClient, VerificationError } from '../../../src/index.ts'
import { rejected } from './rejected.ts'
import { join } from './world.ts'

const world = await join()
const { sandbox, peers, matrix, options, leave } = world
test.after(leave)
test.after.each(() => {
  world.fault = undefined
})

const jsapi = {
  appid: 'wxd678efh567hg6787',
  mchid: '1230000109',
  description: 'Image形象店-深圳腾大-QQ公仔 <&> €',
  out_trade_no: '1217752501201407033233368018',
  notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
  amount: { total: 100, currency: 'CNY' as const },
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
}
const post = { method: 'POST', path: '/v3/pay/transactions/jsapi', body: JSON.stringify(jsapi) } as const
const get = { method: 'GET', path: '/v3/smartguide/guides?store_id=1234&work_id=a%20b%2B%E4%B8%AD' } as const
const content = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 31) % 256)

/** Ways to spoil an answer that a client must notice. */
const faults: [name: string, fault: (answer: SandboxResponse, tools: FaultTools) => SandboxResponse][] = [
  [
    'a changed body',
    (answer) => ({ ...answer, body: Buffer.from(answer.body.toString().replace('-1', '-2')) }),
  ],
  ['a probe', (answer) => header(answer, 'Wechatpay-Signature', (text) => `WECHATPAY/SIGNTEST/${text}`)],
  ['no signature', (answer) => header(answer, 'Wechatpay-Signature', () => undefined)],
  ['another serial', (answer) => header(answer, 'Wechatpay-Serial', () => 'PUB_KEY_ID_1')],
  ['an old time', (answer, { sign }) => sign(answer, { timestamp: Math.floor(Date.now() / 1000) - 310 })],
  ['a signature of another nonce', (answer) => header(answer, 'Wechatpay-Nonce', (text) => `${text}0`)],
]

function header(
  answer: SandboxResponse,
  name: string,
  change: (text: string) => string | undefined,
): SandboxResponse {
  const { [name]: text = '', ...headers } = answer.headers
  const changed = change(text)
  return { ...answer, headers: { ...headers, ...(changed !== undefined && { [name]: changed }) } }
}

function last(): RequestRecord {
  return sandbox.requests.at(-1)!
}

for (const peer of peers) {
  for (const by of ['key', 'certificate'] as const) {
    const how = by === 'key' ? 'public key' : 'downloaded certificate'

    test(`${peer.name}: requests accepted here and answers verified there, by ${how}`, () =>
      matrix.judge(`requests accepted here, answers verified there, by ${how}`, peer.name, async () => {
        const posted = await peer.request({ ...post, by })
        assert.equal([posted.status, JSON.parse(posted.body)], [200, { prepay_id: 'prepay_id-1' }])
        assert.equal(last().value, jsapi)
        assert.is(last().headers['wechatpay-serial'], world.platform[by].serial)
        const got = await peer.request({ ...get, by })
        assert.is(got.status, 200)
        const query = new URL(last().target, 'http://x').searchParams
        assert.equal(Object.fromEntries(query), { store_id: '1234', work_id: 'a b+中' })
        const deleted = await peer.request({ method: 'DELETE', path: '/v3/peers/a%2Fb', by })
        assert.equal([deleted.status, deleted.body], [204, ''])
      }))

    test(`${peer.name}: an upload accepted here, by ${how}`, () =>
      matrix.judge(`an upload accepted here, its answer verified there, by ${how}`, peer.name, async () => {
        const { status, body } = await peer.upload('图.png', content, by)
        assert.equal([status, JSON.parse(body)], [200, { media_id: 'media_id-1' }])
        const sha256 = createHash('sha256').update(content).digest('hex')
        assert.equal(last().value, { filename: '图.png', sha256 })
        assert.equal(new Uint8Array(await last().file!.arrayBuffer()), content)
      }))
  }

  test(`${peer.name}: an answer that is not in order is refused, there as here`, () =>
    matrix.judge('spoilt answers refused, there as here', peer.name, async () => {
      const client = createClient(options)
      for (const [name, fault] of faults) {
        world.fault = fault
        assert.ok(await rejected(peer.request({ ...post, by: 'key' })), `${peer.name} took ${name}`)
        const ours = await client.POST('/v3/pay/transactions/jsapi', { body: jsapi }).catch((error) => error)
        assert.instance(ours, VerificationError, `we took ${name}`)
      }
    }))
}

test.run()
