import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The code that an app loads at start. Code that is imported later is in other chunks. */
async function bundle(contents: string) {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    splitting: true,
    outdir: '/out',
    absWorkingDir: root,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    metafile: true,
  })
  const names = Object.keys(metafile.outputs)
  const once = new Set<string>()
  const visit = (name: string) => {
    if (once.has(name)) return
    once.add(name)
    for (const { path, kind } of metafile.outputs[name]!.imports) if (kind === 'import-statement') visit(path)
  }
  visit(names.find((name) => name.endsWith('stdin.js'))!)
  const inputs = [...once].flatMap((name) => Object.entries(metafile.outputs[name]!.inputs))
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name)
  const code = outputFiles.filter((_, index) => once.has(names[index]!)).map(({ text }) => text)
  return {
    used,
    table: used.filter((name) => name.includes('chain')),
    size: gzipSync(code.join('\n')).length,
  }
}

test('an app that only uses createClient does not bundle the chain', async () => {
  const { table, used, size } = await bundle("export { createClient } from './src/index.ts'")
  assert.equal(table, [])
  assert.not.ok(
    used.some((name) => /files\/(form|bills|sm3|digest-stream)|noble|webhooks/.test(name)),
    'files and notifications',
  )
  assert.ok(size < 31_000, `${size} bytes`)
})

test('an app with the path client does not bundle the chain', async () => {
  assert.equal((await bundle("export { createClient, pathClient } from './src/index.ts'")).table, [])
})

test('the chain adds less than 12 kB to an app', async () => {
  const alone = await bundle("export { createClient } from './src/index.ts'")
  const chained = await bundle(
    "export { createClient } from './src/index.ts'; export { chain } from './src/chain/index.ts'",
  )
  assert.ok(chained.used.includes('generated/chain-table.ts'))
  assert.ok(chained.size - alone.size < 12_000, `${chained.size - alone.size} bytes`)
})

test('the entries load only what they need, unbundled too', async () => {
  const loaded = async (entry: string) => {
    const { metafile } = await build({
      entryPoints: [root + entry],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      treeShaking: false,
    })
    return Object.keys(metafile.inputs).filter((name) => name.includes('chain'))
  }
  assert.equal(await loaded('src/index.ts'), [])
  assert.ok((await loaded('src/chain/index.ts')).includes('generated/chain-table.ts'))
})

test.run()
