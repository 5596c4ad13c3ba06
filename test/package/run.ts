import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Packs the package, installs the tarball in an empty project, and does there what an app does: compiles a consumer
 * with the oldest, the pinned and the newest TypeScript, under both module resolutions, and imports each entry.
 */
const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const limit = 700_000
const versions = ['5.5', '5.9', '7.0']
const folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-package-'))
const npm = (args: string[], cwd: string) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

const strict = {
  target: 'es2022',
  lib: ['es2022', 'dom'],
  types: [],
  strict: true,
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
  npm(['pack', '--silent', '--pack-destination', folder], root)
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!
  const { size } = statSync(join(folder, tarball))
  console.log(`${tarball}: ${size} bytes packed`)
  if (size > limit) throw new Error(`more than ${limit} bytes`)

  cpSync(join(here, 'consumer'), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }))
  const compilers = versions.map((version) => `typescript-${version}@npm:typescript@${version}`)
  npm(
    ['install', '--silent', '--no-audit', '--no-fund', '--legacy-peer-deps', `./${tarball}`, ...compilers],
    folder,
  )

  for (const version of versions) {
    for (const [module, moduleResolution, exactOptionalPropertyTypes] of [
      ['nodenext', 'nodenext', true],
      ['esnext', 'bundler', false],
    ] as const) {
      const options = { ...strict, module, moduleResolution, exactOptionalPropertyTypes }
      for (const file of ['app.ts', 'chain.ts', 'domain.ts']) {
        compile(version, `${moduleResolution}: ${file}`, { compilerOptions: options, files: [file] })
      }
    }
    const options = {
      ...strict,
      module: 'nodenext',
      allowImportingTsExtensions: true,
      noUncheckedIndexedAccess: true,
    }
    compile(version, 'all of generated/', { compilerOptions: options, include: [join(root, 'generated')] })
  }

  const script =
    "for (const entry of ['', '/v3/pay', '/chain', '/middleware']) { const names = Object.keys(await import('wechatpay-fetch' + entry)); if (!names.length) throw new Error(entry); console.log('wechatpay-fetch' + entry, names.join(' ')) }"
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, stdio: 'inherit' })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
