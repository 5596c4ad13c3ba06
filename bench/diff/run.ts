import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { loadSide } from '../../codegen/diff/read/sides.ts'
import type { Document } from '../../codegen/openapi/document.ts'
import { toYaml } from '../../codegen/spec/yaml.ts'
import { scatter } from '../../test/codegen/diff/support/scatter.ts'
import { oasdiff } from '../../test/peers/diff/oasdiff.ts'
import { merged } from '../../test/peers/diff/peers.ts'

/**
 * Compares the whole spec with a copy that has 1,000 random edits, with ours and with oasdiff, in one run.
 * `ROUNDS=5 node --import tsx bench/diff/run.ts`
 */
const rounds = Number(process.env['ROUNDS'] ?? 5)
const count = 1000
mkdirSync('out', { recursive: true })
const folder = mkdtempSync(join('out', 'bench-diff-'))

interface Figure {
  milliseconds: number
  /** Peak, in MiB. */
  memory: number
  changes: number
}

/** A process: wall time, and the peak memory that Linux reports. */
async function measureProcess(command: string, args: string[], output: string): Promise<Figure> {
  const since = performance.now()
  const child = spawn('sh', ['-c', `exec "$0" "$@" >'${output}'`, command, ...args], { stdio: 'inherit' })
  let memory = 0
  const poll = setInterval(() => {
    memory = Math.max(memory, peakOf(child.pid))
  }, 5)
  const code = await new Promise((resolve) => child.on('exit', resolve))
  const milliseconds = performance.now() - since
  clearInterval(poll)
  if (code !== 0) throw new Error(`${command} exited with ${code}`)
  const report = JSON.parse(readFileSync(output, 'utf8'))
  return { milliseconds, memory, changes: (report.changes ?? report).length }
}

function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

async function best(measure: () => Promise<Figure>): Promise<Figure> {
  const figures: Figure[] = []
  for (let round = 0; round < rounds; round++) figures.push(await measure())
  return {
    milliseconds: Math.min(...figures.map(({ milliseconds }) => milliseconds)),
    memory: Math.max(...figures.map(({ memory }) => memory)),
    changes: figures[0]!.changes,
  }
}

function write(name: string, documents: ReadonlyMap<string, Document>): void {
  mkdirSync(join(folder, name))
  for (const [domain, document] of documents)
    writeFileSync(join(folder, name, `${domain}.yaml`), toYaml(document))
  writeFileSync(join(folder, `${name}.yaml`), toYaml(merged(documents) as unknown as Document))
}

try {
  const { documents } = await loadSide('spec')
  const edited = scatter(documents, count)
  write('before', documents)
  write('after', edited.documents)
  const bundle = join(folder, 'ours.mjs')
  await build({
    entryPoints: ['bench/diff/ours.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle,
    packages: 'external',
  })
  const sides = ['before', 'after'].map((name) => join(folder, name))
  const files = sides.map((name) => `${name}.yaml`)
  const peer = oasdiff()
  const out = join(folder, 'out.json')
  const figures = {
    [`**ours: ${documents.size} documents a side, to judged changes with lines**`]: await best(() =>
      measureProcess(process.execPath, [bundle, ...sides], out),
    ),
    'oasdiff 1.35.0 changelog, documents merged into one file a side': await best(() =>
      measureProcess(peer, ['changelog', ...files, '-f', 'json'], out),
    ),
  }
  const ours = Object.values(figures)[0]!
  console.log(
    `Best of ${rounds}, ${cpus().length} hardware threads, Node ${process.versions.node}, ${count} edits\n`,
  )
  console.log(
    '| what | ms | peak MiB | changes reported | ours / theirs |\n| --- | ---: | ---: | ---: | ---: |',
  )
  for (const [name, { milliseconds, memory, changes }] of Object.entries(figures))
    console.log(
      `| ${name} | ${Math.round(milliseconds)} | ${Math.round(memory)} | ${changes} | ${(ours.milliseconds / milliseconds).toFixed(2)} |`,
    )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
