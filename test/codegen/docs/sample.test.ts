import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { page, samples } from '../support/page.ts'
import { operationOf, placeOf, read } from '../support/read.ts'

const json = '| json {data-required} | object | 数据'
const pen = '| pen_id {data-required} | string | 编号'

test('each of the six styles alone gives the path', () => {
  const path = 'v3/pens/{pen_id}/refill-orders/video_upload'
  const all = samples({ path, options: "['pen_id' => '1']" })
  const fences = all.match(/```php[\s\S]*?\n```/g)!
  assert.is(fences.length, 6)
  for (const fence of [...fences, all])
    assert.is(operationOf(page({ path, request: [pen], samples: fence })).path, `/${path}`)
})

test('names of a chain become segments: variables, capitals, underscores inside', () => {
  const chain =
    "```php [异步纯链式]\n$instance->v3->payDevices->_device_id_->video_upload->uploadV2->postAsync(['device_id' => '1'])\n```"
  const { path, sample } = operationOf(
    page({ request: ['| device_id {data-required} | string | 设备'], samples: chain }),
  )
  assert.is(path, '/v3/pay-devices/{device_id}/video_upload/upload-v2')
  assert.equal(sample!.chain, ['v3', 'payDevices', '_device_id_', 'video_upload', 'uploadV2'])
})

test('a page of any name gets its path from the samples', () => {
  const path = 'v3/pens/{pen_id}/lend'
  const text = page({ path, request: [pen], options: "['pen_id' => '']" })
  for (const file of ['seed.md', 'notes/借出.md', '..md']) assert.is(operationOf(text, file).path, `/${path}`)
  assert.is(operationOf(text, 'openapi/v3/pens/{pen_id}/lend.md').domain, 'pens')
})

test('values that agree with the table are the example', () => {
  const options = `[
    // 'ink' => 'a comment with ] and ) and '
    'json' => [ # another ) one
      'ink' => "a ) string ] with } brackets", /* and ( one more ' */
      'volume' => -3,
      'price' => 1.5,
      'new' => true,
      'tags' => ['a', 'b'],
      'note' => \\json_encode(['to' => ['x' => '\\'']]),
      'file' => $media->getStream(),
    ],
  ]`
  const { example } = operationOf(
    page({
      request: [
        json,
        '| ink {data-indent=1} | string | 墨',
        '| volume {data-indent=1} | integer | 量',
        '| price {data-indent=1} | number | 价',
        '| new {data-indent=1} | boolean | 新',
        '| tags {data-indent=1} | string[] | 签',
        '| note {data-indent=1} | string {data-encoded=by-json_encode} | 注',
        '| {colspan=3 .im-table-line}',
        '| to {data-indent=2} | object | 收',
        '| x {data-indent=3} | string | 叉',
        '| file {data-indent=1} | string | 件',
      ],
      options,
    }),
  )
  assert.equal(
    { ...(example.json as object) },
    {
      ink: 'a ) string ] with } brackets',
      volume: -3,
      price: 1.5,
      new: true,
      tags: ['a', 'b'],
      note: '{"to":{"x":"\'"}}',
    },
  )
})

test('a string that encodes a list is that list, not an object that holds one', () => {
  const request = [
    json,
    '| period {data-indent=1} | string {data-encoded=by-json_encode} | 期',
    '| {colspan=3 .im-table-line}',
    '| period {data-indent=2} | string[] | 起止',
  ]
  const list = operationOf(page({ request, options: "['json' => ['period' => json_encode(['1', '2'])]]" }))
  assert.is(list.json!.children[0]!.embeddedList, true)
  assert.equal({ ...(list.example.json as object) }, { period: '["1","2"]' })
  const object = operationOf(
    page({ request, options: "['json' => ['period' => json_encode(['period' => ['1']])]]" }),
  )
  assert.is(object.json!.children[0]!.embeddedList, false)
})

