import { cpus } from 'node:os'
import { coldImports } from './cold-import.ts'
import { type Contestant, measure, median, ratio } from './rounds.ts'
import { rawSign, signers } from './signing.ts'
import { rawVerify, verifiers } from './verifying.ts'

/**
 * Requests signed and answers verified per second, ours beside bare WebCrypto and the named peers, in one run; and the
 * cold import of each package. Needs `npm run build`. `ROUNDS=21 npm run bench:sign`
 */
const rounds = Number(process.env['ROUNDS'] ?? 11)

console.log(`Medians of ${rounds} rounds, ${cpus().length} cores, Node ${process.versions.node}\n`)
await table('signed', await signers(), rawSign, 300)
await table('verified', await verifiers(), rawVerify, 3000)

const [ours, ...peers] = Object.entries(coldImports(rounds))
console.log('| cold import | ms | ours to it |\n| --- | ---: | ---: |')
console.log(`| **${ours![0]}** | ${ours![1].toFixed(1)} | |`)
for (const [name, time] of peers) {
  console.log(`| ${name} | ${time.toFixed(1)} | ${(ours![1] / time).toFixed(2)} |`)
}

async function table(what: string, contestants: Contestant[], base: string, count: number): Promise<void> {
  const alone = await measure(contestants, { rounds, count, inFlight: 1 })
  const together = await measure(contestants, { rounds, count: count * 2, inFlight: 32 })
  console.log(`| ${what} per second | in sequence | to ${base} | 32 in flight | to ${base} |`)
  console.log('| --- | ---: | ---: | ---: | ---: |')
  for (const { name } of contestants) {
    const cells = [alone, together].flatMap((rates) => [
      Math.round(median(rates.get(name)!)).toLocaleString('en'),
      ratio(rates, name, base).toFixed(2),
    ])
    console.log(`| ${name.startsWith('ours') ? `**${name}**` : name} | ${cells.join(' | ')} |`)
  }
  console.log()
}
