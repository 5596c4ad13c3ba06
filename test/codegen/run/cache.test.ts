import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Cache, cacheFolder } from '../../../codegen/run/cache.ts'
import { type GenerateOptions, generate } from '../../../codegen/run/generate.ts'
import { summarize } from '../../../codegen/run/summary.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
/** How long a test waits for other processes before it fails. */
const limit = 30_000

const assign = 'openapi/v3/smartguide/guides/{guide_id}/assign.md'

interface Context {
  folder: string
  docs: string
  out: string
  cache: string
}

const test = suite<Context>('the cache of generate')

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'wechatpay-fetch-'))
  context.docs = join(context.folder, 'docs')
  context.out = join(context.folder, 'out')
  context.cache = join(context.folder, 'cache')
  cpSync(join(root, 'examples/docs'), context.docs, { recursive: true })
})

test.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }))

function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [file, readFileSync(join(folder, file), 'latin1')]),
  )
}

// What a run gives: every byte that is below its output folder, its findings and its summary.
async function outcome(options: GenerateOptions) {
  const result = await generate(options)
  const { changed: _, text: __, ...summary } = summarize(result)
  const { findings, corrections } = result
  return { files: contents(options.out), findings, corrections, summary }
}

// Generates with the cache into `out`, and without into the other folder, where the same runs were made before.
async function same({ docs, out, cache }: Context, more: Partial<GenerateOptions> = {}): Promise<void> {
  const cached = await outcome({ docs, out, cache, ...more })
  const plain = await outcome({ docs, out: `${out}-without`, ...more })
  assert.equal(cached, plain)
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  assert.is.not(before, after)
  writeFileSync(file, after)
}

function knows({ docs, cache }: Context, path: string): boolean {
  return new Cache(cache, docs).pages.find(path, readFileSync(join(docs, path))) !== undefined
}

test('pages and files of the last run are taken from it', async (context) => {
  await same(context)
  assert.ok(knows(context, assign))
  assert.ok(knows(context, 'openapi/index.md'))
  const plain = await generate({ docs: context.docs, out: context.out })
  const yaml = plain.files.get('spec/smartguide.yaml')
  const json = JSON.stringify(plain.documents.get('smartguide'))
  const store = new Cache(context.cache, context.docs).rendered(context.out)
  assert.equal(new Map(store.find('smartguide', json)?.files).get('spec/smartguide.yaml'), yaml)
  await same(context)
})

const flips: [name: string, flip: (context: Context) => void][] = [
  [
    'a byte of a page',
    ({ docs }) => edit(join(docs, assign), (text) => text.replace('| 商户订单号', '| 商户单号')),
  ],
  [
    'a page gets an error, whose operation is kept',
    ({ docs }) => edit(join(docs, assign), (text) => text.replace('data-indent=1', 'data-indent=4')),
  ],
  [
    'a page becomes a redirect',
    ({ docs }) =>
      writeFileSync(join(docs, assign), '---\ntitle: Moved to /openapi/v3/smartguide/guides\n---\n'),
  ],
  [
    'the index page',
    ({ docs }) => edit(join(docs, 'openapi/index.md'), (text) => text.replace('支付即服务', '服务')),
  ],
  ['a page is removed', ({ docs }) => rmSync(join(docs, assign))],
  [
    'a page is renamed',
    ({ docs }) => renameSync(join(docs, assign), join(docs, dirname(assign), 'assigned.md')),
  ],
  [
    'two pages are exchanged',
    ({ docs }) => {
      const other = 'openapi/v3/smartguide/guides/{guide_id}.md'
      const text = readFileSync(join(docs, assign))
      cpSync(join(docs, other), join(docs, assign))
      writeFileSync(join(docs, other), text)
    },
  ],
  [
    'a generated file was edited',
    ({ out }) => {
      for (const name of [out, `${out}-without`])
        edit(join(name, 'generated/smartguide/models.ts'), (text) => text.replace('string', 'number'))
    },
  ],
  [
    'a generated file was removed',
    ({ out }) => {
      for (const name of [out, `${out}-without`]) rmSync(join(name, 'spec/smartguide.yaml'))
    },
  ],
  ['the output folder was removed', ({ out }) => rmSync(out, { recursive: true })],
]

