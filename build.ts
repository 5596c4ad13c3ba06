import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import { join } from 'node:path/posix'
import { build, transformSync } from 'esbuild'
import { parse } from 'yaml'
import { licencesOf, toCommonJs } from './packaging/common-js.ts'
import { finishDeclarations } from './packaging/declarations.ts'
import { repository, repositoryFields } from './repository.ts'
import { packDocuments } from './sandbox/spec/packed-documents.ts'

/**
 * Builds three packages: into dist/ the runtime that an app installs, in few CommonJS files for Node, which `import` and
 * `require` share, so that a program has one copy however it loads it, and as modules for bundlers;
 * into dist/codegen/ the compiler that a maintainer installs; into dist/sandbox/ the local WeChat Pay for tests, with all
 * documents in one file. The last two bring their own libraries, so an app installs none of them.
 */
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

/** The libraries that are bundled for Node: those that are no CommonJS could not be required everywhere. */
const bundled = ['@noble/hashes', 'jose', 'openapi-fetch']

/** The entries besides those of the product domains, and the client among `generated/` that one offers. */
const entries: Readonly<Record<string, string | undefined>> = {
  index: 'client',
  brand: 'brand-mode/client',
  'chain/index': 'chain',
  'webhooks/index': 'webhooks/notifications',
  'webhooks/node': undefined,
  runtime: undefined,
  'middleware/index': undefined,
  'files/bills': undefined,
  'front-end/index': undefined,
  'node/index': undefined,
}

/** Entries that import `node:` modules. They are files of their own, so that no other one loads these. */
const onNode = ['node/index']

if (repository !== '') nameRepository()
rmSync('dist', { recursive: true, force: true })
// The compiler is a program, so it has no declarations. Elsewhere comments go into those, which editors show.
compile('tsconfig.build.json')
compile('tsconfig.declarations.json')
compile('tsconfig.modules.json')
stripModules()
await bundleRuntime()
for (const folder of ['src', 'generated', 'v3']) toCommonJs(`dist/${folder}`)
// Each half of dist/ says which kind of modules it has and, as a bundler asks the nearest package.json, that none has
// side effects; and the declarations are of the kind of what Node loads.
writeFileSync('dist/package.json', '{ "type": "commonjs", "sideEffects": false }\n')
writeFileSync('dist/modules/package.json', '{ "type": "module", "sideEffects": false }\n')
writeFileSync('dist/src/LICENSES.txt', licencesOf(bundled))
finishDeclarations(
  ['dist/src', 'dist/generated'],
  [
    ...Object.keys(entries).map((entry) => `dist/src/${entry}.d.ts`),
    ...domains().map((domain) => `dist/v3/${domain}.d.ts`),
  ],
  'dist/src/web-types.d.ts',
)
for (const folder of ['emit/templates', 'diff/report/page'])
  cpSync(`codegen/${folder}`, `dist/codegen/${folder}`, { recursive: true })
cpSync('spec/overlays', 'dist/codegen/overlays', { recursive: true })
await writePackage('codegen', ['cli.js', 'run/worker.js'], {
  name: 'wechatpay-fetch-codegen',
  description:
    "Compiles WeChat Pay's documentation to OpenAPI and TypeScript, and reviews what a change breaks",
  bin: { 'wechatpay-fetch-codegen': 'cli.js' },
})
cpSync('docs/pipeline.md', 'dist/codegen/README.md')
await bundleSandbox()
await writePackage('sandbox', ['index.js'], {
  name: 'wechatpay-sandbox',
  description: 'A local WeChat Pay APIv3 for tests: verifies signatures, checks requests, signs responses',
  keywords: ['wechatpay', 'wechat-pay', '微信支付', 'apiv3', 'sandbox', 'mock', 'testing'],
  sideEffects: false,
  exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
  // For tools that do not read `exports`.
  main: './index.js',
  types: './index.d.ts',
  type: 'commonjs',
  files: ['index.js', 'spec.json.br', '**/*.d.ts'],
  // The declarations name types of Node.js.
  peerDependencies: { '@types/node': '>=20' },
  peerDependenciesMeta: { '@types/node': { optional: true } },
})
cpSync('sandbox/README.md', 'dist/sandbox/README.md')
packSpec('dist/sandbox/spec.json.br')
indentByTabs('dist/generated')

