import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { nothing, notificationPage, page, samples } from '../support/page.ts'
import { operationOf, placeOf, read } from '../support/read.ts'

test('a page of one operation takes title and description from its front matter', () => {
  const operation = operationOf(page({ title: '写信: 一封', text: '寄给远方的人。' }))
  assert.is(operation.title, '写信: 一封')
  assert.is(operation.description, '寄给远方的人。')
})

test('a page of several operations takes them from headings and first paragraphs', () => {
  const { operations, findings } = read(
    page(
      { method: 'get', title: '查信', text: '查一封信。' },
      { method: 'post', title: '写信' },
      { method: 'delete', title: '撕信', text: '撕一封信。' },
    ),
  )
  assert.equal(findings, [])
  assert.equal(
    operations.map(({ method, title, description }) => [method, title, description]),
    [
      ['get', '查信', '查一封信。'],
      ['post', '写信', ''],
      ['delete', '撕信', '撕一封信。'],
    ],
  )
})

test('two top headings without {#mix} are two operations too', () => {
  const text = page({ method: 'post' }) + page({ method: 'get' }).replace(/---[\s\S]*?---/, '')
  assert.equal(
    read(text).operations.map(({ method }) => method),
    ['post', 'get'],
  )
})

test('the response follows from the marker and the samples', () => {
  const cases: [string, number, unknown][] = [
    [nothing, 204, { status: 204, kind: 'empty' }],
    [nothing, 202, { status: 202, kind: 'empty' }],
    [
      '| 文件流(需解析为对应数据) {align=center colspan=3}',
      200,
      { status: 200, kind: 'stream', mediaType: 'application/octet-stream' },
    ],
    [
      '| 文件流(保存后按本地PDF文件查看) {align=center colspan=3}',
      200,
      { status: 200, kind: 'stream', mediaType: 'application/pdf' },
    ],
    [
      '| 文件流(保存后按本地图片查看) {align=center colspan=3}',
      200,
      { status: 200, kind: 'stream', mediaType: 'image/*' },
    ],
  ]
  for (const [row, status, shape] of cases)
    assert.equal(operationOf(page({ response: [row], status })).response, shape)
  const text = page({ response: ['| 一只鸽子 {align=center colspan=3}'] })
  assert.match(read(text).findings.join(), `${placeOf(text, '一只鸽子')} error response-marker`)
  const body = page({ response: ['| pen | string | 笔'], status: 204 })
  assert.match(read(body).findings.join(), `${placeOf(body, '| 返回字典')} error response-marker`)
  const empty = page({ response: [] })
  assert.match(read(empty).findings.join(), `${placeOf(empty, '| 返回字典')} error response-marker`)
})

test('boxes above the table are notices, with their class, text and links', () => {
  const box = '::: danger :no_entry_sign: {.im-deprecated}'
  for (const above of [
    `${box}\n\n已于 \`2031.02.03\` 下线，见[新页](/openapi/v3/pencils#post)\n\n:::`,
    `${box}\n已于 \`2031.02.03\` 下线，见[新页](/openapi/v3/pencils#post)\n:::`,
    `:${box}\n\n已于 \`2031.02.03\` 下线，见[新页](/openapi/v3/pencils#post)\n\n::::`,
  ]) {
    const { notices, description } = operationOf(page({ above }))
    assert.is(notices.length, 1)
    assert.is(notices[0]!.name, 'im-deprecated')
    assert.match(notices[0]!.text, '`2031.02.03`')
    assert.not.match(notices[0]!.text, ':::')
    assert.equal(notices[0]!.links, ['/openapi/v3/pencils#post'])
    assert.is(description, '')
  }
})

test('a box of a list ends with its own mark', () => {
  const { notices } = operationOf(
    page({ above: '::: warning {.im-redesigned}\n- 甲\n- 乙\n:::\n\n一段话。' }),
  )
  assert.is(notices[0]!.name, 'im-redesigned')
  assert.not.match(notices[0]!.text, '一段话')
})

