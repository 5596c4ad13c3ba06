import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommand } from '../../../codegen/commands/main.ts'
import { check } from '../../../codegen/run/check.ts'
import { type GenerateResult, generate } from '../../../codegen/run/generate.ts'
import { withFolder } from '../support/folder.ts'
import { type PrintedOperation, page } from '../support/page.ts'

// Pages of partners, from which operations of brands are derived, through the whole of `generate` and `check`.

const json = '| json {data-required} | object | 数据'
const brandId = '| brand_id {data-required data-indent=1} | string | 品牌ID'
const phone = '| phone_number {data-indent=1} | string {data-encrypted=by-rsa-pubkey} | 手机号'
const plainPhone = '| phone_number {data-indent=1} | string | 手机号'
const cards = 'v3/brand/partner/card-member/user-cards'
const code = '| user_card_code {data-required} | string | 会员卡code'
const storeId = '| store_id {data-required} | string | 门店ID'
const answer = ['| brand_id {data-required} | string | 品牌ID']

function pageOf(path: string, operation: PrintedOperation): [file: string, text: string] {
  return [`docs/openapi/${path}.md`, page({ path, ...operation })]
}

const byOpenid = pageOf(`${cards}/import-by-openid`, { request: [json, brandId, phone], response: answer })
const confirm = (field: string) =>
  pageOf(`${cards}/{user_card_code}/confirm`, { request: [code, json, brandId, field], response: answer })
const stores = () =>
  ['close', 'resume', 'bindrecipient', 'unbindrecipient'].map((name) =>
    pageOf(`v3/brand/partner/store/brandstores/{store_id}/${name}`, {
      request: [storeId, json, brandId],
    }),
  )

const run = (folder: string): Promise<GenerateResult> =>
  generate({ docs: join(folder, 'docs'), out: join(folder, 'out') })
const brandPaths = (folder: string) =>
  [...readFileSync(join(folder, 'out/spec/brand-mode.yaml'), 'utf8').matchAll(/^ {2}(\/brand\/\S+):$/gm)].map(
    ([, path]) => path,
  )

test('what is derived has a client of its own, and no merchant’s client has a path of it', async () => {
  await withFolder(Object.fromEntries([byOpenid]), async (folder) => {
    const { changed } = await run(folder)
    assert.ok(changed.includes('spec/brand-mode.yaml'))
    assert.ok(brandPaths(folder).includes('/brand/card-member/user-cards/import-by-openid'))
    assert.equal(
      readdirSync(join(folder, 'out/generated')).filter((name) => !name.endsWith('.ts')),
      ['brand', 'brand-mode'],
    )
    for (const file of changed.filter((one) => /^generated\/(?!brand-mode)/.test(one)))
      assert.not.match(readFileSync(join(folder, 'out', file), 'utf8'), /['"]\/?brand\/card-member/, file)
    assert.equal((await run(folder)).changed, [])
  })
})

test('pages without an operation that brands have give no document of brands', async () => {
  await withFolder(Object.fromEntries([pageOf('v3/brand/cards', { response: answer })]), async (folder) => {
    await run(folder)
    assert.equal(readdirSync(join(folder, 'out/spec')), ['brand.yaml'])
    const { spec } = await check({ docs: join(folder, 'docs') })
    assert.equal(
      spec.filter(({ file }) => /brand-mode/.test(file)),
      [],
    )
  })
})

test('an operation whose partner’s lost the mark of a sensitive field is left out, too', async () => {
  await withFolder(Object.fromEntries([byOpenid, confirm(plainPhone)]), async (folder) => {
    const { findings } = await run(folder)
    assert.equal(
      findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
      ['encryption-missing'],
    )
    const paths = brandPaths(folder)
    assert.ok(paths.includes('/brand/card-member/user-cards/import-by-openid'))
    assert.not(paths.some((path) => path?.endsWith('/confirm')))
  })
})

test('while the partner’s page has an error, the last run’s operation is kept', async () => {
  const [file, text] = confirm(phone)
  await withFolder(Object.fromEntries([byOpenid, [file, text]]), async (folder) => {
    await run(folder)
    const before = readFileSync(join(folder, 'out/spec/brand-mode.yaml'), 'utf8')
    writeFileSync(join(folder, file), text.replace('| json', '| jsön'))
    const { kept } = await run(folder)
    assert.is(kept, 2)
    assert.is(readFileSync(join(folder, 'out/spec/brand-mode.yaml'), 'utf8'), before)
  })
})

test('an operation that cannot be derived any more is an error of check, and generate names it', async () => {
  const brandstores = 'v3/brand/partner/store/brandstores'
  const pages = [
    ...stores(),
    pageOf(brandstores, { request: [json, brandId] }),
    pageOf(`${brandstores}/{store_id}`, { method: 'patch', request: [storeId, json, brandId] }),
  ]
  await withFolder(Object.fromEntries(pages), async (folder) => {
    const { spec } = await check({ docs: join(folder, 'docs') })
    const missing = spec.filter(({ rule }) => rule === 'twin-missing')
    assert.equal(
      missing.map(({ file, severity, message }) => [
        file,
        severity,
        /and (\S+ \S+) is made/.exec(message)?.[1],
      ]),
      [
        ['spec/brand-mode.yaml', 'error', 'GET /brand/store/brandstores'],
        ['spec/brand-mode.yaml', 'error', 'DELETE /brand/store/brandstores/{}'],
        ['spec/brand-mode.yaml', 'error', 'GET /brand/store/brandstores/{}'],
      ],
    )
    let stderr = ''
    const streams = { stdout: { write: () => {} }, stderr: { write: (text: string) => (stderr += text) } }
    const args = ['generate', '--docs', join(folder, 'docs'), '--out', join(folder, 'out')]
    assert.is(await runCommand(args, streams), 0)
    assert.match(
      stderr,
      /brand-mode\.yaml:1:1 error twin-missing .*DELETE \/brand\/store\/brandstores\/\{\} is made/,
    )
    assert.is(brandPaths(folder).length, 7)
  })
})

test('no page can write the document of brands', async () => {
  const pages = Object.fromEntries([pageOf('v3/brand-mode/cards', { response: answer }), byOpenid])
  await withFolder(pages, async (folder) => {
    const { findings } = await run(folder)
    const errors = findings.filter(({ severity }) => severity === 'error')
    assert.equal(
      errors.map(({ rule, message }) => [rule, message]),
      [['operation-name', 'no document can be named brand-mode, which is in /v3/brand-mode/cards']],
    )
    assert.not(brandPaths(folder).some((path) => path?.includes('/v3/')))
    const paths = readFileSync(join(folder, 'out/generated/brand-mode/paths.ts'), 'utf8')
    assert.not.match(paths, /\/v3\//)
  })
})

test.run()
