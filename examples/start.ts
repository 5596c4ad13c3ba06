import { execFile } from 'node:child_process'
import { generateKeyPair } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pc from 'picocolors'
import { format } from '../codegen/docs/diagnostics.ts'
import { check } from '../codegen/run/check.ts'
import { generate } from '../codegen/run/generate.ts'
import { summarize } from '../codegen/run/summary.ts'
import { startSandbox } from '../sandbox/index.ts'
import { requestMessage } from '../src/signature/message.ts'

/** From the example pages to a signed and verified call, printed step by step. */
const here = fileURLToPath(new URL('.', import.meta.url))
const docs = join(here, 'docs')
const mchid = '1900000109'
const serial = '7777777777777777777777777777777777777777'
const platformSerial = 'PUB_KEY_ID_0114232134912410000000000000'
const call = 'POST /v3/smartguide/guides/{guide_id}/assign'

let since = performance.now()

console.log(`${pc.bold('wechatpay-fetch')}  from a page to a signed and verified call\n`)

const made = await generate({ docs, out: here, runtime: '../../src/runtime.ts' })
const { pages, operations } = summarize(made)
report('pages', 'examples/docs', `${pages.operations} pages, ${operations.compiled} operations`)
for (const finding of made.findings.filter(({ severity }) => severity === 'error')) fail(format(finding))

const { spec, examples } = await check({ docs })
for (const { file, rule, message } of spec) fail(`${file} ${rule} ${message}`)
report(
  'spec',
  'examples/spec',
  `${made.documents.size} OpenAPI document; Redocly passes, ajv takes ${examples} samples`,
)

const types = [...made.files.keys()].filter((path) => path.endsWith('.ts')).length
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
await promisify(execFile)(process.execPath, [tsc, '-p', here]).catch(({ stdout }) => fail(stdout))
report('types', 'examples/generated', `${types} files; examples/app.ts type-checks`)

const [merchant, platform] = await Promise.all([keyPair(), keyPair()])
const sandbox = await startSandbox({
  documents: [...made.documents.values()],
  merchants: [{ mchid, serial, publicKey: merchant.publicKey }],
  platform: { serial: platformSerial, privateKey: platform.privateKey },
})
report('WeChat', sandbox.url, 'a local WeChat Pay that verifies what it gets')

const { assign } = await import('./app.ts')
const { error, response } = await assign({
  mchid,
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: sandbox.url,
})
if (error) fail(`${error.status} ${error.code} ${error.message}`)
report('call', call, `${response.status}, verified with ${response.headers.get('Wechatpay-Serial')}`)
console.log(
  `  ${pc.dim('signed')}  ${signedText()
    .trimEnd()
    .split('\n')
    .map((line) => `${line}${pc.dim('⏎')}`)
    .join(' ')}`,
)
await sandbox.close()

console.log(`
Next: change a page in examples/docs and run it again, or compile the real pages:
  npm run generate -- --docs DOCS --out out
  npm run check -- --docs DOCS`)

function report(step: string, where: string, what: string): void {
  const now = performance.now()
  console.log(
    `${pc.green('✔')} ${step.padEnd(7)} ${where.padEnd(44)} ${what} ${pc.dim(`${Math.round(now - since)} ms`)}`,
  )
  since = now
}

function fail(message: string): never {
  console.error(`${pc.red('✘')} ${message}`)
  process.exit(3)
}

// The five lines that were signed, as the other side read them from the wire.
function signedText(): string {
  const { method, target, headers, body } = sandbox.requests.at(-1)!
  const said = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(headers.authorization ?? '')?.[1] ?? ''
  return new TextDecoder().decode(
    requestMessage({ method, url: target, timestamp: said('timestamp'), nonce: said('nonce_str'), body }),
  )
}

async function keyPair() {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}
