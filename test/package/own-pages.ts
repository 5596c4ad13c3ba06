import { execFileSync } from 'node:child_process'
import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { page } from '../codegen/support/page.ts'

/**
 * What a team does with pages of its own: it generates a client from the example pages and one that nobody else has, and
 * builds an app of it. The app encrypts what that page says, and has no operation of another page in it.
 *
 * @param folder with the packages installed
 * @param compile type-checks files of the folder
 */
export async function generateFromOwnPages(
  folder: string,
  examples: string,
  compile: (files: string[]) => void,
): Promise<void> {
  const own = join(folder, 'own')
  cpSync(examples, join(own, 'docs'), { recursive: true })
  mkdirSync(join(own, 'docs/openapi/v3/new-product'), { recursive: true })
  writeFileSync(
    join(own, 'docs/openapi/v3/new-product/orders.md'),
    page({
      title: '登记新产品订单',
      path: 'v3/new-product/orders',
      method: 'post',
      request: [
        '| json {data-required} | object {data-tooltip="对应PHP的array"} | 声明请求的`JSON`数据结构',
        '| out_request_no {data-required data-indent=1} | string | 商户请求单号',
        '| name {data-required data-indent=1} | string {data-encrypted=by-rsa-pubkey} | 姓名',
      ],
    }),
  )
  const cli = join(folder, 'node_modules/.bin/wechatpay-fetch-codegen')
  execFileSync(cli, ['generate', '--docs', 'docs', '--out', '.'], { cwd: own, stdio: 'inherit' })
  writeFileSync(join(own, 'app.ts'), app)
  writeFileSync(join(own, 'package.json'), '{ "type": "module" }')
  compile(['own/app.ts'])

  const { outputFiles, metafile } = await build({
    entryPoints: [join(own, 'app.ts')],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    outdir: join(own, 'out'),
    splitting: true,
    metafile: true,
  }).then(async ({ metafile }) => ({ metafile, outputFiles: Object.keys(metafile.outputs) }))
  const generated = Object.keys(metafile.inputs).filter((name) => name.includes('generated/'))
  const tables = generated.filter((name) => name.endsWith('operations.ts') || name.includes('node_modules'))
  const expected = ['new-product/operations.ts', 'smartguide/operations.ts', 'generated/operations.ts']
  if (tables.length !== 3 || !expected.every((one) => tables.some((name) => name.endsWith(one))))
    throw new Error(`the app bundles ${tables.join(', ')}`)
  writeFileSync(join(own, 'out/package.json'), '{ "type": "module" }')

  const pair = () =>
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
  const [merchant, wechatpay] = [pair(), pair()]
  const input = JSON.stringify({ privateKey: merchant.privateKey, publicKey: wechatpay.publicKey })
  for (const program of [join(own, 'out/app.js')]) {
    const sent = JSON.parse(execFileSync(process.execPath, [program, input], { encoding: 'utf8' }))
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const name = privateDecrypt(
      { key: wechatpay.privateKey, padding, oaepHash: 'sha1' },
      Buffer.from(sent.name, 'base64'),
    )
    if (name.toString() !== '张三' || sent.out_request_no !== '1') throw new Error(JSON.stringify(sent))
  }
  console.log(
    `a client of own pages encrypts, and bundles ${tables.length} tables of its own in ${outputFiles.length} files`,
  )
}

const app = `import { createClient } from './generated/client.js'

const { privateKey, publicKey } = JSON.parse(process.argv[2]!) as Record<string, string>
const client = createClient({
  mchid: '1900000109',
  serial: '7777777777777777777777777777777777777777',
  privateKey: privateKey!,
  platform: { PUB_KEY_ID_0114232134912410000000000000: publicKey! },
  retry: false,
  async fetch(request) {
    console.log(await request.text())
    return Response.json({ code: 'NOT_SENT', message: '' }, { status: 400 })
  },
})
const body = { out_request_no: '1', name: '张三' }
await client.POST('/v3/new-product/orders', { body })
// @ts-expect-error a misspelt field
void (() => client.POST('/v3/new-product/orders', { body: { ...body, nmae: '' } }))
// @ts-expect-error an operation of no page
void (() => client.POST('/v3/pay/transactions/native', { body }))
`
