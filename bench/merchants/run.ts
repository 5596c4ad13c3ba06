import { generateKeyPairSync, sign } from 'node:crypto'
import { createClient } from '../../src/index.ts'

/**
 * Many merchants in one process: what a client costs to create, what it holds while idle and after its first call, and
 * what it leaves running. Run it with --expose-gc.
 */
const count = Number(process.env['MERCHANTS'] ?? 10_000)
const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const pairs = Array.from({ length: 20 }, pair)
const wechatpay = pair()
const id = (index: number) => `PUB_KEY_ID_${String(index).padStart(28, '0')}`
const body = {
  mchid: '1',
  appid: 'wx',
  description: 'x',
  out_trade_no: '1',
  notify_url: 'https://h',
  amount: { total: 1 },
}

/** WeChat Pay in this process: its answers are signed, and nothing goes through a socket. */
async function answer(request: Request): Promise<Response> {
  const text = '{"code_url":"weixin://wxpay/bizpayurl?pr=1"}'
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = sign('sha256', Buffer.from(`${timestamp}\nn\n${text}\n`), wechatpay.privateKey).toString(
    'base64',
  )
  return new Response(text, {
    headers: {
      'Content-Type': 'application/json',
      'Wechatpay-Serial': request.headers.get('Wechatpay-Serial')!,
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': 'n',
      'Wechatpay-Signature': signature,
    },
  })
}

const create = (index: number) =>
  createClient({
    mchid: String(1_900_000_000 + index),
    serial: '7777777777777777777777777777777777777777',
    // A copy, as each merchant's key is a text of its own.
    privateKey: Buffer.from(pairs[index % pairs.length]!.privateKey).toString(),
    platform: { [id(index)]: Buffer.from(wechatpay.publicKey).toString() },
    fetch: answer,
  })

/** Kilobytes of the heap and of the process, after a collection. */
function memory(): { heap: number; rss: number } {
  for (let round = 0; round < 3; round++) gc!()
  const { heapUsed, rss } = process.memoryUsage()
  return { heap: heapUsed / 1000, rss: rss / 1000 }
}

await create(0).POST('/v3/pay/transactions/native', { body })
const before = memory()
const since = performance.now()
let clients = Array.from({ length: count }, (_, index) => create(index))
const created = performance.now() - since
const idle = memory()
const first = performance.now()
for (let start = 0; start < count; start += 100)
  await Promise.all(
    clients.slice(start, start + 100).map(async (client) => {
      const { error } = await client.POST('/v3/pay/transactions/native', { body })
      if (error) throw new Error(error.message)
    }),
  )
const called = performance.now() - first
const used = memory()
const running = process.getActiveResourcesInfo().filter((name) => name !== 'TTYWrap' && name !== 'PipeWrap')
clients = []
const evicted = memory()

const each = (bytes: number) => (bytes / count).toFixed(1)
console.log(`| ${count.toLocaleString('en')} clients | each | all |
| --- | ---: | ---: |
| creating | ${((created / count) * 1000).toFixed(0)} µs | ${created.toFixed(0)} ms |
| idle: heap | ${each(idle.heap - before.heap)} kB | ${((idle.heap - before.heap) / 1000).toFixed(0)} MB |
| the first call, which imports two keys | ${((called / count) * 1000).toFixed(0)} µs | ${called.toFixed(0)} ms |
| after it: heap | ${each(used.heap - before.heap)} kB | ${((used.heap - before.heap) / 1000).toFixed(0)} MB |
| after it: the whole process | ${each(used.rss - before.rss)} kB | ${((used.rss - before.rss) / 1000).toFixed(0)} MB |
| dropped: heap | ${each(evicted.heap - before.heap)} kB | ${((evicted.heap - before.heap) / 1000).toFixed(0)} MB |
| timers and sockets left | | ${running.length} |`)