/** Brings package.json to the repository that repository.ts names. */
function nameRepository(): void {
  const text = readFileSync('package.json', 'utf8')
  const named = `${JSON.stringify({ ...JSON.parse(text), ...repositoryFields() }, null, 2)}\n`
  if (named !== text) writeFileSync('package.json', named)
}

function compile(project: string): void {
  execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' })
}

/**
 * The runtime is one file, as a program that starts reads each file of it; what is only loaded when it is needed is in
 * chunks. Clients are beside it, each with its own operations.
 */
async function bundleRuntime(): Promise<void> {
  const options = {
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    legalComments: 'none',
  } as const
  const parts = [
    'public',
    ...Object.keys(entries).filter((entry) => !entries[entry] && !onNode.includes(entry)),
  ]
  await build({
    ...options,
    entryPoints: [
      { in: 'the core', out: 'core' },
      ...onNode.map((entry) => ({ in: `src/${entry}.ts`, out: entry })),
    ],
    plugins: [
      {
        name: 'the core',
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /^the core$/ }, ({ path }) => ({ path, namespace: 'core' }))
          onLoad({ filter: /./, namespace: 'core' }, () => ({
            contents: parts.map((part) => `export * from './src/${part}.ts'`).join('\n'),
            resolveDir: '.',
            loader: 'ts',
          }))
        },
      },
    ],
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    outdir: 'dist/src',
  })
  const clients = [...Object.values(entries), ...domains().map((domain) => `${domain}/client`)].filter(
    (client) => client !== undefined,
  )
  await build({
    ...options,
    entryPoints: clients.map((client) => `generated/${client}.ts`),
    outbase: 'generated',
    outdir: 'dist/generated',
    plugins: [
      {
        name: 'one runtime',
        setup({ onResolve }) {
          onResolve({ filter: /\/runtime\.ts$/ }, ({ path }) => ({
            path: `${path.replace(/runtime\.ts$/, '').replace(/^\.\//, '')}../src/core.js`,
            external: true,
          }))
        },
      },
    ],
  })
  const namesOf = async (file: string): Promise<string[]> => {
    const { metafile } = await build({
      ...options,
      entryPoints: [file],
      write: false,
      metafile: true,
      splitting: true,
      outdir: 'dist',
    })
    return Object.values(metafile.outputs)
      .find(({ entryPoint }) => entryPoint === file)!
      .exports.sort()
  }
  for (const [entry, client] of Object.entries(entries)) {
    if (onNode.includes(entry)) continue
    const own = client === undefined ? [] : await namesOf(`generated/${client}.ts`)
    const shared = (await namesOf(`src/${entry}.ts`)).filter((name) => !own.includes(name))
    const up = entry.includes('/') ? '../' : './'
    const lines = [
      ...(own.length > 0
        ? [`export { ${own.join(', ')} } from '${join('..', up, `generated/${client}.js`)}'`]
        : []),
      ...(shared.length > 0 ? [`export { ${shared.join(', ')} } from '${up}core.js'`] : []),
    ]
    mkdirSync(dirname(`dist/src/${entry}`), { recursive: true })
    writeFileSync(`dist/src/${entry}.js`, `${lines.join('\n')}\n`)
  }
  writeDomains(await namesOf('src/public.ts'), await namesOf('generated/refund/client.ts'))
}

/** The modules that a bundler reads: without comments, and without those that are types alone. */
function stripModules(): void {
  for (const name of readdirSync('dist/modules', { recursive: true, encoding: 'utf8' })) {
    const path = join('dist/modules', name)
    if (!name.endsWith('.js')) continue
    const { code } = transformSync(readFileSync(path, 'utf8'), { legalComments: 'none', target: 'es2022' })
    if (/^(?:export \{\};?)?\s*$/.test(code)) rmSync(path)
    else writeFileSync(path, code)
  }
}

/** The product domains that have operations. */
function domains(): string[] {
  return readdirSync('generated').filter(
    (name) => name !== 'brand-mode' && existsSync(`generated/${name}/client.ts`),
  )
}

