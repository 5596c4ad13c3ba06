import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

/** Sent to a process of the runner. */
export type Request = { file: string } | { end: true }

/** Sent by a process of the runner when a file is done. */
export type Report = { how: 'done'; passed: number; total: number; skipped: number } | { how: 'unloadable' }

type Suite = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>

const uvu = globalThis as unknown as { UVU_DEFER: number; UVU_QUEUE: Suite[][] }
uvu.UVU_DEFER = 1
if (process.argv.includes('color')) {
  // uvu reads it while it is loaded. The tests, and what they start, must not see it.
  const { FORCE_COLOR } = process.env
  process.env['FORCE_COLOR'] = '1'
  await import('uvu')
  if (FORCE_COLOR === undefined) delete process.env['FORCE_COLOR']
}

process.on('disconnect', () => process.exit())
process.on('message', async (request: Request) => {
  if ('end' in request) process.exit()
  const report = await run(request.file)
  await settled()
  process.send!(report)
})

process.send!('ready')

async function run(file: string): Promise<Report> {
  uvu.UVU_QUEUE = [[]]
  process.env['TEST_FILE'] = file
  try {
    await import(pathToFileURL(resolve(file)).href)
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error)
    return { how: 'unloadable' }
  }
  const sum = { how: 'done' as const, passed: 0, total: 0, skipped: 0 }
  for (const suite of uvu.UVU_QUEUE[0]!) {
    const [errors, passed, skipped, total] = await suite()
    if (typeof errors === 'string') process.stdout.write(`\n${errors}\n`)
    else if (passed < total) console.error('  a hook threw; uvu does not say what')
    sum.passed += passed
    sum.total += total
    sum.skipped += skipped
  }
  return sum
}

/**
 * Waits for what a file left behind to happen, a second at most: an error that nobody caught ends the process, and is
 * the fault of this file, not of the next one.
 */
async function settled(): Promise<void> {
  for (let waited = 0; waited < 1000; waited += 10) {
    await sleep(10, undefined, { ref: false })
    if (!process.getActiveResourcesInfo().includes('Timeout')) return
  }
}
