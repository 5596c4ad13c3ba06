import { readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { type Outcome, runFiles } from './runner/pool.ts'

/**
 * Runs the test files below a folder with uvu, several side by side, and counts.
 *
 *     node --import tsx test/run.ts [FOLDER] [PATTERN] [--limit SECONDS] [--workers COUNT] [--fresh]
 *
 * A file fails when one of its tests does, when it takes longer than the limit (a minute), when its process ends
 * early, and when it registered no test: uvu itself runs nothing, silently, when `.run()` was forgotten.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'string', default: '60' },
    fresh: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
})
const [folder = 'test', pattern = ''] = positionals

const files = (await readdir(folder, { recursive: true }))
  .map((name) => join(folder, name))
  .filter((name) => name.endsWith('.test.ts') && name.includes(pattern) && !name.includes('node_modules'))
  // What needs more than npm installs is run on its own.
  .filter((name) =>
    ['peers', 'browser'].every((one) => folder.includes(one) || !name.includes(join('test', one))),
  )
  .sort()

const since = performance.now()
const { NO_COLOR, FORCE_COLOR } = process.env
const color = NO_COLOR === undefined && (process.stdout.isTTY || (FORCE_COLOR ?? '0') !== '0')
const sum = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []

await runFiles(files, {
  workers: positive('workers'),
  limit: positive('limit') * 1000,
  color,
  fresh: values.fresh,
  done(outcome) {
    const { file, passed, total, skipped, faults } = outcome
    print(outcome)
    sum.passed += passed
    sum.skipped += skipped
    sum.failed += total - passed + faults.length
    if (passed < total) failures.push(`${file}: ${total - passed} of ${total} tests failed`)
    for (const fault of faults) failures.push(`${file} ${fault}`)
  },
})

if (files.length === 0) failures.push(`no test file below ${folder} has ${pattern || '.test.ts'} in its name`)
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exitCode = 1
console.log(`${files.length} files in ${seconds(performance.now() - since)}, ${sum.skipped} tests skipped`)
console.log(`${sum.passed} passed, ${sum.failed} failed`)

function print({ file, time, output }: Outcome): void {
  const name = color ? styleText(['bold', 'underline'], file) : file
  console.log(`${name}  ${seconds(time)}\n${output.trimEnd()}\n`)
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

function positive(option: 'limit' | 'workers'): number {
  const value = Number(values[option])
  if (value > 0) return value
  throw new Error(`--${option} must be a positive number, not ${values[option]}`)
}
