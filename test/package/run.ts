import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { readCode } from '../docs/support/documents.ts'
import { programsOf } from '../docs/support/programs.ts'
import { runProgram, writePrograms, writeTypes } from '../docs/support/run-programs.ts'
import { generateFromOwnPages } from './own-pages.ts'

/**
 * Packs the three packages, installs the tarballs in an empty project, and does there what an app does: compiles a consumer
 * and the samples of the documents with the oldest, the pinned and the newest TypeScript, under both module resolutions,
 * imports each entry, and runs the samples. Then what a test does: starts the sandbox, and makes signed calls to it. Last
 * what a maintainer does: compiles the example pages, and compares two specs.
 */
const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const limit = 800_000
const versions = ['5.5', '5.9', '7.0']
const resolutions = [
  ['nodenext', 'nodenext', true],
  ['esnext', 'bundler', false],
] as const
const folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-package-'))
const npm = (args: string[], cwd: string) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

const strict = {
  target: 'es2022',
  lib: ['es2022', 'dom'],
  types: [],
  strict: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  noEmit: true,
}

function compile(version: string, what: string, config: object): void {
  const since = performance.now()
  const tsc = join(folder, `node_modules/typescript-${version}/bin/tsc`)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' })
  console.log(`TypeScript ${version}, ${what} compiles in ${Math.round(performance.now() - since)} ms`)
}

try {
  for (const built of ['', 'dist/codegen', 'dist/sandbox'])
    npm(['pack', '--silent', '--pack-destination', folder], join(root, built))
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  for (const tarball of tarballs) {
    const { size } = statSync(join(folder, tarball))
    console.log(`${tarball}: ${size} bytes packed`)
    if (size > limit) throw new Error(`more than ${limit} bytes`)
  }

  cpSync(join(here, 'consumer'), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }))
  const { blocks } = readCode()
  const programs = programsOf(blocks)
  writePrograms(folder, programs)
  await writeTypes(folder, blocks)
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const compilers = versions.map((version) => `typescript-${version}@npm:typescript@${version}`)
  npm(
    [
      'install',
      '--silent',
      '--no-audit',
      '--no-fund',
      '--legacy-peer-deps',
      ...tarballs.map((name) => `./${name}`),
      ...compilers,
      `@types/node@${devDependencies['@types/node']}`,
    ],
    folder,
  )

  // Tools for tests, other module resolutions and judges of packages, in a process of their own beside this one.
  const apart = mkdtempSync(join(folder, 'apart-'))
  const log = join(apart, 'log.txt')
  const output = openSync(log, 'w')
  const apps = tarballs.filter((name) => !name.includes('codegen'))
  const side = spawn(
    process.execPath,
    ['--import', 'tsx', join(here, 'side.ts'), apart, ...apps.map((name) => join('..', name))],
    { cwd: root, stdio: ['ignore', output, output] },
  )
  process.once('exit', () => side.kill())
  const sideEnded = new Promise<number | null>((resolve) => side.once('close', resolve))

  // All that `generate` can write, as it is in a project that installed the package.
  cpSync(join(root, 'generated'), join(folder, 'all'), { recursive: true })
  writeFileSync(join(folder, 'all/runtime.ts'), "export * from 'wechatpay-fetch/runtime'\n")

  for (const version of versions) {
    for (const [module, moduleResolution, exactOptionalPropertyTypes] of resolutions) {
      const options = { ...strict, module, moduleResolution, exactOptionalPropertyTypes }
      for (const file of ['app.ts', 'chain.ts', 'domain.ts', 'money.ts']) {
        compile(version, `${moduleResolution}: ${file}`, { compilerOptions: options, files: [file] })
      }
      const onNode = { ...options, lib: ['es2023'], types: ['node'] }
      const files = programs.map(({ file }) => file)
      compile(version, `${moduleResolution}: samples`, { compilerOptions: onNode, files })
    }
    const options = {
      ...strict,
      module: 'nodenext',
      allowImportingTsExtensions: true,
      noUncheckedIndexedAccess: true,
    }
    compile(version, 'all of generated/', { compilerOptions: options, include: ['all'] })
  }

  const script =
    "import { createRequire } from 'node:module'; const require = createRequire(process.cwd() + '/x'); for (const entry of ['', '/v3/pay', '/chain', '/middleware', '/webhooks', '/webhooks/node', '/bills', '/front-end', '/brand', '/runtime', '/node']) { const names = Object.keys(await import('wechatpay-fetch' + entry)); if (!names.length) throw new Error(entry); const required = require('wechatpay-fetch' + entry); const same = await import('wechatpay-fetch' + entry); if (names.some((name) => name !== 'default' && name !== 'module.exports' && required[name] !== same[name])) throw new Error('two copies of ' + entry); console.log('wechatpay-fetch' + entry, names.join(' ')) }"
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, stdio: 'inherit' })

  for (const program of programs) {
    const { length } = await runProgram(folder, program)
    console.log(`${program.document}: samples run, ${length} requests`)
  }

  // The sandbox in a project that has Node's types, and neither the client nor the DOM.
  for (const version of versions) {
    for (const [module, moduleResolution] of resolutions) {
      const options = { ...strict, lib: ['es2022'], types: ['node'], module, moduleResolution }
      compile(version, `${moduleResolution}: sandbox.ts`, { compilerOptions: options, files: ['sandbox.ts'] })
    }
  }
  const { code } = transformSync(readFileSync(join(folder, 'sandbox.ts'), 'utf8'), { loader: 'ts' })
  writeFileSync(join(folder, 'sandbox.mjs'), code)
  execFileSync(process.execPath, ['sandbox.mjs'], { cwd: folder, stdio: 'inherit', timeout: 60_000 })
  console.log('wechatpay-sandbox verifies a call, and signs the response')

  const run = (...args: string[]) =>
    execFileSync(join(folder, 'node_modules/.bin/wechatpay-fetch-codegen'), args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  run('generate', '--docs', join(root, 'examples/docs'), '--out', 'made')
  for (const file of ['spec/smartguide.yaml', 'generated/smartguide/models.ts']) {
    const made = readFileSync(join(folder, 'made', file), 'utf8')
    if (made !== readFileSync(join(root, 'examples', file), 'utf8')) throw new Error(`${file} is another`)
  }
  const onNode = {
    ...strict,
    lib: ['es2023'],
    types: ['node'],
    moduleResolution: 'nodenext',
    module: 'nodenext',
  }
  await generateFromOwnPages(folder, join(root, 'examples/docs'), (files) => {
    for (const version of versions)
      compile(version, 'a client of own pages', {
        compilerOptions: { ...onNode, allowImportingTsExtensions: true },
        files,
      })
  })
  const page = run('diff', 'made/spec', join(root, 'examples/spec'), '--format', 'html')
  if (!page.startsWith('<!doctype html>')) throw new Error('no page')
  console.log('wechatpay-fetch-codegen generates and compares')

  const status = await sideEnded
  console.log(readFileSync(log, 'utf8'))
  if (status !== 0) throw new Error('a consumer failed')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
