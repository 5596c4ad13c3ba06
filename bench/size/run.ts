import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/**
 * What an app bundles, minified and gzipped: the files that are loaded at start, and with those that are loaded when they
 * are needed. Ours are the built entries, as an app installs them; the peers in the same run.
 */
if (!existsSync('dist/src/index.js')) throw new Error('there is no dist/: npm run build')

const rows: readonly (readonly [what: string, code: string])[] = [
  ['`createClient`, all operations', "export { createClient } from 'wechatpay-fetch'"],
  ['`createClient` of `wechatpay-fetch/v3/pay`', "export { createClient } from 'wechatpay-fetch/v3/pay'"],
  ['… of `/v3/refund`', "export { createClient } from 'wechatpay-fetch/v3/refund'"],
  ['… of `/v3/marketing`, the largest', "export { createClient } from 'wechatpay-fetch/v3/marketing'"],
  ['`createBrandClient`', "export { createBrandClient } from 'wechatpay-fetch/brand'"],
  [
    'all operations, and `chain`',
    "export { createClient } from 'wechatpay-fetch'; export { chain } from 'wechatpay-fetch/chain'",
  ],
  ['`createNotifications`', "export { createNotifications } from 'wechatpay-fetch/webhooks'"],
  ['`parseBill`', "export { parseBill } from 'wechatpay-fetch/bills'"],
  ['`openapi-fetch` alone', "export { default } from 'openapi-fetch'"],
  ['wechatpay-axios-plugin', "export { Wechatpay } from 'wechatpay-axios-plugin'"],
  ['wechatpay-node-v3', "export { default } from 'wechatpay-node-v3'"],
]

interface Size {
  start: number
  all: number
  generated: string[]
}

async function sizeOf(code: string): Promise<Size> {
  const peer = /wechatpay-(?:axios|node)/.test(code)
  const { metafile, outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    // The peers need Node.
    platform: peer ? 'node' : 'browser',
    target: 'es2022',
    outdir: 'out/size',
    write: false,
    metafile: true,
    legalComments: 'none',
    logLevel: 'error',
  })
  const names = Object.keys(metafile.outputs)
  const texts = new Map(names.map((name, index) => [name, outputFiles[index]!.text]))
  const started = new Set<string>()
  const visit = (name: string) => {
    if (started.has(name)) return
    started.add(name)
    for (const { path, kind } of metafile.outputs[name]!.imports)
      if (kind === 'import-statement' && texts.has(path)) visit(path)
  }
  visit(names.find((name) => name.endsWith('stdin.js'))!)
  const gzipped = (which: Iterable<string>) =>
    gzipSync(Array.from(which, (name) => texts.get(name)!).join('\n'), { level: 9 }).length
  const inputs = Object.keys(metafile.inputs).filter((name) => name.includes('dist/generated/'))
  return { start: gzipped(started), all: gzipped(names), generated: inputs }
}

console.log('| what | at start | with what loads late |\n| --- | ---: | ---: |')
for (const [what, code] of rows) {
  const { start, all } = await sizeOf(code)
  console.log(`| ${what} | ${(start / 1000).toFixed(1)} kB | ${(all / 1000).toFixed(1)} kB |`)
}