for (const [name, flip] of flips) {
  test(`it changes nothing: ${name}`, async (context) => {
    await same(context)
    flip(context)
    await same(context)
    await same(context)
  })
}

test('it changes nothing: each option in turn, on one cache', async (context) => {
  for (const more of [
    {},
    { descriptions: 'full' },
    { descriptions: 'none' },
    { descriptions: 'terms' },
    { only: new Set(['smartguide']) },
    { only: new Set(['pay']) },
    {},
  ] as const)
    await same(context, more)
})

test('a cache file that is damaged anywhere, or cut off, counts as empty', async (context) => {
  const plain = await outcome({ docs: context.docs, out: `${context.out}-without` })
  await outcome(context)
  const [name] = readdirSync(context.cache)
  const file = join(context.cache, name!)
  const good = readFileSync(file)
  await fc.assert(
    fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, mask, cut) => {
        const bad = Buffer.from(cut ? good.subarray(0, at) : good)
        if (!cut) bad[at]! ^= mask
        writeFileSync(file, bad)
        assert.ok(new Cache(context.cache, context.docs).isEmpty)
        assert.equal(await outcome(context), plain)
        assert.equal(readFileSync(file), good)
      },
    ),
    { numRuns: 12, examples: [[0, 1, true]] },
  )
})

test('a cache file of another compiler counts as empty', async (context) => {
  await outcome(context)
  const mine = new Cache(context.cache, context.docs)
  assert.not.ok(mine.isEmpty)
  assert.ok(new Cache(context.cache, context.docs, 'another').isEmpty)
})

test('a cache that cannot be read or written fails no run', async (context) => {
  const plain = await outcome({ docs: context.docs, out: `${context.out}-without` })
  writeFileSync(context.cache, 'a file, where a folder should be')
  assert.equal(await outcome(context), plain)
  rmSync(context.cache)
  await outcome(context)
  const [name] = readdirSync(context.cache)
  chmodSync(join(context.cache, name!), 0)
  chmodSync(context.cache, 0o500)
  try {
    edit(join(context.docs, assign), (text) => text.replace('| 商户订单号', '| 商户单号'))
    await same(context)
  } finally {
    chmodSync(context.cache, 0o700)
  }
  rmSync(context.cache, { recursive: true })
  mkdirSync(join(context.cache, name!), { recursive: true })
  await same(context)
})

test('runs at the same time leave a whole file of one of them', async (context) => {
  const module = join(root, 'codegen/run/cache.ts')
  const source = `
    import { Cache } from ${JSON.stringify(module)}
    for (let round = 0; ; round++) {
      const cache = new Cache(process.argv[1], process.argv[2], 'one')
      for (let page = 0; page < 300; page++)
        cache.pages.keep(String(page), new Uint8Array([round % 2]), { file: process.pid + ' ' + round })
      cache.save()
      if (round === 0) console.log('ready')
    }`
  const args = ['--import', 'tsx', '--input-type=module', '-e', source, context.cache, context.docs]
  const children = Array.from({ length: 3 }, () => spawn(process.execPath, args, { cwd: root }))
  try {
    await Promise.all(
      children.map((child) => once(child.stdout, 'data', { signal: AbortSignal.timeout(limit) })),
    )
    const writers = new Set<string>()
    const end = performance.now() + limit
    for (let round = 0; round < 200 || writers.size < 6; round++) {
      assert.ok(performance.now() < end, `${writers.size} different files were read in ${limit} ms`)
      const { pages } = new Cache(context.cache, context.docs, 'one')
      const entries = Array.from({ length: 600 }, (_, index) =>
        pages.find(String(index >> 1), new Uint8Array([index % 2])),
      )
      const files = entries.flatMap((entry) => entry?.file ?? [])
      assert.is(files.length, 300)
      assert.is(new Set(files).size, 1)
      writers.add(files[0]!)
    }
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await Promise.all(children.map((child) => once(child, 'exit')))
  }
})