test('values that are not literals, or nested too deeply, are not in the example', () => {
  const request = [
    json,
    '| tags {data-indent=1} | string[] | 签',
    '| any {data-indent=1} | object | 任意',
    '| ink {data-indent=1} | string | 墨',
  ]
  const deep = `${"['a' => ".repeat(200)}1${']'.repeat(200)}`
  const options = `['json' => ['tags' => [...['a', 'b']], 'any' => ${deep}, 'ink' => 'a' . $b]]`
  const { example } = operationOf(page({ request, options }))
  assert.equal(Object.keys(example.json as object), ['any'])
  assert.is(JSON.stringify(example.json).match(/\{/g)!.length < 40, true)
})

test('numbers that JSON cannot hold are not in the example', () => {
  const request = [json, ...'abcd'.split('').map((name) => `| ${name} {data-indent=1} | number | 数`)]
  const { example } = operationOf(
    page({
      request,
      options: "['json' => ['a' => 1e999, 'b' => 12345678901234567890, 'c' => 0x1F, 'd' => 7]]",
    }),
  )
  assert.equal({ ...(example.json as object) }, { d: 7 })
})

test('names of the language are names like any other, and __proto__ is never a prototype', () => {
  const names = ['constructor', 'toString', 'hasOwnProperty']
  const options = `['json' => [${names.map((name) => `'${name}' => '1'`).join(', ')}, '__proto__' => ['polluted' => '1']]]`
  const { operations, findings } = read(
    page({
      request: [json, ...names.map((name) => `| ${name} {data-required data-indent=1} | string | 名`)],
      options,
    }),
  )
  const example = operations[0]!.example.json as Record<string, unknown>
  assert.equal(Object.keys(example), names)
  assert.is(({} as Record<string, unknown>)['polluted'], undefined)
  assert.is(findings.filter((finding) => finding.includes('sample-unknown /json/__proto__')).length, 1)
})

test('an object of any members takes all but __proto__', () => {
  const request = [json, '| any {data-indent=1} | object | 任意']
  const sample = (member: string) =>
    read(
      page({ request, options: `['json' => ['any' => ['deep' => [['${member}' => ['polluted' => 1]]]]]]` }),
    )
  assert.is(
    JSON.stringify(sample('constructor').operations[0]!.example.json),
    '{"any":{"deep":[{"constructor":{"polluted":1}}]}}',
  )
  assert.match(sample('__proto__').findings.join(), 'warning sample-unknown /json/any')
  assert.is(JSON.stringify(sample('__proto__').operations[0]!.example.json), '{}')
})

test('contradictions between the sample and the table are reported at their lines', () => {
  const options =
    "[\n  'json' => [\n    'ink' => 5,\n    'hue' => 'X',\n    'size' => '',\n    'typo' => '1',\n  ],\n]"
  const text = page({
    request: [
      json,
      '| ink {data-indent=1} | string | 墨',
      '| hue {data-indent=1} | string | 色<br/>`RED` \\| `BLUE` 枚举值之一',
      '| size {data-indent=1} | string | 号<br/>`S` \\| `L` 枚举值之一',
      '| cap {data-required data-indent=1} | string | 帽',
    ],
    options,
  })
  const { findings, operations } = read(text)
  // The first sample with a whole path is the one that is checked.
  const declared = '[异步声明式]'
  const expected = [
    `${placeOf(text, 'ink {')} warning sample-type /json/ink in line ${placeOf(text, "'ink'", declared).split(':')[0]}`,
    `${placeOf(text, 'hue {')} warning sample-enum /json/hue`,
    `${placeOf(text, 'size {')} info sample-blank /json/size`,
    `${placeOf(text, "'typo'", declared).split(':')[0]}:1 warning sample-unknown /json/typo`,
    `${placeOf(text, "'json'", declared).split(':')[0]}:1 warning sample-required /json lacks cap`,
  ]
  for (const one of expected)
    assert.ok(
      findings.some((finding) => finding.startsWith(one)),
      `${one}\n${findings.join('\n')}`,
    )
  assert.is(findings.length, expected.length)
  assert.is(operations.length, 1)
})

test('an array that starts on a line of its own keeps its lines', () => {
  const text = page({ request: [], options: "\n\n  ['pen' => [\n    'x' => 1,\n  ]]", path: 'v3/pens' })
  const query = page({
    request: ['| query | object | 查', '| y {data-indent=1} | string | 乙'],
    options: "\n\n  ['query' => [\n    'x' => 1,\n  ]]",
  })
  assert.is(read(text).operations.length, 1)
  const line = placeOf(query, "'x'", '[异步声明式]').split(':')[0]
  assert.match(read(query).findings.join(), `${line}:1 warning sample-unknown`)
})

test('text in place of encoded JSON must be JSON', () => {
  const request = [
    '| query | object | 查',
    '| partner {data-indent=1} | string | 伴',
    '| {colspan=3 .im-table-line}',
    '| id {data-indent=2} | string | 号',
  ]
  const sample = (value: string) =>
    read(page({ method: 'get', request, options: `['query' => ['partner' => '${value}']]` }))
  assert.equal(sample('{"id":"1"}').findings, [])
  assert.equal(sample('').findings, [])
  assert.match(sample('{{{').findings.join(), 'warning sample-type /query/partner in line')
  assert.equal(Object.keys(sample('{{{').operations[0]!.example.query ?? {}), [])
})

const faults: [name: string, text: string, file: string, finding: string][] = [
  [
    'a sample with another method than the heading',
    page({}).replace("$instance['v3/pens']->postAsync", "$instance['v3/pens']->getAsync"),
    'page.md',
    `${placeOf(page({}), "$instance['v3/pens']->postAsync")} error method-mismatch the heading has post, the sample get`,
  ],
  [
    'a sample with another path than the others',
    page({}).replace("chain('v3/pens')->post(", "chain('v3/pencils')->post("),
    'page.md',
    `${placeOf(page({}), "$instance->chain('v3/pens')->post(")} error path-mismatch`,
  ],
  [
    'a chain that differs from the path',
    page({}).replace('$instance->v3->pens->post(', '$instance->v3->pencils->post('),
    'page.md',
    `${placeOf(page({}), '$instance->v3->pens->post(')} error path-mismatch`,
  ],
  [
    'a file name with another path than the samples',
    page({}),
    'openapi/v3/pencils.md',
    `${placeOf(page({}), "$instance->chain('v3/pens')->postAsync")} error path-mismatch the file name has v3/pencils, the sample v3/pens`,
  ],
  [
    'invalid PHP',
    page({ options: "[\n  'json' => =>,\n]" }),
    'page.md',
    `${placeOf(page({ options: "[\n  'json' => =>,\n]" }), "'json'", '[异步声明式]').split(':')[0]}:1 error sample-syntax`,
  ],
  ['brackets without end', page({ options: '['.repeat(4000) }), 'page.md', 'error sample-syntax'],
  ['no sample at all', page({ samples: '一段话。' }), 'page.md', '6:1 error sample-missing'],
]

for (const [name, text, file, finding] of faults) {
  test(`${name} is an error at its place`, () => {
    const { findings, operations } = read(text, file)
    assert.match(findings.join('\n'), finding)
    assert.equal(operations, [])
  })
}

test('all errors of a page are reported at once', () => {
  const text = page({ request: ['| a* | string | 甲'], response: ['| b | text | 乙'] })
  const { findings } = read(text, 'openapi/v3/pencils.md')
  for (const rule of ['path-mismatch', 'name-invalid', 'type-unknown'])
    assert.match(findings.join(), ` error ${rule} `)
})

test('samples that differ, or make no call, are warnings', () => {
  const differs = read(
    page({}).replace("chain('v3/pens')->post([])", "chain('v3/pens')->post(['json' => []])"),
  )
  assert.match(differs.findings.join(), 'warning sample-differs')
  const plain = read(page({ samples: '```php [同步模式]\n$client->get(1);\n```' }), 'openapi/v3/pens.md')
  assert.match(plain.findings.join(), '6:1 warning sample-call')
  assert.equal(
    [differs, plain].map(({ operations }) => operations.length),
    [1, 1],
  )
})

test('a handler among the options disables verification', () => {
  const file = { response: ['| 文件流 {colspan=3}'], status: 200 }
  assert.is(operationOf(page({ ...file, options: "['handler' => $stack]" })).sample!.unverified, true)
  assert.is(operationOf(page({})).sample!.unverified, false)
})

test.run()