/** `wechatpay-fetch/v3/pay` and its like: a client of one domain, and what all entries share. */
function writeDomains(shared: readonly string[], own: readonly string[]): void {
  mkdirSync('dist/v3')
  mkdirSync('dist/modules/v3')
  for (const domain of domains()) {
    const client = `'../generated/${domain}/client.js'`
    writeFileSync(
      `dist/v3/${domain}.js`,
      `export { ${own.join(', ')} } from ${client}\nexport { ${shared.join(', ')} } from '../src/core.js'\n`,
    )
    writeFileSync(
      `dist/modules/v3/${domain}.js`,
      `export * from ${client}\nexport * from '../src/public.js'\n`,
    )
    writeFileSync(`dist/v3/${domain}.d.ts`, `export * from ${client};\nexport * from '../src/public.js';\n`)
  }
}

/**
 * The sandbox is one file too, and reads the documents from spec.json.br instead of a checkout's YAML, so the package
 * needs no YAML parser. Declarations that the entry does not reach describe internals, and are deleted.
 */
async function bundleSandbox(): Promise<void> {
  await build({
    entryPoints: ['sandbox/index.ts'],
    outfile: 'dist/sandbox/index.js',
    bundle: true,
    packages: 'external',
    format: 'cjs',
    platform: 'node',
    target: 'es2022',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href" },
    plugins: [
      {
        name: 'packed documents',
        setup({ onResolve }) {
          onResolve({ filter: /\/checkout-documents\.ts$/ }, () => ({
            path: resolve('sandbox/spec/packed-documents.ts'),
          }))
        },
      },
    ],
  })
  const entry = resolve('dist/sandbox/index.d.ts')
  const args = [tsc, '--listFilesOnly', '--module', 'nodenext', '--types', 'node', entry]
  const reached = new Set(execFileSync(process.execPath, args, { encoding: 'utf8' }).split(/\r?\n/))
  for (const name of readdirSync('dist/sandbox', { recursive: true, encoding: 'utf8' })) {
    const path = resolve('dist/sandbox', name)
    if (name.endsWith('.d.ts') && !reached.has(path.replaceAll('\\', '/'))) rmSync(path)
  }
}

/** Four blanks before each field are a fiftieth of the package. */
function indentByTabs(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue
    const code = readFileSync(join(folder, name), 'utf8')
    writeFileSync(
      join(folder, name),
      code.replace(/^(?: {4})+/gm, (blanks) => '\t'.repeat(blanks.length / 4)),
    )
  }
}

/**
 * The manifest of dist/<folder>. Its dependencies are what the entries import, in the versions that are tested here.
 */
async function writePackage(folder: string, entries: readonly string[], own: object): Promise<void> {
  const { version, license, engines, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const { metafile, outputFiles } = await build({
    entryPoints: entries.map((entry) => `dist/${folder}/${entry}`),
    outdir: 'out',
    bundle: true,
    write: false,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    metafile: true,
  })
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  // esbuild does not follow the result of createRequire, and may number its name.
  const required = outputFiles.flatMap(({ text }) => [...text.matchAll(/\brequire\d*\("([^".][^"]*)"\)/g)])
  const names = [...imported, ...required.map(([, path]) => path!)]
    .filter((path) => !isBuiltin(path))
    .map((path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/'))
  const dependencies = Object.fromEntries(
    [...new Set(names)].sort().map((name) => {
      const pinned = devDependencies[name]
      if (!pinned) throw new Error(`${name} is imported by ${folder}/ and missing from devDependencies`)
      return [name, pinned]
    }),
  )
  // npm publishes nothing that is private.
  const origin = repository === '' ? { private: true } : repositoryFields()
  const manifest = { type: 'module', ...own, version, license, ...origin, engines, dependencies }
  writeFileSync(`dist/${folder}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`)
  cpSync('LICENSE', `dist/${folder}/LICENSE`)
}

/** All documents of spec/ in one file. */
function packSpec(to: string): void {
  const files = readdirSync('spec').filter((name) => name.endsWith('.yaml'))
  const documents = files
    .sort()
    .map((name) => [name.slice(0, -'.yaml'.length), parse(readFileSync(join('spec', name), 'utf8'))] as const)
  writeFileSync(to, packDocuments(new Map(documents)))
}