test('it keeps 32 folders and 64 MiB, those used last, and nothing of killed runs', async (context) => {
  mkdirSync(context.cache)
  const old = (name: string, hours: number, bytes = 1) => {
    writeFileSync(join(context.cache, name), '')
    writeFileSync(join(context.cache, name), Buffer.alloc(bytes))
    const time = new Date(Date.now() - hours * 3_600_000)
    utimesSync(join(context.cache, name), time, time)
  }
  for (let index = 0; index < 40; index++) old(`small-${String(index).padStart(2, '0')}.cache`, 10 + index)
  old('killed.tmp', 2)
  old('writing.tmp', 0)
  await generate(context)
  let names = readdirSync(context.cache)
  assert.is(names.length, 32)
  assert.ok(names.includes('small-29.cache') && names.includes('writing.tmp'))
  assert.not.ok(names.includes('small-30.cache') || names.includes('killed.tmp'))
  old('large.cache', 5, 64 * 1024 * 1024)
  await generate(context)
  names = readdirSync(context.cache)
  assert.equal(names.length, 2)
  assert.ok(names.includes('writing.tmp'))
})

test('it is below the nearest node_modules, and nowhere without one', ({ folder }) => {
  const inner = join(folder, 'app/src/deep')
  mkdirSync(inner, { recursive: true })
  assert.is(cacheFolder(inner), undefined)
  mkdirSync(join(folder, 'app/node_modules'))
  assert.is(cacheFolder(inner), join(folder, 'app/node_modules/.cache/wechatpay-fetch-codegen'))
})

// The whole compiler in another place, to be changed there.
function copyOfCompiler(folder: string): string {
  const home = join(folder, 'compiler')
  for (const name of ['codegen', 'spec/overlays', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(home, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
  return home
}

async function runCopy(home: string, { docs, out, cache }: Context): Promise<Record<string, string>> {
  const source = `
    import { generate } from ${JSON.stringify(join(home, 'codegen/run/generate.ts'))}
    const [docs, out, cache] = process.argv.slice(1)
    await generate({ docs, out, cache })
    await generate({ docs, out: out + '-without' })`
  const child = spawn(
    process.execPath,
    ['--preserve-symlinks', '--import', 'tsx', '--input-type=module', '-e', source, docs, out, cache],
    { cwd: home, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(2 * limit) })
  assert.is(code, 0, errors)
  const files = contents(out)
  assert.equal(files, contents(`${out}-without`))
  return files
}

test('it changes nothing: an overlay, a template, the code that reads pages', async (context) => {
  const home = copyOfCompiler(context.folder)
  const before = await runCopy(home, context)
  writeFileSync(
    join(home, 'spec/overlays/guides.yaml'),
    `overlay: 1.0.0
info: { title: Guides, version: '1' }
extends: ../smartguide.yaml
actions:
  - target: $.info
    description: a test
    update: { title: Corrected }
`,
  )
  const corrected = await runCopy(home, context)
  assert.match(corrected['spec/smartguide.yaml']!, 'title: Corrected')
  edit(join(home, 'codegen/emit/templates/paths.ts.hbs'), (text) => `${text}// of another template\n`)
  const templated = await runCopy(home, context)
  assert.match(templated['generated/smartguide/paths.ts']!, '// of another template')
  edit(join(home, 'codegen/docs/operation-page.ts'), (text) =>
    text.replace('title: section.title', "title: 'Read anew'"),
  )
  const reread = await runCopy(home, context)
  assert.match(reread['spec/smartguide.yaml']!, 'Read anew')
  assert.is.not(before['spec/smartguide.yaml'], corrected['spec/smartguide.yaml'])
  assert.ok(existsSync(context.cache))
})

test.run()
