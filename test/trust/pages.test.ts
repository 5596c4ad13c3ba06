import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommand } from '../../codegen/commands/main.ts'
import { readDocumentation } from '../../codegen/docs/read.ts'
import { generate } from '../../codegen/run/generate.ts'
import { checkEncryption } from '../../codegen/spec/check-encryption.ts'
import { compile } from '../../codegen/spec/compile.ts'
import { withFolder } from '../codegen/support/folder.ts'
import { page } from '../codegen/support/page.ts'

/** What a page must not decide: where a request goes, whether its response is verified, and what is sent in plain text. */
const baseUri = (url: string) => `| base_uri {data-required} | string | 接入点 ${url}`
const fields = ['| pen_id {data-required} | string | 笔编号']
const sealed = '| owner {data-indent=1} | string {data-encrypted=by-rsa-pubkey} | 持有人姓名'
const plain = '| owner {data-indent=1} | string | 持有人姓名'
const json = '| json {data-required} | object | 数据'

const hosts: [url: string, refused: boolean][] = [
  ['https://api.mch.weixin.qq.com/hk/', false],
  ['https://apihk.mch.weixin.qq.com/', false],
  ['https://collect.example/', true],
  ['https://api.mch.weixin.qq.com.collect.example/', true],
  ['https://collect.example/api.mch.weixin.qq.com/', true],
  ['https://api.mch.weixin.qq.com:8443/', true],
  ['https://api.mch.weixin.qq.com@collect.example/', true],
  ['https://user@api.mch.weixin.qq.com/', true],
  ['https://mch.weixin.qq.com/', true],
  ['https://xn--pi-hlc.mch.weixin.qq.com/', true],
  ['http://api.mch.weixin.qq.com/', true],
]

for (const [url, refused] of hosts) {
  test(`base_uri ${url} is ${refused ? 'an error at its row' : 'a host of WeChat Pay'}`, async () => {
    const text = page({ request: [baseUri(url)], response: fields })
    await withFolder({ 'docs/openapi/v3/pens.md': text }, async (folder) => {
      const { findings, files } = await generate({ docs: join(folder, 'docs'), out: join(folder, 'out') })
      const errors = findings.filter(({ severity }) => severity === 'error')
      if (!refused) return assert.equal(errors, [])
      const line = text.split('\n').findIndex((one) => one.includes('base_uri')) + 1
      assert.equal(
        errors.map((error) => [error.line, error.rule]),
        [[line, url.startsWith('http:') ? 'attribute-value' : 'host-unknown']],
      )
      assert.not.ok([...files.values()].some((one) => one.includes('collect.example')))
    })
  })
}

test('a sample that turns verification off is an error at its line, unless the response is a file', async () => {
  const options = "[\n  'handler' => $stack,\n]"
  const unsigned = page({ options, response: fields })
  const file = page({ path: 'v3/pens/file', options, response: ['| 文件流 {colspan=3}'], status: 200 })
  await withFolder({ 'a.md': unsigned, 'b.md': file }, async (folder) => {
    const { documents, findings } = compile(await readDocumentation(folder))
    const { findings: read } = await readDocumentation(folder)
    const errors = [...read, ...findings].filter(({ severity }) => severity === 'error')
    assert.equal(
      errors.map(({ file, rule }) => [file, rule]),
      [['a.md', 'response-unsigned']],
    )
    assert.ok(unsigned.split('\n')[errors[0]!.line - 1]!.includes("'handler'"))
    const paths = documents.get('pens')!.paths!
    assert.equal(Object.keys(paths), ['/v3/pens/file'])
    assert.ok(paths['/v3/pens/file']!.post!['x-unsigned-response'])
  })
})

const pen = { path: 'v3/pens/{pen_id}', request: [...fields, json, sealed], response: fields }
const twins: [name: string, twin: Parameters<typeof page>[0]][] = [
  [
    'host',
    {
      ...pen,
      path: 'v3/pens/{id}',
      request: [
        '| id {data-required} | string | 编号',
        baseUri('https://apihk.mch.weixin.qq.com/'),
        json,
        sealed,
      ],
    },
  ],
  [
    'the encryption of json.owner',
    { ...pen, path: 'v3/pens/{id}', request: ['| id {data-required} | string | 编号', json, plain] },
  ],
]

