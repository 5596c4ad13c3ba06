import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './documents.ts'

/**
 * Makes the folder of an app that depends on the packages of this repository. They are their sources, so that nothing
 * needs to be built; the entries are those of package.json.
 */
export function appFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-samples-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  // Imports stay when they are run, also those of which nothing is used.
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "verbatimModuleSyntax": true } }')
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const runtime = addPackage(folder, 'wechatpay-fetch', fromSources(exports), ['src', 'generated'])
  mkdirSync(join(runtime, 'v3'))
  for (const domain of readdirSync(join(root, 'generated'))) {
    if (!existsSync(join(root, 'generated', domain, 'client.ts'))) continue
    const entry = `export * from '../generated/${domain}/client.ts'\nexport * from '../src/public.ts'\n`
    writeFileSync(join(runtime, 'v3', `${domain}.ts`), entry)
  }
  addPackage(folder, 'wechatpay-sandbox', { '.': './sandbox/index.ts' }, ['sandbox'])
  for (const name of ['@types', 'openapi-fetch'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  return folder
}

function addPackage(folder: string, name: string, exports: object, sources: string[]): string {
  const to = join(folder, 'node_modules', name)
  mkdirSync(to, { recursive: true })
  writeFileSync(join(to, 'package.json'), JSON.stringify({ name, type: 'module', exports }))
  for (const source of sources) symlinkSync(join(root, source), join(to, source))
  return to
}

// The folders are links: what is found through them has its place in the repository, libraries included.
function fromSources(exports: object): object {
  const json = JSON.stringify(exports)
    .replaceAll(/"\.\/dist\/((?:src|v3)\/[^"]*)\.(?:d\.ts|js)"/g, '"./$1.ts"')
    .replaceAll('./dist/', './')
  return JSON.parse(json)
}
