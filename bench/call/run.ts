import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { median } from '../sign/rounds.ts'
import { axiosPlugin, type Contestant, contestants, floor, type Server } from './contestants.ts'

/**
 * Whole calls over one local socket: CPU per call in this process and calls per second, one at a time and 32 in flight.
 * The server is a process of its own. `ROUNDS=15 npm run bench:call`
 */
const rounds = Number(process.env['ROUNDS'] ?? 15)
const calls = Number(process.env['CALLS'] ?? 400)
const only = process.env['ONLY']
const built = async (entry: string) => import(pathToFileURL(`dist/src/${entry}.js`).href)

// Bundled beside it.
const child = fork(new URL('./server.mjs', import.meta.url), { silent: true })
const [line] = await once(createInterface({ input: child.stdout! }), 'line')
const server = JSON.parse(line) as Server
const all = (await contestants(server, { ...(await built('index')), ...(await built('node/index')) })).filter(
  ({ name }) => !only || new RegExp(only).test(name),
)

/** What one block of calls cost. */
interface Cost {
  /** Milliseconds of CPU per call, threads included. */
  cpu: number
  perSecond: number
}

console.log(`Medians of ${rounds} rounds, ${cpus().length} cores, Node ${process.versions.node}\n`)
for (const one of all) await check(one)
const alone = await measure(calls, 1)
const together = await measure(calls * 2, 32)
table(alone, together)
child.disconnect()

async function check({ name, call, signs }: Contestant): Promise<void> {
  const { prepay_id } = (await call()) as { prepay_id?: string }
  if (!prepay_id) throw new Error(`${name} does not return the response`)
  const seen = await (await fetch(`http://127.0.0.1:${server.port}/seen`)).json()
  const signed = /^WECHATPAY2-.* .*signature="[^"]{344}"/.test(seen.headers.authorization ?? '')
  if (signed !== signs || JSON.parse(seen.body).amount.total !== 100)
    throw new Error(`${name} does not send it`)
}

/** Blocks of calls, by contestant: in turn, each round in another order. */
async function measure(count: number, inFlight: number): Promise<Map<string, Cost[]>> {
  const costs = new Map(all.map(({ name }) => [name, [] as Cost[]]))
  for (let round = -1; round < rounds; round++) {
    for (const at of all.keys()) {
      const { name, call } = all[(at + round + 1) % all.length]!
      const cost = await block(call, count, inFlight)
      // The first round warms up.
      if (round >= 0) costs.get(name)!.push(cost)
    }
  }
  return costs
}

async function block(call: () => Promise<unknown>, count: number, inFlight: number): Promise<Cost> {
  gc!()
  let left = count
  const worker = async () => {
    while (left-- > 0) await call()
  }
  const before = process.cpuUsage()
  const since = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  const time = performance.now() - since
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / 1000 / count, perSecond: (count * 1000) / time }
}

function table(...runs: Map<string, Cost[]>[]): void {
  const titles = ['one at a time', '32 in flight']
  const columns = titles.flatMap((title) => [
    `CPU ms, ${title}`,
    'to floor',
    `to ${axiosPlugin}`,
    'per second',
  ])
  console.log(`| whole calls | ${columns.join(' | ')} |\n| --- |${' ---: |'.repeat(columns.length)}`)
  for (const { name } of all) {
    const cells = runs.flatMap((costs) => {
      const own = costs.get(name)!
      const to = (other: string) => {
        const others = costs.get(other)
        return others ? median(own.map(({ cpu }, round) => cpu / others[round]!.cpu)).toFixed(2) : ''
      }
      return [
        median(own.map(({ cpu }) => cpu)).toFixed(2),
        to(floor),
        to(axiosPlugin),
        Math.round(median(own.map(({ perSecond }) => perSecond))).toLocaleString('en'),
      ]
    })
    console.log(`| ${name.startsWith('ours') ? `**${name}**` : name} | ${cells.join(' | ')} |`)
  }
}
