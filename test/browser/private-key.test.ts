import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildSync } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rsaPair } from '../support/keys.ts'
import { launch } from './chromium.ts'

// A private key in a page or a worker of a real browser: `npm run test:browser`.
// Launched here, because uvu does not report an error of a hook.
const browser = await launch()
const test = suite('a private key in a browser')

const program = buildSync({
  stdin: {
    contents: "export { createClient } from './generated/refund/client.ts'; export * from './src/public.ts'",
    resolveDir: process.cwd(),
  },
  bundle: true,
  format: 'esm',
  write: false,
  target: 'es2022',
}).outputFiles[0]!.text

const worker = `import * as all from './program.js'
onmessage = async ({ data }) => postMessage(await (${tried.toString()})(data, all))`
const files: Record<string, [type: string, text: string]> = {
  '/': ['text/html', '<!doctype html><title>page</title>'],
  '/program.js': ['text/javascript', program],
  '/worker.js': ['text/javascript', worker],
}
const server = createServer(({ url = '' }, response) => {
  const [type, text] = files[url] ?? ['text/plain', '']
  response.writeHead(text ? 200 : 404, { 'Content-Type': type }).end(text)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo
const page = await browser.newPage()
await page.goto(`http://127.0.0.1:${port}/`)

test.after(async () => {
  await browser.close()
  server.close()
})

interface Given {
  pem: string
  publicKey: string
  allowed?: boolean
  kind: 'pem' | 'CryptoKey' | 'signer' | 'paySigner'
}

/** What making a client comes to; runs in the browser. */
// biome-ignore lint/suspicious/noExplicitAny: what the bundle exports
async function tried({ pem, publicKey, allowed, kind }: Given, all: any): Promise<string> {
  try {
    const options = { ...(allowed !== undefined && { dangerouslyAllowBrowser: allowed }) }
    if (kind === 'paySigner') return typeof all.paySigner({ privateKey: pem, ...options }).jsapi
    const privateKey =
      kind === 'pem'
        ? pem
        : kind === 'CryptoKey'
          ? await all.importPrivateKey(pem)
          : { sign: all.importPrivateKey }
    const platform = { PUB_KEY_ID_1: publicKey }
    return typeof all.createClient({ mchid: '1', serial: '0123456789', privateKey, platform, ...options })
      .POST
  } catch (error) {
    const { name, code, message } = error as Error & { code: string }
    return `${name} ${code} ${message}`
  }
}

const { privateKey: pem, publicKey } = rsaPair()
const inPage = (given: Omit<Given, 'pem' | 'publicKey'>) =>
  page.evaluate(
    async ([source, one]) => {
      const path = '/program.js'
      const all = await import(path)
      return new Function(`return ${source}`)()(one, all) as Promise<string>
    },
    [tried.toString(), { pem, publicKey, ...given }] as const,
  )
const inWorker = (given: Omit<Given, 'pem' | 'publicKey'>) =>
  page.evaluate(
    (one) =>
      new Promise<string>((resolve, reject) => {
        const made = new Worker('/worker.js', { type: 'module' })
        made.onerror = (event) => reject(new Error(event.message))
        made.onmessage = ({ data }) => resolve(data as string)
        made.postMessage(one)
      }),
    { pem, publicKey, ...given },
  )

for (const [where, run] of Object.entries({ page: inPage, worker: inWorker })) {
  for (const kind of ['pem', 'CryptoKey', 'paySigner'] as const) {
    test(`${kind} in a ${where}: refused, unless it is allowed`, async () => {
      for (const given of [{ kind }, { kind, allowed: false }]) {
        assert.match(
          await run(given),
          /^ConfigError ERR_CONFIG privateKey is in a browser, where whoever opens the page can read it\. Call WeChat Pay from your server\./,
        )
      }
      assert.is(await run({ kind, allowed: true }), 'function')
    })
  }

  test(`a remote signer in a ${where} needs no such option`, async () => {
    assert.is(await run({ kind: 'signer' }), 'function')
  })
}

test.run()
