import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nothing, page, separator } from '../support/page.ts'
import { operationOf, outline, placeOf, read } from '../support/read.ts'

const query = '| query {data-required} | object {data-tooltip="对应PHP的array"} | 查询参数'

test('rows become a tree by their indents, required and array marks included', () => {
  const { query: fields } = operationOf(
    page({
      method: 'get',
      request: [
        query,
        '| pen {data-indent=1} | object | 笔',
        '| inks {data-required data-indent=2} | object[] | 墨水',
        '| colour {data-indent=3} | string | 颜色',
        '| price {data-indent=1} | integer | 价格',
        '| tags {data-indent=1} | string[] | 标签',
      ],
    }),
  )
  assert.equal(outline(fields), [
    'pen object',
    '  inks object[]!',
    '    colour string',
    'price integer',
    'tags string[]',
  ])
})

test('spacing around pipes and braces does not matter, nor does a pipe at the end or a missing description', () => {
  const { query: fields } = operationOf(
    page({
      method: 'get',
      request: [
        query,
        '|a {data-required data-indent=1}|string{data-tooltip="x"}|甲',
        '| b {data-indent=1} | number |',
      ],
    }),
  )
  assert.equal(outline(fields), ['a string!', 'b number'])
  assert.is(fields[1]!.description.prose, '')
})

test('a field knows its place, under front matter and in a later section of a page', () => {
  const text = page(
    { method: 'get', path: 'v3/pens' },
    {
      method: 'post',
      path: 'v3/pens',
      request: ['| json {data-required} | object | 数据', '|  pen {data-indent=1} | string | 笔'],
    },
  )
  const [, second] = read(text).operations
  const [pen] = second!.json!.children
  assert.is(`${pen!.line}:${pen!.column}`, placeOf(text, 'pen {data'))
  assert.is(`${pen!.description.line}:${pen!.description.column}`, placeOf(text, '笔', 'pen {data'))
  assert.is(`${second!.line}:${second!.column}`, placeOf(text, '## 写一封信 {#post}'))
})

test('rows after a separator are the fields of the string above it, until the indent decreases', () => {
  const { query: fields } = operationOf(
    page({
      method: 'get',
      request: [
        query,
        '| partner {data-indent=1} | string {data-encoded=by-json_encode} | 合作方',
        separator,
        '| type {data-required data-indent=2} | string | 类型',
        '| owner {data-indent=2} | object | 所有者',
        '| id {data-indent=3} | string | 编号',
        '| limit {data-indent=1} | integer | 条数',
      ],
    }),
  )
  assert.equal(outline(fields), [
    'partner string',
    '> type string!',
    '> owner object',
    '>   id string',
    'limit integer',
  ])
})

test('an unmarked separator and the other spelling of the mark do as well', () => {
  for (const mark of ['', ' {data-encoded-by=json_encode}']) {
    const { query: fields } = operationOf(
      page({
        method: 'get',
        request: [
          query,
          `| meta {data-indent=1} | string${mark} | 元`,
          separator,
          '| sha {data-indent=2} | string | 摘要',
        ],
      }),
    )
    assert.equal(outline(fields), ['meta string', '> sha string'])
  }
})

test('an object that occurs several times has alternatives', () => {
  const { operations, findings } = read(
    page({
      response: [
        '| detail | object | 甲',
        '| a {data-indent=1} | string | 甲',
        separator,
        '| detail | object | 乙',
        '| b {data-indent=1} | string | 乙',
      ],
    }),
  )
  const { response } = operations[0]!
  assert.is(response.kind, 'json')
  if (response.kind !== 'json') return
  assert.equal(outline(response.fields), ['detail object', '  a string'])
  assert.equal(outline(response.fields[0]!.alternatives!), ['detail object', '  b string'])
  assert.match(findings.join(), 'info field-alternatives')
})

test('encrypted fields have their kind of encryption', () => {
  const { query: fields } = operationOf(
    page({
      method: 'get',
      request: [
        '| headers | object | 头',
        '| Wechatpay-Serial {data-indent=1} | string | 序列号',
        query,
        '| name {data-indent=1} | string {data-tooltip=公钥 data-encrypted=by-rsa-pubkey} | 姓名',
      ],
    }),
  )
  assert.is(fields[0]!.encryption, 'rsa')
})

