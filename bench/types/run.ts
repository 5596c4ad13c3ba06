import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { type Compilation, compile } from './compile.ts'
import { startLsp } from './lsp.ts'
import { callProject, folder, prepare, project, readDocuments } from './prepare.ts'
import { drive, type Waits } from './server.ts'
import { type SampleCall, type Style, sampleCalls, sourceOf, styles } from './styles.ts'
import { table } from './table.ts'
import { startTsserver } from './tsserver.ts'

/**
 * How fast the types are, against openapi-fetch's own over what openapi-typescript makes of the same documents:
 *
 *     node --import tsx bench/types/run.ts
 *
 * Everything is measured in this one run, so that the ratios hold on any machine that is otherwise idle.
 */
const require = createRequire(import.meta.url)
const tsc = require.resolve('typescript/bin/tsc')
const sizes = [1, 20, 200]

const documents = readDocuments()
await prepare(documents)
const calls = new Map(sizes.map((size) => [size, sampleCalls(documents, size)]))
const largest = calls.get(200)!
const version = (at: string) => execFileSync(process.execPath, [at, '--version'], { encoding: 'utf8' }).trim()
console.log(`${cpus()[0]!.model}, Node ${process.versions.node}, ${version(tsc)}\n`)

for (const [size, own] of calls) {
  const found = styles.map((style): [string, Compilation] => [
    style.name,
    compile(tsc, callProject(style, own)),
  ])
  console.log(`tsc, ${size} ${size === 1 ? 'call' : 'calls'}`)
  console.log(
    table(found, [
      ['check, ms', ({ check }) => check],
      ['instantiations', ({ instantiations }) => instantiations],
      ['whole tsc, ms', ({ total }) => total],
      ['memory, MB', ({ memory }) => memory],
    ]),
  )
}

console.log('tsserver, 200 calls')
const tsserver = require.resolve('typescript/lib/tsserver.js')
await driveAll(async () => startTsserver(tsserver))

const tsc7 = await newest()
console.log(`language server of TypeScript ${version(tsc7)}, 200 calls`)
await driveAll((at) => startLsp(tsc7, at))

console.log('tsc, one call')
const entry = (name: string, from: string, type: string) =>
  project(
    `entry-${name}`,
    `import type { ${type} } from '../ours/generated/${from}.js'\ndeclare const client: ${type}\n` +
      "export const result = client.POST('/v3/pay/transactions/native', { body: {} as never })\n",
  )
console.log(
  table(
    [
      ['the whole client', compile(tsc, entry('whole', 'client', 'Client'), 5)],
      ['the client of one domain', compile(tsc, entry('domain', 'pay/verbs', 'PayClient'), 5)],
      ['an empty program', compile(tsc, project('entry-none', 'export {}\n'), 5)],
    ],
    [
      ['whole tsc, ms', ({ total }) => total],
      ['memory, MB', ({ memory }) => memory],
    ],
  ),
)

type Start = (folder: string) => Promise<Parameters<typeof drive>[0]>

async function driveAll(start: Start): Promise<void> {
  const found: [string, Waits][] = []
  for (const style of styles) found.push([style.name, await driveOne(start, style, largest)])
  console.log(
    table(found, [
      ['open, ms', ({ open }) => open],
      ['errors after an edit, ms', ({ edit }) => edit],
      ['completion of a path, ms', ({ path }) => path],
      ['paths', ({ paths }) => paths],
      ['of a body field, ms', ({ field }) => field],
      ['peak memory, MB', ({ memory }) => memory],
    ]),
  )
}

async function driveOne(start: Start, style: Style, own: SampleCall[]): Promise<Waits> {
  const at = callProject(style, own)
  return drive(await start(at), join(at, 'main.ts'), sourceOf(style, own), style)
}

/** TypeScript 7, which is no dependency: it has no compiler API, so nothing else here can use it. */
async function newest(): Promise<string> {
  const home = join(folder, '../typescript-7')
  const at = join(home, 'node_modules/typescript/bin/tsc')
  if (!existsSync(at)) {
    execFileSync(
      'npm',
      ['install', '--silent', '--no-audit', '--no-fund', '--prefix', home, 'typescript@7.0'],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
  }
  return at
}
