import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { median } from './rounds.ts'

// npm runs scripts here, and the bench is bundled elsewhere.
const root = `${process.cwd()}/`
const entry = `${root}dist/src/index.js`

/** What is imported, the first one ours. */
const entries = {
  'wechatpay-fetch': pathToFileURL(entry).href,
  'wechatpay-axios-plugin': 'wechatpay-axios-plugin',
  'wechatpay-node-v3': 'wechatpay-node-v3',
}

/** Milliseconds of the first import in a fresh process, the median of some rounds, by package. */
export function coldImports(rounds: number): Record<string, number> {
  if (!existsSync(entry)) throw new Error('there is no dist/: npm run build')
  const times = Object.fromEntries(Object.keys(entries).map((name) => [name, [] as number[]]))
  for (let round = -1; round < rounds; round++) {
    for (const [name, specifier] of Object.entries(entries)) {
      const time = once(specifier)
      // The first round fills the file system's cache.
      if (round >= 0) times[name]!.push(time)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]))
}

function once(specifier: string): number {
  const code = `const since = performance.now()
await import(${JSON.stringify(specifier)})
console.log(performance.now() - since)`
  const args = ['--input-type=module', '--eval', code]
  return Number(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }))
}