/** Rows of a query, and the finding at a place in them. */
const faults: [name: string, rows: string[], finding: string, at: string][] = [
  ['a row without a type', ['| pen {data-indent=1} | | 笔'], 'error row-cells', 'pen {'],
  ['an unknown type', ['| pen {data-indent=1} | map<string> | 笔'], 'error type-unknown', 'map<'],
  [
    'an unknown attribute',
    ['| pen {data-indent=1 data-hue=red} | string | 笔'],
    'error attribute-unknown',
    'data-hue',
  ],
  [
    'an attribute of a description',
    ['| pen {data-indent=1} | string | 笔 {onclick=x}'],
    'error attribute-unknown',
    'onclick',
  ],
  ['a row span', ['| pen {rowspan=99 data-indent=1} | string | 笔'], 'error attribute-unknown', 'rowspan'],
  [
    'a mark in the wrong cell',
    ['| pen {data-indent=1} | string {data-required} | 笔'],
    'error attribute-unknown',
    'data-required} | 笔',
  ],
  [
    'an indent of no number',
    ['| pen {data-indent=two} | string | 笔'],
    'error attribute-value',
    'data-indent=two',
  ],
  [
    'a required mark with a value',
    ['| pen {data-required=false data-indent=1} | string | 笔'],
    'error attribute-value',
    'data-required=false',
  ],
  [
    'an unknown cipher',
    ['| pen {data-indent=1} | string {data-encrypted=by-rot13} | 笔'],
    'error attribute-value',
    'data-encrypted=by',
  ],
  [
    'an indent that jumps',
    ['| pen {data-indent=1} | object | 笔', '| ink {data-indent=3} | string | 墨'],
    'error indent-jump',
    'ink {',
  ],
  [
    'a row below a string',
    ['| pen {data-indent=1} | string | 笔', '| ink {data-indent=2} | string | 墨'],
    'error parent-scalar',
    'ink {',
  ],
  [
    'a repeated name',
    ['| pen {data-indent=1} | string | 笔', '| pen {data-indent=1} | string | 复'],
    'error field-duplicate',
    'pen {data-indent=1} | string | 复',
  ],
  ['an invalid name', ['| pen* {data-indent=1} | string | 笔'], 'error name-invalid', 'pen*'],
  ['a prototype', ['| __proto__ {data-indent=1} | string | 笔'], 'error name-invalid', '__proto__'],
  [
    'a name with a direction mark',
    ['| pe\u202en {data-indent=1} | string | 笔'],
    'error name-invalid',
    'pe\u202en',
  ],
  ['a name with a blank', ['| pen _id {data-indent=1} | string | 笔'], 'warning name-blank', 'pen _id'],
  [
    'an unescaped pipe',
    ['| pen {data-indent=1} | string | 笔<br/>`A` | `B` 枚举值之一'],
    'warning row-extra-cell',
    '`B`',
  ],
  [
    'a separator after an object',
    ['| pen {data-indent=1} | object | 笔', separator, '| ink {data-indent=2} | object | 墨'],
    'error line-without-owner',
    '{colspan=3 .im',
  ],
  [
    'a separator after a list',
    ['| pens {data-indent=1} | string[] | 笔', separator, '| ink {data-indent=2} | string | 墨'],
    'error line-without-owner',
    '{colspan=3 .im',
  ],
  [
    'a separator at the end',
    ['| pen {data-indent=1} | string | 笔', separator],
    'error line-without-owner',
    '{colspan=3 .im',
  ],
  ['a marker in a request', [nothing], 'error row-cells', '空字符串'],
  [
    'text after a cell that spans the row',
    ['| {colspan=3 .im-table-line} | pen | 笔'],
    'error row-cells',
    'pen | 笔',
  ],
]

for (const [name, rows, finding, at] of faults) {
  test(`${name} is reported at its place`, () => {
    const text = page({ method: 'get', request: [query, ...rows] })
    const { findings, operations } = read(text)
    assert.ok(
      findings.some((one) => one.startsWith(`${placeOf(text, at, query)} ${finding} `)),
      `${placeOf(text, at, query)} ${finding}: ${findings.join('\n')}`,
    )
    if (finding.startsWith('error')) assert.equal(operations, [])
    else assert.is(operations.length, 1)
  })
}

test('a request has no marker', () => {
  const text = page({ request: [nothing] })
  assert.match(read(text).findings.join('\n'), `${placeOf(text, '空字符串')} error row-cells`)
})

test('a response has fields or a marker, never both', () => {
  const text = page({ response: ['| pen | string | 笔', nothing] })
  assert.match(read(text).findings.join('\n'), `${placeOf(text, '空字符串')} error row-cells`)
})

test('a table must have a known header and id, and begin at the left margin', () => {
  const good = page({ response: ['| pen | string | 笔'] })
  const quoted = good.replace(/^\| .*$/gm, '> $&')
  const cases: [string, string][] = [
    [good.replace('返回字典', '返回'), `${placeOf(good, '| 返回字典')} error table-header`],
    [
      good.replaceAll('描述 {.desc}', '描述 | 备注').replaceAll('| ---\n', '| --- | ---\n'),
      'error table-header',
    ],
    [good.replace('#response', '#answer'), `${placeOf(good, '| 返回字典')} error table-missing`],
    [good.replace('#response', '#request'), `${placeOf(good, '| 返回字典')} error table-duplicate`],
    [quoted, 'error table-nested'],
  ]
  for (const [text, finding] of cases) {
    const { findings, operations } = read(text)
    assert.ok(findings.join('\n').includes(finding), `${finding}: ${findings.join('\n')}`)
    assert.equal(operations, [])
  }
})

test.run()
