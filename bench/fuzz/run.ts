import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { changedPage, file } from '../../test/codegen/support/changed-page.ts'
import { checkCode, makeOf } from '../../test/codegen/support/saying-pages.ts'
import { fuzzedAnswer, startAnswering } from '../../test/hostile/fuzzed-answer.ts'

/**
 * Random answers to the client and random pages to the compiler: `npm run bench:fuzz`, or
 * `npm run bench:fuzz -- --answers 1000 --pages 0 --seed 42`. A failure is printed shrunk, with the seed and the path
 * that repeat it; it belongs into a test then.
 */
const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: '100000' },
    pages: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const [answers, pages, seed] = [values.answers, values.pages, values.seed].map(natural) as [
  number,
  number,
  number,
]
/** Calls in flight, each with a socket and a seed of its own. */
const lanes = 8

let failed = false

if (answers > 0) {
  await measured('answers', answers, async (progress) => {
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const { check, close } = await startAnswering()
        const property = fc.asyncProperty(fuzzedAnswer, async (answer) => {
          progress()
          await check(answer)
        })
        const numRuns = Math.ceil((answers - lane) / lanes)
        if (numRuns > 0) report(await fc.check(property, { seed: seed + lane, numRuns }))
        close()
      }),
    )
  })
}
if (pages > 0) {
  await measured('pages', pages, async (progress) => {
    const property = fc.asyncProperty(changedPage, file, async (text, name) => {
      progress()
      checkCode(await makeOf({ [name]: text }))
    })
    report(await fc.check(property, { seed, numRuns: pages }))
  })
}
process.exit(failed ? 1 : 0)

async function measured(
  what: string,
  count: number,
  run: (progress: () => void) => Promise<void>,
): Promise<void> {
  console.log(`${count.toLocaleString('en')} ${what}, seed ${seed}`)
  const since = performance.now()
  let done = 0
  await run(() => {
    done++
    if (done % 10_000 === 0) console.log(`  ${done.toLocaleString('en')}`)
  })
  const seconds = (performance.now() - since) / 1000
  console.log(`  ${done.toLocaleString('en')} in ${seconds.toFixed(0)} s: ${failed ? 'FAILED' : 'all held'}`)
}

function report<T>(details: fc.RunDetails<T>): void {
  if (!details.failed) return
  failed = true
  console.error(fc.defaultReportMessage(details))
}

function natural(text: string): number {
  if (!/^\d{1,10}$/.test(text)) {
    console.error(`${text} must be a whole number`)
    process.exit(2)
  }
  return Number(text)
}
