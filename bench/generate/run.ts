import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The whole documentation, from pages to written TypeScript, beside its unavoidable parts and the named peers, in one
 * run. Needs `npm run build` and the documentation in DOCS. `ROUNDS=5 npm run bench:generate`
 */
const docs = process.env['DOCS']
if (!docs) throw new Error('set DOCS to the documentation folder')
const rounds = Number(process.env['ROUNDS'] ?? 3)
const root = fileURLToPath(new URL('../../', import.meta.url))
const here = join(root, 'bench/generate')
const folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-bench-'))
const out = join(folder, 'out')

interface Figure {
  milliseconds: number
  /** Peak, in MiB. */
  memory: number
}

const memory = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`

/** A whole process: its wall time and its peak memory. */
function whole(...args: string[]): Figure {
  const since = performance.now()
  const { stderr } = run(['--import', memory, ...args])
  return { milliseconds: performance.now() - since, memory: Number(/peak (\d+)/.exec(stderr)![1]) / 1024 }
}

/** A part: what its process says of itself. */
function part(...args: string[]): Figure {
  return JSON.parse(run(['--import', 'tsx', join(here, 'parts.ts'), ...args]).stdout)
}

function run(args: string[]): { stdout: string; stderr: string } {
  const errors = join(folder, 'stderr')
  const stdout = execFileSync('sh', ['-c', `exec "$0" "$@" 2>'${errors}'`, process.execPath, ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { stdout, stderr: readFileSync(errors, 'utf8') }
}

/** The best of several rounds: what the work costs when nothing else runs. */
function best(measure: () => Figure): Figure {
  const figures = Array.from({ length: rounds }, measure)
  return {
    milliseconds: Math.min(...figures.map((figure) => figure.milliseconds)),
    memory: Math.min(...figures.map((figure) => figure.memory)),
  }
}

function cold(): Figure {
  rmSync(out, { recursive: true, force: true })
  return whole(join(root, 'dist/codegen/cli.js'), 'generate', '--docs', docs!, '--out', out, '--no-cache')
}

/** A second process, after three pages were saved: the rest comes from the cache. */
function cached(copy: string): () => Figure {
  const generate = () => whole(join(root, 'dist/codegen/cli.js'), 'generate', '--docs', copy, '--out', out)
  generate()
  return () => {
    for (const name of ['jsapi', 'app', 'h5']) change(join(copy, `openapi/v3/pay/transactions/${name}.md`))
    return generate()
  }
}

function change(page: string): void {
  writeFileSync(page, readFileSync(page, 'utf8').replace('| 商品描述', '| 商品描述。'))
}

function writableCopy(): string {
  const copy = join(folder, 'docs')
  cpSync(docs!, copy, { recursive: true })
  execFileSync('chmod', ['-R', 'u+w', copy])
  return copy
}

/** One changed page under --watch: from the event to the last file, as the command itself reports. */
async function watched(copy: string): Promise<number> {
  const args = [join(root, 'dist/codegen/cli.js'), 'generate', '--docs', copy, '--out', out, '--watch']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const until = async (pattern: RegExp) => {
    while (!pattern.test(output)) await new Promise((resolve) => setTimeout(resolve, 20))
    return pattern.exec(output)!
  }
  await until(/watching/)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const page = join(copy, 'openapi/v3/pay/transactions/jsapi.md')
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    output = ''
    change(page)
    times.push(Number((await until(/\((\d+) ms\)/))[1]))
  }
  child.kill('SIGINT')
  return Math.min(...times)
}

try {
  const ours = best(cold)
  const parts = {
    'markdown-it + attrs parse the pages': best(() => part('markdown', docs)),
    "openapi-typescript's transformSchema": best(() => part('types', join(out, 'spec'))),
    'the files are written': best(() => part('write', out, join(folder, 'written'))),
  }
  const hey = join(folder, 'peer')
  execFileSync('npm', [
    'install',
    '--silent',
    '--no-audit',
    '--no-fund',
    '--prefix',
    hey,
    '@hey-api/openapi-ts@0.99.0',
    'typescript@5.9',
  ])
  const entry = join(hey, 'node_modules/@hey-api/openapi-ts/dist/index.mjs')
  const peers = {
    'openapi-typescript 7.13.0, from spec/': best(() =>
      whole(
        '--import',
        'tsx',
        join(here, 'peer-openapi-typescript.ts'),
        join(out, 'spec'),
        join(folder, 'stock'),
      ),
    ),
    ...(existsSync(entry) && {
      '@hey-api/openapi-ts 0.99.0, types only, from spec/': best(() =>
        whole(join(here, 'peer-hey-api.mjs'), join(out, 'spec'), join(folder, 'hey'), entry),
      ),
    }),
  }
  const copy = writableCopy()
  const second = best(cached(copy))
  const watching = await watched(copy)
  const sum = Object.values(parts).reduce((total, { milliseconds }) => total + milliseconds, 0)
  const row = (name: string, { milliseconds, memory: peak }: Figure) =>
    `| ${name} | ${Math.round(milliseconds)} | ${Math.round(peak)} | ${(ours.milliseconds / milliseconds).toFixed(2)} |`
  console.log(`Best of ${rounds}, ${cpus().length} cores, Node ${process.versions.node}\n`)
  console.log('| what | ms | peak MiB | ours to it |\n| --- | ---: | ---: | ---: |')
  console.log(row('**ours: pages to spec and TypeScript, a whole process**', ours))
  for (const [name, figure] of Object.entries(parts)) console.log(row(name, figure))
  console.log(`| sum of the three | ${Math.round(sum)} | | ${(ours.milliseconds / sum).toFixed(2)} |`)
  for (const [name, figure] of Object.entries(peers)) console.log(row(name, figure))
  console.log(row('a second process, three pages changed', second))
  console.log(
    `| one changed page under --watch | ${watching} | | ${(ours.milliseconds / watching).toFixed(1)} |`,
  )
  const stock = Object.values(peers)[0]!
  const ratio = (figure: Figure) => (figure.milliseconds / stock.milliseconds).toFixed(2)
  console.log(`\nTo stock openapi-typescript: cold ${ratio(ours)}, second process ${ratio(second)}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
