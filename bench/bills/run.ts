import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseBill } from '../../src/files/bills.ts'
import { head, rows, summary } from './rows.ts'

/**
 * Bills: how fast they are parsed beside a bare `split` of the same text, and what memory a large one takes from the
 * socket to the last row.
 *
 *     MB=2048 ENCRYPTED_MB=256 node --import tsx bench/bills/run.ts
 */
interface Served {
  port: number
  hash: string
  count: number
  length: number
  /** Of an encrypted bill. */
  key?: string
  nonce?: string
}

interface Read {
  count: number
  seconds: number
  rss: number
  used: number
  counted: string
}

const mebibyte = 1024 * 1024
// In MiB. Node itself takes more for a file that is not compressed, as it all comes over the socket.
const limits = { gzip: 64, encrypted: 128 }

await parsing(Number(process.env['ROWS'] ?? 300_000), Number(process.env['ROUNDS'] ?? 5))
await streaming('gzip', process.env['MB'] ?? '2048')
await streaming('encrypted', process.env['ENCRYPTED_MB'] ?? '256')

/** Whole rounds of each, in turn; the best of each counts. */
async function parsing(count: number, rounds: number): Promise<void> {
  const text = head + rows(count) + summary(count)
  const bytes = new TextEncoder().encode(text)
  let bare = Number.POSITIVE_INFINITY
  let ours = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    bare = Math.min(bare, await timed(() => split(text)))
    ours = Math.min(ours, await timed(() => parse(bytes)))
  }
  console.log(`${count} rows, ${(bytes.length / mebibyte).toFixed(0)} MiB, best of ${rounds}`)
  console.log(`bare split of the text      ${perSecond(count, bare)}`)
  console.log(`parseBill from 64 KiB bytes ${perSecond(count, ours)}, ${(bare / ours).toFixed(2)} of it`)
}

function split(text: string): number {
  let values = 0
  for (const line of text.split('\n')) values += line.split(',`').length
  return values
}

async function parse(bytes: Uint8Array): Promise<number> {
  let characters = 0
  let at = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + 65_536))
      at += 65_536
    },
  })
  for await (const row of parseBill(stream, { titles: ['微信订单号'] }))
    characters += row['微信订单号'].length
  return characters
}

async function streaming(kind: 'gzip' | 'encrypted', megabytes: string): Promise<void> {
  const server = fork(script('server.ts'), { env: { ...process.env, KIND: kind, MB: megabytes } })
  const served = await answer<Served>(server)
  const url = `http://127.0.0.1:${served.port}/v3/billdownload/file?token=t`
  const reader = fork(script('reader.ts'), {
    env: { ...process.env, URL: url, HASH: served.hash, KEY: served.key, NONCE: served.nonce },
    execArgv: [...process.execArgv, '--expose-gc'],
  })
  const read = await answer<Read>(reader)
  server.disconnect()
  const size = served.length / mebibyte
  const grown = read.rss / mebibyte
  const limit = limits[kind]
  const done = kind === 'gzip' ? 'in gzip over a socket: unpacked' : 'encrypted over a socket: decrypted'
  console.log(`\n${size.toFixed(0)} MiB of bill ${done}, digested, parsed`)
  console.log(`rows            ${read.count} of ${served.count}, the summary says ${read.counted}`)
  console.log(
    `speed           ${perSecond(read.count, read.seconds)}, ${(size / read.seconds).toFixed(0)} MiB/s`,
  )
  console.log(`resident memory grew by ${grown.toFixed(0)} MiB at most (limit ${limit})`)
  console.log(`heap and buffers grew by ${(read.used / mebibyte).toFixed(0)} MiB at most`)
  if (read.count !== served.count || grown >= limit) process.exitCode = 1
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function answer<T>(child: ReturnType<typeof fork>): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it answered`)))
  })
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function perSecond(count: number, seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString('en')} rows/s`
}
