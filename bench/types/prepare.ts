import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import { parse } from 'yaml'
import type { Document } from '../../codegen/openapi/document.ts'
import { type SampleCall, type Style, sourceOf } from './styles.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The folder of everything that is compiled here. */
export const folder = join(root, 'out/bench-types')

/** The documents of all product domains. */
export function readDocuments(): Document[] {
  return readdirSync(join(root, 'spec'))
    .filter((name) => name.endsWith('.yaml') && !['webhooks.yaml', 'brand-mode.yaml'].includes(name))
    .sort()
    .map((name) => parse(readFileSync(join(root, 'spec', name), 'utf8')))
}

/** Writes the declarations of both sides: stock openapi-typescript of our documents in one, and our own. */
export async function prepare(documents: Document[]): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  const paths = Object.assign({}, ...documents.map((document) => document.paths))
  const whole = { ...documents[0]!, paths, tags: [] }
  write('stock/paths.d.ts', astToString(await openapiTS(whole as never, { silent: true })))
  // As they are built, since an app compiles these.
  for (const part of ['src', 'generated']) {
    for (const name of readdirSync(join(root, 'dist', part), { recursive: true, encoding: 'utf8' })) {
      if (name.endsWith('.d.ts'))
        write(`ours/${part}/${name}`, readFileSync(join(root, 'dist', part, name), 'utf8'))
    }
  }
}

/** Writes a project of one file; the path of its folder. */
export function project(name: string, source: string): string {
  const compilerOptions = {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    module: 'nodenext',
    types: [],
  }
  write(`${name}/main.ts`, source)
  write(`${name}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ['main.ts'] }))
  write('package.json', '{ "type": "module" }')
  return join(folder, name)
}

/** The project of one style with as many calls. */
export function callProject(style: Style, calls: SampleCall[]): string {
  const name = style.name.toLowerCase().replace(/\W+/g, '-')
  return project(`${name}-${calls.length}`, sourceOf(style, calls))
}

function write(name: string, text: string): void {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
