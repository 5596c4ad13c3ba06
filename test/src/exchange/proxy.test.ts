import { execFile } from 'node:child_process'
import { randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import * as undici from 'undici'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { issueCertificate } from '../../../sandbox/index.ts'
import { ConfigError } from '../../../src/errors.ts'
import { createClient } from '../../../src/index.ts'
import { appFolder } from '../../docs/support/app-folder.ts'
import { readCode, root } from '../../docs/support/documents.ts'
import { startConnectProxy } from '../../support/connect-proxy.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { compilerOptions, diagnosticsOf, host } from '../../support/type-check.ts'

/** The guide's recipes for proxies, as they are printed there, through a real CONNECT proxy to a gateway with TLS. */
const execute = promisify(execFile)
const [gateway, merchant, platform] = [rsaPair(), rsaPair(), rsaPair()]
const platformSerial = 'PUB_KEY_ID_0119000072912026010100000000000001'
const certificate = issueCertificate({
  serial: '01',
  privateKey: gateway.privateKey,
  commonName: 'localhost',
})
const seen: string[] = []
const server = createServer({ key: gateway.privateKey, cert: certificate }, (request, response) => {
  seen.push(`${request.method} ${request.url} ${request.headers.authorization?.split(' ')[0]}`)
  request.resume()
  const body = '{"code_url":"weixin://"}'
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), randomBytes(16).toString('hex')]
  const message = Buffer.from(`${timestamp}\n${nonce}\n${body}\n`)
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Wechatpay-Serial': platformSerial,
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': sign('sha256', message, platform.privateKey).toString('base64'),
    Connection: 'close',
  })
  response.end(body)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const proxy = await startConnectProxy()
const folder = appFolder()
symlinkSync(join(root, 'node_modules/undici'), join(folder, 'node_modules/undici'))
writeFileSync(join(folder, 'ca.pem'), certificate)

const options = {
  mchid: '1900007291',
  serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: `https://localhost:${port}`,
  retry: false as const,
}

test.after(() => {
  server.close()
  proxy.close()
  rmSync(folder, { recursive: true })
})

const recipes = readCode(['docs/guide.md']).blocks.filter(({ language }) => language === 'mts')

const call = `
const result = await client.POST('/v3/pay/transactions/native', {
  body: {
    appid: 'wxd678efh567hg6787',
    mchid: options.mchid,
    description: 'Image',
    out_trade_no: '1217752501201407033233368018',
    notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
    amount: { total: 100 },
  },
})
console.log(JSON.stringify(result.data))
process.exit(0)
`

test('the guide has two recipes', () => assert.is(recipes.length, 2))

for (const [index, { code, line }] of recipes.entries()) {
  const program = join(folder, `proxy-${index}.ts`)
  const declared = `declare const process: { exit(code: number): never }\nconst options = ${JSON.stringify(options)} as const\n`
  writeFileSync(
    program,
    declared + code.replace('http://127.0.0.1:7890', `http://127.0.0.1:${proxy.port}`) + call,
  )

  for (const [types, libraries] of [
    ["Node's types", { lib: ['lib.es2023.d.ts'], types: ['node'] }],
    ["the DOM's and Node's types", { lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'], types: ['node'] }],
  ] as const) {
    test(`docs/guide.md:${line} compiles with ${types}`, () => {
      const settings = {
        ...compilerOptions,
        lib: [...libraries.lib],
        types: [...libraries.types],
        skipLibCheck: true,
      }
      const diagnostics = diagnosticsOf([program], settings).filter(({ code }) => code !== 2451)
      assert.is(diagnostics.length, 0, ts.formatDiagnostics(diagnostics, host))
    })
  }

  test(`docs/guide.md:${line} sends a call through a tunnel of the proxy`, async () => {
    const [before, tunnels] = [seen.length, proxy.asked.length]
    const { stdout } = await execute(process.execPath, ['--import', import.meta.resolve('tsx'), program], {
      cwd: folder,
      timeout: 60_000,
      env: {
        PATH: process.env['PATH'],
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        HTTPS_PROXY: index === 1 ? `http://127.0.0.1:${proxy.port}` : '',
      },
    })
    assert.is(stdout.trim(), '{"code_url":"weixin://"}')
    assert.equal(seen.slice(before), ['POST /v3/pay/transactions/native WECHATPAY2-SHA256-RSA2048'])
    assert.equal(proxy.asked.slice(tunnels), [[`localhost:${port}`, undefined]])
  })
}

test("undici's own fetch is named, and nothing is sent or retried", async () => {
  const before = seen.length
  let calls = 0
  for (const fetch of [
    undici.fetch,
    (request: Request) => {
      calls++
      return undici.fetch(request as never, {
        dispatcher: new undici.ProxyAgent(`http://127.0.0.1:${proxy.port}`),
      })
    },
  ]) {
    const client = createClient({ ...options, fetch: fetch as never, retry: { attempts: 3, minDelay: 1 } })
    const thrown = await thrownBy(() => client.GET('/v3/certificates'))
    assert.instance(thrown, ConfigError)
    assert.match((thrown as ConfigError).message, "fetch does not know this platform's Request")
    assert.match((thrown as ConfigError).message, 'fetch(request, { dispatcher }) with the global fetch')
  }
  assert.is(calls, 1)
  assert.is(seen.length, before)
})

test.run()
