import { parseBill } from '../../src/files/bills.ts'
import { download } from '../../src/files/file-download.ts'

/** Reads the bill of `URL` to its end and reports how much memory that took beyond what the process had before. */
const { URL: url = '', HASH: value = '', KEY: key = '', NONCE: nonce = '' } = process.env

const { gc } = globalThis as { gc?: () => void }
gc?.()
const before = process.memoryUsage()
const peak = { rss: before.rss, used: used(before) }
const watch = setInterval(() => {
  const now = process.memoryUsage()
  peak.rss = Math.max(peak.rss, now.rss)
  peak.used = Math.max(peak.used, used(now))
}, 20)

const start = performance.now()
const { data, error } = await download(
  url,
  { hash: { type: 'SHA1', value }, ...(key ? { decrypt: { key, nonce } } : { gzip: true }) },
  {
    send: async (target) => ({ response: await fetch(target), attempts: [], authorized: undefined }),
    baseUrl: url,
    check: () => {},
    operationAt: async () => 'GET /v3/billdownload/file',
    settled: (run) => run({ operation: 'GET', attempts: 0 }),
  },
)
if (error) throw new Error(error.message)
const bill = parseBill(data, { titles: ['微信订单号', '订单金额'] })
let count = 0
let characters = 0
for await (const row of bill) {
  count++
  characters += row['微信订单号'].length + row['订单金额'].length
}
const seconds = (performance.now() - start) / 1000
clearInterval(watch)

process.send?.({
  count,
  characters,
  seconds,
  rss: peak.rss - before.rss,
  used: peak.used - used(before),
  counted: bill.summary['总交易单数'],
})
process.disconnect?.()

function used({ heapUsed, external }: NodeJS.MemoryUsage): number {
  return heapUsed + external
}
