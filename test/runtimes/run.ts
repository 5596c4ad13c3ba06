import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Bundles, bundle } from './bundle.ts'
import { install } from './install.ts'
import { judge, type Result } from './server/judge.ts'
import { startWorld } from './server/world.ts'
import { command } from './targets/command.ts'
import type { Target } from './targets/target.ts'
import { targets } from './targets/targets.ts'

/**
 * Runs one program, on the built package, in each runtime: `npm run test:runtimes`, or
 * `npm run test:runtimes -- bun deno` for some. The last line counts.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))

/** In milliseconds: no step takes longer. */
const limits = { install: 400_000, build: 400_000, types: 120_000, runtime: 120_000 }
const sideBySide = 2

let passed = 0
let failed = 0
const notes = new Map<string, Map<string, string[]>>()

const wanted = process.argv.slice(2).map((name) => name.toLowerCase())
const chosen = targets.filter(
  ({ name }) => wanted.length === 0 || wanted.some((one) => name.toLowerCase().startsWith(one)),
)
if (chosen.length === 0) {
  console.error(`no runtime is called so; there are: ${targets.map(({ name }) => name).join(', ')}`)
  process.exit(1)
}

// Children are killed when this process exits, which it does not by itself then.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const [installed, built] = await Promise.all([
  timed('the runtimes are installed', limits.install, install),
  timed('the package is built', limits.build, (signal) =>
    command('npm', ['run', '--silent', 'build'], { cwd: root, signal }),
  ),
])
show('Preparation', [installed, built])
if (built.failure === undefined) await runAll()
else fail('the package could not be built')

showNotes()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

async function runAll(): Promise<void> {
  let bundles: Bundles | undefined
  const bundled = await timed('the program is bundled without a module of Node', limits.build, async () => {
    bundles = await bundle(root)
  })
  show('Bundles', [bundled])
  if (!bundles) {
    fail('the program could not be bundled')
    return
  }
  const all = bundles
  const queue = [() => typeCheck(), ...chosen.map((target) => () => runOn(target, all))]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await next()
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
}

function fail(failure: string): void {
  for (const { name } of chosen) show(name, [{ name: 'the program starts', failure }])
}

async function typeCheck(): Promise<void> {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const result = await timed(
    'the program compiles with the types of Web APIs alone',
    limits.types,
    (signal) =>
      command(process.execPath, [tsc, '-p', fileURLToPath(new URL('program', import.meta.url))], { signal }),
  )
  show('Types', [result])
}

async function runOn(target: Target, bundles: Bundles): Promise<void> {
  const { name, gunzips } = target
  const since = Date.now()
  let output = ''
  const world = await startWorld(name, gunzips)
  try {
    const signal = within(limits.runtime)
    const print = (text: string) => {
      output += text
    }
    const ended = await target.run(world, bundles, print, signal).then(
      () => undefined,
      (error) => String((error as Error).message),
    )
    const results = await judge({ world, output }, ended)
    const version = /^Chromium [\d.]+/.exec(output)?.[0] ?? name
    show(`${version}, ${((Date.now() - since) / 1000).toFixed(1)} s`, results)
    for (const { name: check, note } of results) if (note) remember(check, note, version)
  } catch (error) {
    show(name, [{ name: 'the harness', failure: String((error as Error).stack) }])
  } finally {
    await world.close()
  }
}

async function timed(
  name: string,
  limit: number,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<Result> {
  const since = Date.now()
  try {
    await run(within(limit))
    return { name, ms: Date.now() - since }
  } catch (error) {
    return { name, failure: (error as Error).message }
  }
}

function within(limit: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error(`not done within ${limit / 1000} s`)), limit).unref()
  return controller.signal
}

/** Prints what came of each check, and counts. */
function show(title: string, results: readonly Result[]): void {
  console.log(`\n${title}`)
  for (const { name, failure, note, ms } of results) {
    if (failure === undefined) passed++
    else failed++
    const aside = [...(ms === undefined ? [] : [`${ms} ms`]), ...(note ? [note] : [])].join('; ')
    console.log(`  ${failure === undefined ? 'ok  ' : 'FAIL'} ${name}${aside && ` (${aside})`}`)
    if (failure !== undefined) console.log(failure.replace(/^/gm, '         '))
  }
}

function remember(check: string, note: string, runtime: string): void {
  const byNote = notes.get(check) ?? new Map<string, string[]>()
  notes.set(check, byNote)
  byNote.set(note, [...(byNote.get(note) ?? []), runtime])
}

function showNotes(): void {
  if (notes.size === 0) return
  console.log('\nWhere runtimes differ')
  for (const [check, byNote] of notes) {
    console.log(`  ${check}`)
    for (const [note, runtimes] of byNote) console.log(`    ${note}: ${runtimes.join(', ')}`)
  }
  console.log()
}
