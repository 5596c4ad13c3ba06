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
    chain: used.filter((name) => name.startsWith('src/chain/')),
    size: gzipSync(code.join('\n')).length,
  }
}

test('an app that only uses createClient does not bundle the chain', async () => {
  const { chain, used, size } = await bundle("export { createClient } from './src/index.ts'")
  assert.equal(chain, [])
  assert.not.ok(
    used.some((name) =>
      /src.*(?:files\/(form|bills|sm3|digest-stream)|noble|webhooks|certificate|fields\/(seal|open))/.test(
        name,
      ),
    ),
    'files, notifications, certificates and sensitive fields',
  )
  assert.ok(size < 32_500, `${size} bytes`)
})

test('an app with the path client does not bundle the chain', async () => {
  assert.equal((await bundle("export { createClient, pathClient } from './src/index.ts'")).chain, [])
})

test('the chain adds less than 3 kB to an app, as it has no table of its own', async () => {
  const alone = await bundle("export { createClient } from './src/index.ts'")
  const chained = await bundle(
    "export { createClient } from './src/index.ts'; export { chain } from './src/chain/index.ts'",
  )
  assert.ok(chained.chain.length > 0)
  assert.ok(chained.size - alone.size < 3_000, `${chained.size - alone.size} bytes`)
})

test('the entry of a product domain bundles its own operations, no others', async () => {
  const { used, size } = await bundle("export { createClient } from './generated/refund/client.ts'")
  assert.ok(size < 21_100, `${size} bytes`)
  assert.equal(
    used.filter((name) => name.startsWith('generated/')),
    ['generated/refund/operations.ts', 'generated/refund/client.ts'],
  )
})

test('notifications bundle no operation and no client', async () => {
  const { used, size } = await bundle("export { createNotifications } from './src/webhooks/index.ts'")
  assert.not.ok(used.some((name) => /operations\.ts|src\/(?:client|exchange|files)|openapi-fetch/.test(name)))
  assert.ok(size < 9_450, `${size} bytes`)
})

test.run()