test('an unclosed container is reported, even if a later one is closed', () => {
  const text = page({ above: '::: tip\n\n一\n\n', samples: samples({}) })
  assert.match(read(text).findings.join(), `${placeOf(text, '::: tip')} warning container-unclosed`)
  assert.is(read(text).operations.length, 1)
})

test('https and http links after the tables are the official documentation; others are not', () => {
  const below =
    '参阅 [官方](https://example.com/a) [另一](http://example.com/b) [旧](/openapi/v3/x) [脚本](javascript:alert(1)) [坏](https://example.com/%E0%A4%A)'
  const { links } = operationOf(page({ below }))
  assert.equal(links, ['https://example.com/a', 'http://example.com/b'])
})

test('a list of anchors below a notification table names its variants', () => {
  const { notifications } = read(
    notificationPage({ below: '- 零售 {#RETAIL}\n- 批发 {#WHOLESALE}' }),
    'webhook/v3/PEN.SOLD.md',
  )
  assert.equal(notifications[0]!.variants, ['RETAIL', 'WHOLESALE'])
})

test('a redirect has no operation but a target', () => {
  const matter = (head: string) => `---\ntitle: Moved to /openapi/v3/pencils\n${head}---\n`
  const head = 'head:\n  - - meta\n    - http-equiv: refresh\n      content: 0;url=/openapi/v3/pencils#post\n'
  for (const [text, target] of [
    [matter(head), '/openapi/v3/pencils#post'],
    [matter(''), '/openapi/v3/pencils'],
  ] as const) {
    const { page: moved, operations, findings } = read(text)
    assert.is(moved.kind, 'moved')
    assert.is(moved.moved, target)
    assert.equal(operations, [])
    assert.equal(findings, [`1:1 info page-moved moved to ${target}`])
  }
})

test('a page is the same with CRLF and with a byte order mark', () => {
  const text = page({
    request: ['| json {data-required} | object | 数据', '| pen {data-indent=1} | string | 笔'],
  })
  assert.equal(read(`\ufeff${text.replaceAll('\n', '\r\n')}`), read(text))
})

test('an unclosed fence is reported at its first line, and so is the table in it', () => {
  const text = page({}).replace(/```\n\n:::/, '\n:::')
  const opens = text.lastIndexOf('```php')
  const line = text.slice(0, opens).split('\n').length
  assert.match(
    read(text).findings.join('\n'),
    `${line}:1 warning container-unclosed this code fence is not closed with \`\`\``,
  )
  assert.match(read(text).findings.join('\n'), '6:1 error table-missing')
})

const faults: [name: string, text: string, finding: string][] = [
  ['no heading of a method', '# 写信\n\n一段话。\n', '1:1 error page-kind'],
  ['no table', '# 写信 {#post}\n\n一段话。\n', '1:1 error table-missing'],
  ['a table before any operation', page({}).replace('{#post}', ''), 'error table-missing'],
  ['an unclosed front matter', '---\ntitle: 写信\n\n# 写信 {#post}\n', '1:1 error front-matter'],
  [
    'front matter that is not YAML',
    '---\ntitle: 写信\ndescription: [\n---\n# 写信 {#post}\n',
    '4:1 error front-matter',
  ],
  ['front matter that is a list', '---\n- 写信\n---\n# 写信 {#post}\n', '2:1 error front-matter'],
  [
    'aliases in front matter',
    '---\na: &a [1,1]\nb: [*a,*a]\ntitle: 写信\n---\n# 写信 {#post}\n',
    '2:1 error front-matter',
  ],
  [
    'endless front matter',
    `---\ntitle: 写信\n${'# x\n'.repeat(5000)}---\n# 写信 {#post}\n`,
    '1:1 error front-matter',
  ],
  [
    'a heading that refers to a missing title',
    '---\nhead: []\n---\n# {{ $frontmatter.title }} {#post}\n',
    '4:1 error title-missing',
  ],
  ['a heading without a title', '# {#post}\n', '1:1 error title-missing'],
]

for (const [name, text, finding] of faults) {
  test(`${name} is an error at its place`, () => {
    const { findings, operations } = read(text)
    assert.match(findings.join('\n'), finding)
    assert.equal(operations, [])
  })
}

test.run()
