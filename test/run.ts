import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Runs the test files below a folder with uvu, and counts. A file that registered no test fails the run: uvu
 * itself runs nothing, silently, when `.run()` was forgotten.
 *
 *     node --import tsx test/run.ts [FOLDER] [PATTERN]
 */
type Runner = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>

interface UvuGlobals {
  UVU_DEFER?: number
  UVU_INDEX?: number
  UVU_QUEUE: (string | Runner)[][]
}

const [folder = 'test', pattern = ''] = process.argv.slice(2)
const uvu = globalThis as unknown as UvuGlobals
uvu.UVU_DEFER = 1
const { exec } = await import('uvu')

const files = (await readdir(folder, { recursive: true }))
  .map((name) => join(folder, name))
  .filter((name) => name.endsWith('.test.ts') && name.includes(pattern) && !name.includes('node_modules'))
  // What needs more than npm installs is run on its own.
  .filter((name) =>
    ['peers', 'browser'].every((one) => folder.includes(one) || !name.includes(join('test', one))),
  )
  .sort()

const counts = new Map<string, { passed: number; total: number }>()
for (const [index, file] of files.entries()) {
  uvu.UVU_INDEX = index
  uvu.UVU_QUEUE[index] = [file]
  await import(pathToFileURL(file).href)
  const count = { passed: 0, total: 0 }
  counts.set(file, count)
  uvu.UVU_QUEUE[index] = uvu.UVU_QUEUE[index]!.map((entry) =>
    typeof entry === 'string' ? entry : counted(entry, count),
  )
}

await exec()

const silent = [...counts].filter(([, { total }]) => total === 0).map(([file]) => file)
for (const file of silent) console.error(`${file} registered no test: does it end with test.run()?`)
const passed = [...counts.values()].reduce((sum, count) => sum + count.passed, 0)
const total = [...counts.values()].reduce((sum, count) => sum + count.total, 0)
const failed = total - passed + silent.length
if (files.length === 0 || failed > 0) process.exitCode = 1
console.log(`${passed} passed, ${failed} failed`)

function counted(runner: Runner, count: { passed: number; total: number }): Runner {
  return async () => {
    const result = await runner()
    count.passed += result[1]
    count.total += result[3]
    return result
  }
}
