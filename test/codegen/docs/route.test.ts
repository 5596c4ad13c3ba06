import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { page } from '../support/page.ts'
import { operationOf, placeOf, read } from '../support/read.ts'

test('a base_uri has the host and the prefix of the path', () => {
  const cases: [string, boolean, unknown, string][] = [
    [
      'https://apihk.mch.weixin.qq.com/',
      false,
      { origin: 'https://apihk.mch.weixin.qq.com', prefix: '', required: false },
      '/v3/pens',
    ],
    [
      'https://api.mch.weixin.qq.com/hk/',
      true,
      { origin: 'https://api.mch.weixin.qq.com', prefix: '/hk', required: true },
      '/hk/v3/pens',
    ],
  ]
  for (const [uri, required, endpoint, path] of cases) {
    const row = `| base_uri${required ? ' {data-required}' : ''} | string | 接入点\`${uri}\`(某地)`
    const operation = operationOf(page({ request: [row] }))
    assert.equal(operation.endpoint, endpoint)
    assert.is(operation.path, path)
    assert.is(operation.domain, 'pens')
  }
})

test('a base_uri without a host, or with an invalid path, is an error at its text', () => {
  for (const uri of [
    '随便',
    'http://example.com/',
    'https://',
    "https://api.mch.weixin.qq.com/a'b/",
    'https://api.mch.weixin.qq.com/9/',
    'https://api.mch.weixin.qq.com/%7Bx%7D/',
  ]) {
    const text = page({ request: [`| base_uri | string | 接入点\`${uri}\``] })
    assert.match(read(text).findings.join(), `${placeOf(text, '接入点')} error attribute-value`)
    assert.equal(read(text).operations, [])
  }
})

test('a path that the samples end with {empty} ends with a slash', () => {
  const { operations, findings } = read(page({ path: 'v3/pens/{empty}' }), 'openapi/v3/pens/index.md')
  assert.is(operations[0]!.path, '/v3/pens/')
  assert.match(findings.join(), 'info path-slash')
})

test('variables are in the order of the path, whether they have a row, are in the query, or neither', () => {
  const text = page({
    path: 'v3/boxes/{box_id}/pens/{pen_id}/inks/{ink_id}',
    request: [
      '| pen_id {data-required} | integer | 笔',
      '| query {data-required} | object | 查',
      '| box_id {data-indent=1} | string | 盒',
      '| limit {data-indent=1} | integer | 条',
      '| stray_id | string | 走失',
    ],
    options: "['pen_id' => 1, 'box_id' => '1', 'ink_id' => '1', 'query' => ['limit' => 1]]",
  })
  const { operations, findings } = read(text)
  const { variables, query } = operations[0]!
  assert.equal(
    variables.map(({ name, type, required }) => `${name} ${type} ${required}`),
    ['box_id string true', 'pen_id integer true', 'ink_id string true'],
  )
  assert.equal(
    query.map(({ name }) => name),
    ['limit'],
  )
  assert.equal(findings, [
    `6:1 warning root-unused line ${placeOf(text, 'stray_id').split(':')[0]} describes stray_id, but /v3/boxes/{box_id}/pens/{pen_id}/inks/{ink_id} has no such variable`,
    `6:1 warning variable-missing {box_id} is in the query, in line ${placeOf(text, 'box_id {data').split(':')[0]}; read as a path variable`,
    '6:1 warning variable-missing {ink_id} has no row; read as a required string',
  ])
})

test('an object at the root that is not an option of a call is an error', () => {
  const text = page({ request: ['| jsn {data-required} | object | 数据'] })
  assert.match(read(text).findings.join(), `${placeOf(text, 'jsn')} error root-unknown`)
})

test('paths that could not become a name, a folder or an address are errors', () => {
  const long = `v3/${'a'.repeat(600)}`
  const paths = [
    'v2/pens',
    'pens',
    'v3',
    'v3/',
    'v3//pens',
    'v3/../pens',
    'v3/pens/..',
    'v3/pens/.',
    'v3/{pen_id}',
    'v3/9pens',
    'v3/.pens',
    'v3/client.ts',
    'v3/Pens',
    'v3/webhooks',
    'v3/webhooks/a',
    'v3/pens/{__proto__}',
    'v3/pens/{a}/{a}',
    'v3/pens/{a b}',
    'v3/pens/a b',
    'v3/pens?x=1',
    'v3/pens#x',
    'v3/pens/`${x}`',
    'v3/pens/*/',
    'v3/pens/\u202ea',
    'x/v3/pens',
    long,
  ]
  for (const path of paths) {
    const samples = `\`\`\`php [异步声明式]\n$instance->chain('${path}')->postAsync([])\n\`\`\``
    const { operations, findings } = read(page({ samples }))
    assert.match(findings.join(), '6:1 error path-unknown', path)
    assert.equal(operations, [], path)
  }
})

test('encrypted fields without the serial header are reported', () => {
  const request = [
    '| json {data-required} | object | 数据',
    '| name {data-indent=1} | string {data-encrypted=by-rsa-pubkey} | 姓名',
  ]
  assert.match(read(page({ request })).findings.join(), '6:1 info header-serial-missing')
  const headers = ['| headers | object | 头', '| Wechatpay-Serial {data-indent=1} | string | 序列号']
  assert.equal(read(page({ request: [...request, ...headers] })).findings, [])
})

test.run()
