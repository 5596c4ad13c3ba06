import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './support.ts'

/** What an app's `tsconfig.json` may say of libraries and of modules: the package compiles under all of it, and runs. */
const consumer = fileURLToPath(new URL('./consumer', import.meta.url))

const libraries = [
  { lib: ['es2022'], types: [] },
  { lib: ['es2022'], types: ['node'] },
  { lib: ['es2022', 'dom'], types: [] },
  { lib: ['es2022', 'webworker'], types: [] },
  { lib: ['es2022', 'dom'], types: ['node'] },
]

/** An app is a CommonJS or an ES module by the ending of its file, or by `module` where that says so. */
const resolutions = [
  { module: 'commonjs', moduleResolution: 'node10', versions: ['5.9'], files: ['cts'] },
  { module: 'node16', moduleResolution: 'node16', versions: ['5.5', '7.0'], files: ['cts', 'mts'] },
  { module: 'nodenext', moduleResolution: 'nodenext', versions: ['7.0'], files: ['cts', 'mts'] },
  { module: 'esnext', moduleResolution: 'bundler', versions: ['7.0'], files: ['mts'] },
]

const strict = { target: 'es2022', strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true }

/** @param folder within a project that has the packages, `typescript-<version>` and Node's types */
export async function testResolutions(folder: string): Promise<void> {
  copyFileSync(join(consumer, 'web-types.ts'), join(folder, 'web-types.mts'))
  for (const ending of ['cts', 'mts'])
    copyFileSync(join(consumer, 'every-entry.ts'), join(folder, `every-entry.${ending}`))

  // The newest TypeScript takes a tenth of the time of the others.
  for (const [version, rows] of [
    ['7.0', libraries],
    ['5.9', libraries.slice(0, 2)],
    ['5.5', libraries.slice(0, 1)],
  ] as const) {
    for (const row of rows) {
      const options = { ...strict, ...row, module: 'nodenext', noEmit: true }
      await compile(folder, version, options, ['web-types.mts'])
      console.log(`TypeScript ${version}, lib ${row.lib}, types ${row.types}: mistakes are errors`)
    }
  }

  for (const { versions, files, ...how } of resolutions) {
    for (const version of versions) {
      const outDir = `out-${how.moduleResolution}-${version}`
      const options = { ...strict, lib: ['es2022'], types: ['node'], ...how, outDir }
      await compile(
        folder,
        version,
        options,
        files.map((ending) => `every-entry.${ending}`),
      )
      for (const ending of files) {
        const program = join(outDir, `every-entry.${ending.replace('ts', 'js')}`)
        const printed = await run(process.execPath, [program], { cwd: folder })
        if (printed !== `ERR_DOWNLOAD_HOST${' function'.repeat(10)}\n`)
          throw new Error(`${program}: ${printed}`)
      }
      console.log(`TypeScript ${version}, ${how.moduleResolution}: ${files} compile and run`)
    }
  }
}

let compiled = 0

async function compile(
  folder: string,
  version: string,
  compilerOptions: object,
  files: readonly string[],
): Promise<void> {
  const project = join(folder, `tsconfig.${++compiled}.json`)
  writeFileSync(project, JSON.stringify({ compilerOptions, files }))
  const tsc = join(folder, `../node_modules/typescript-${version}/bin/tsc`)
  await run(process.execPath, [tsc, '-p', project], { cwd: folder })
}
