import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Builds the package into dist/: JavaScript and declarations, and the templates beside the code that reads them. */
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
cpSync('codegen/emit/templates', 'dist/codegen/emit/templates', { recursive: true })