for (const [what, twin] of twins) {
  test(`a twin that differs in ${what} replaces nothing: both pages are errors, and the last run's operation stays`, async () => {
    await withFolder({ 'docs/openapi/v3/pens/{pen_id}.md': page(pen) }, async (folder) => {
      const run = { docs: join(folder, 'docs'), out: join(folder, 'out') }
      await generate(run)
      const before = readFileSync(join(folder, 'out/generated/pens/operations.ts'), 'utf8')
      writeFileSync(join(folder, 'docs/openapi/v3/pens/{id}.md'), page(twin))
      const { findings, kept } = await generate(run)
      const errors = findings.filter(({ severity }) => severity === 'error')
      assert.equal(
        errors.map(({ file, rule }) => `${file} ${rule}`),
        ['openapi/v3/pens/{id}.md merge-differs', 'openapi/v3/pens/{pen_id}.md merge-differs'],
      )
      assert.match(errors[0]!.message, what)
      assert.is(kept, 1)
      assert.is(readFileSync(join(folder, 'out/generated/pens/operations.ts'), 'utf8'), before)
      assert.match(before, '{pen_id} p{"request":{"encrypted":["owner"]}}')
    })
  })
}

test('a field that lost its encryption mark is an error at its row, and what the last run made of it stays', async () => {
  const request = (owner: string) => [json, owner]
  const pages = {
    'docs/openapi/v3/pens.md': page({ request: request(sealed), response: fields }),
    'docs/openapi/v3/pens/sold.md': page({
      path: 'v3/pens/sold',
      request: request(sealed),
      response: fields,
    }),
  }
  await withFolder(pages, async (folder) => {
    const run = { docs: join(folder, 'docs'), out: join(folder, 'out') }
    await generate(run)
    const before = readFileSync(join(folder, 'out/generated/pens/operations.ts'), 'utf8')
    const text = page({ path: 'v3/pens/sold', request: request(plain), response: fields })
    writeFileSync(join(folder, 'docs/openapi/v3/pens/sold.md'), text)
    const { findings } = await generate(run)
    const [error, ...more] = findings.filter(({ severity }) => severity === 'error')
    assert.equal(more, [])
    assert.is(error!.rule, 'encryption-missing')
    assert.is(error!.file, 'openapi/v3/pens/sold.md')
    assert.is(text.split('\n')[error!.line - 1], plain)
    assert.is(readFileSync(join(folder, 'out/generated/pens/operations.ts'), 'utf8'), before)
    assert.is(before.match(/"encrypted":\["owner"\]/g)!.length, 2)
  })
})

test('an overlay that encrypts the field settles it', async () => {
  const pages = {
    'a.md': page({ request: [json, sealed], response: fields }),
    'b.md': page({ path: 'v3/pens/sold', request: [json, plain], response: fields }),
  }
  await withFolder(pages, async (folder) => {
    const documentation = await readDocumentation(folder)
    const { documents } = compile(documentation)
    const corrected = structuredClone(documents)
    const { requestBody } = corrected.get('pens')!.paths!['/v3/pens/sold']!.post!
    const { schema } = requestBody!.content['application/json']!
    Object.assign((schema as { properties: Record<string, object> }).properties['owner']!, {
      'x-encrypted': 'wechatpay',
    })
    assert.equal(checkEncryption(documentation, corrected), [])
    assert.is(checkEncryption(documentation, documents).length, 1)
  })
})

test('generate exits with 1 for such a page, and check reports it', async () => {
  const text = page({ request: [baseUri('https://collect.example/')], response: fields })
  await withFolder({ 'docs/openapi/v3/pens.md': text }, async (folder) => {
    for (const command of ['generate', 'check']) {
      const parts: string[] = []
      const stream = { write: (part: string) => parts.push(part) }
      const out = join(folder, 'out')
      mkdirSync(dirname(out), { recursive: true })
      const code = await runCommand([command, '--docs', join(folder, 'docs'), '--out', out], {
        stdout: stream,
        stderr: stream,
      })
      assert.is(code, 1, parts.join(''))
      assert.match(parts.join(''), 'host-unknown')
    }
  })
})

test.run()
