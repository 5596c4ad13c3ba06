import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { parse } from 'yaml'
import { pascal } from './codegen/openapi/pascal.ts'

/**
 * Builds the package into dist/: JavaScript and declarations, the templates beside the code that reads them, and
 * the declarations of each product domain's entry, and the spec in one file.
 */
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

rmSync('dist', { recursive: true, force: true })
// Comments belong into the declarations, which editors show; nobody reads them in the JavaScript.
compile('--removeComments', '--declaration', 'false')
compile('--emitDeclarationOnly')
cpSync('codegen/emit/templates', 'dist/codegen/emit/templates', { recursive: true })
removeEmptyModules('dist/generated')
removeDeclarations('dist/codegen')
writeDomains()
packSpec()

function compile(...options: string[]): void {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', ...options], { stdio: 'inherit' })
}

/** Most generated modules hold types alone: nobody loads their JavaScript. */
function removeEmptyModules(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue
    const code = readFileSync(join(folder, name), 'utf8').replace(/^\/\/.*$/gm, '')
    if (code.trim() === 'export {};') rmSync(join(folder, name))
  }
}

/** The compiler is a program: nobody imports its modules. */
function removeDeclarations(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.d.ts')) rmSync(join(folder, name))
  }
}

/** All documents as one file: a third of what they take in the package one by one. */
function packSpec(): void {
  const files = readdirSync('spec').filter((name) => name.endsWith('.yaml'))
  const documents = files
    .sort()
    .map((name) => [name.slice(0, -'.yaml'.length), parse(readFileSync(join('spec', name), 'utf8'))])
  const json = Buffer.from(JSON.stringify(Object.fromEntries(documents)))
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants
  const params = {
    [BROTLI_PARAM_QUALITY]: 11,
    [BROTLI_PARAM_LGWIN]: 24,
    [BROTLI_PARAM_SIZE_HINT]: json.length,
  }
  writeFileSync('dist/spec.json.br', brotliCompressSync(json, { params }))
}

/** `wechatpay-fetch/v3/pay` and its like. They share the JavaScript of src/domain.ts. */
function writeDomains(): void {
  mkdirSync('dist/v3')
  for (const domain of readdirSync('generated')) {
    if (existsSync(`generated/${domain}/paths.ts`))
      writeFileSync(`dist/v3/${domain}.d.ts`, declarations(domain))
  }
}

function declarations(domain: string): string {
  const client = `${pascal(domain)}Client`
  const paths = `${pascal(domain)}PathClient`
  return `import type { ${client}, ${paths} } from '../generated/${domain}/paths.js';
import type { ClientOptions } from '../src/client.js';
export type * from '../generated/${domain}/models.js';
export * from '../src/runtime.js';
export type { ${client} as Client, ${paths} as PathClient };
/**
 * A client of WeChat Pay's APIv3 that knows the operations of \`/v3/${domain}\` alone.
 * \`createClient<Client & OtherClient>\` knows those of another domain too.
 */
export declare function createClient<C = ${client}>(options: ClientOptions): C;
/** The client by path: \`pathClient(client)['/v3/${domain}/…'].POST(init)\`. */
export declare function pathClient(client: ${client}): ${paths};
`
}
