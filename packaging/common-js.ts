import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'

/**
 * Turns the modules of a folder into CommonJS, file by file, so that what is loaded late stays in files of its own. An
 * `import()` becomes a `require`, as a virtual machine like Jest's has no `import()`.
 */
export function toCommonJs(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue
    const path = join(folder, name)
    const { code } = transformSync(readFileSync(path, 'utf8'), {
      format: 'cjs',
      platform: 'node',
      target: 'es2022',
      supported: { 'dynamic-import': false },
      legalComments: 'none',
    })
    writeFileSync(path, code)
  }
}

/** The licences of bundled libraries, which ask to be copied with them. */
export function licencesOf(libraries: readonly string[]): string {
  return libraries
    .map((name) => {
      const folder = join('node_modules', name)
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
      if (!file) throw new Error(`${name} has no licence file`)
      return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
    })
    .join(`\n${'-'.repeat(80)}\n\n`)
}
