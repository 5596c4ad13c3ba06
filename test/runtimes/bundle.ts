import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

/** The program, as each kind of runtime takes it. */
export interface Bundles {
  folder: string
  /** A module that imports the package by its name, as Node, Bun and Deno resolve it. */
  command: string
  /** One module with everything in it, whose default export has `fetch`. */
  worker: string
  /** One classic script with everything in it; it sets `program.run`. */
  script: string
}

const launch = fileURLToPath(new URL('program/launch/', import.meta.url))
const program = fileURLToPath(new URL('program/run.ts', import.meta.url))

/** Bundles the program, with the built package. The bundles are inside the project, where the package's name resolves. */
export async function bundle(root: string): Promise<Bundles> {
  const folder = join(root, 'out/runtimes')
  mkdirSync(folder, { recursive: true })
  const bundles = {
    folder,
    command: join(folder, 'command.mjs'),
    worker: join(folder, 'worker.mjs'),
    script: join(folder, 'program.js'),
  }
  const options: BuildOptions = {
    bundle: true,
    // It resolves no module of Node, so one that the package imported would fail here.
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
    // The assertions look there for colours; Deno would ask for a permission.
    define: { 'process.env': '{"NO_COLOR":"1"}' },
  }
  await Promise.all([
    build({
      ...options,
      entryPoints: [`${launch}command.ts`],
      format: 'esm',
      external: ['wechatpay-fetch', 'openapi-fetch'],
      outfile: bundles.command,
    }),
    build({ ...options, entryPoints: [`${launch}worker.ts`], format: 'esm', outfile: bundles.worker }),
    build({
      ...options,
      entryPoints: [program],
      format: 'iife',
      globalName: 'program',
      outfile: bundles.script,
    }),
  ])
  return bundles
}
