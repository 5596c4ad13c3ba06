import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { processorTime } from '../../support/processor-time.ts'
import { notificationPage, page, separator } from '../support/page.ts'
import { type ReadPage, read } from '../support/read.ts'

const pages = [
  page({
    path: 'v3/pens/{pen_id}',
    above: '::: danger :no_entry_sign: {.im-deprecated}\n\n已下线，见[新页](/openapi/v3/a#post)\n\n:::',
    request: [
      '| base_uri | string | 接入点`https://hk.example.com/`(某地)',
      '| pen_id {data-required} | string | 编号',
      '| json {data-required} | object {data-tooltip="对应PHP的array"} | 数据',
      '| ink {data-required data-indent=1} | string | 墨<br/>`RED` \\| `BLUE` 枚举值之一',
      '| note {data-indent=1} | string {data-encoded=by-json_encode} | 注',
      separator,
      '| to {data-indent=2} | object[] | 收',
      '| name {data-indent=3} | string {data-encrypted=by-rsa-pubkey} | 名',
    ],
    response: ['| pen | object | 笔', '| ink {data-indent=1} | string[] | 墨'],
    options:
      "[\n  'pen_id' => '1',\n  'json' => ['ink' => 'RED', 'note' => json_encode(['to' => [['name' => 'a']]])],\n]",
    below: '参阅 [官方](https://example.com/a)',
  }),
  page(
    { method: 'get' },
    { method: 'delete', request: ['| query | object | 查', '| a {data-indent=1} | boolean | 甲'] },
  ),
  notificationPage({
    plaintext: ['| pen {data-indent=3} | object | 笔', '| ink {data-indent=4} | string | 墨'],
    below: '- 甲 {#A}',
  }),
  page({ path: 'v3/pens' }).replace('title', '\ufefftitle'),
]

/** What a page is made of, and what has a meaning to the parsers behind it. */
const token = fc.constantFrom(
  ...[
    '|',
    '\n',
    '\n\n',
    '{',
    '}',
    '{data-indent=9}',
    '{colspan=3}',
    '{rowspan=9}',
    '{#post}',
    '{.a #b c=d}',
    '`',
    '```',
    ':::',
    '::: tip\n',
  ],
  ...[
    '*',
    '_',
    '~~',
    '[',
    ']',
    '](',
    ')',
    '<',
    '>',
    '<!--',
    '-->',
    '<br/>',
    '&#0;',
    '\\',
    '"',
    "'",
    '- ',
    '> ',
    '# ',
    '---\n',
    '***\n',
    '===\n',
  ],
  ...[
    '| --- | --- | ---\n',
    '$instance->',
    '->postAsync(',
    "'v3/",
    '=>',
    '/*',
    '//',
    '?>',
    '<?php',
    '[]',
    '\t',
    '\r',
    '\u2028',
    '\u202e',
    '\ufeff',
    '写',
    '😀',
  ],
  ...['__proto__', 'constructor', 'title:', '&a *a', '!!js/function', '0', ' '],
)

function check(content: string | Uint8Array, file?: string): ReadPage {
  const result = read(content, file)
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/)
  for (const { line, column, message } of result.page.findings) {
    assert.ok(
      Number.isInteger(line) && line >= 1 && line <= lines.length,
      `line ${line} of ${lines.length}: ${message}`,
    )
    assert.ok(
      Number.isInteger(column) && column >= 1 && column <= lines[line - 1]!.length + 1,
      `column ${column}: ${message}`,
    )
  }
  assert.ok(result.operations.length + result.notifications.length + result.findings.length > 0)
  return result
}

const file = fc.constantFrom(
  'page.md',
  'openapi/v3/pens.md',
  'openapi/v3/pens/{pen_id}.md',
  'webhook/v3/PEN.SOLD.md',
)

test('any bytes at all give findings, each inside the file', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), file, (bytes, name) => {
      check(bytes, name)
    }),
    { numRuns: 300 },
  )
})

test('any mixture of what pages are made of gives findings or an operation', () => {
  const mixture = fc.array(fc.oneof(token, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 })
  fc.assert(
    fc.property(mixture, file, (parts, name) => {
      check(parts.join(''), name)
    }),
    { numRuns: 1000 },
  )
})

/** A change of a page: at a place between 0 and 1, what is removed, and what is put there. */
const change = fc.record({
  kind: fc.constantFrom('cut line', 'repeat line', 'swap lines', 'cut text', 'insert'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  size: fc.nat({ max: 30 }),
  text: fc.oneof(token, fc.string({ unit: 'binary', maxLength: 8 })),
})

function mutate(
  text: string,
  { kind, at, size, text: put }: { kind: string; at: number; size: number; text: string },
): string {
  const lines = text.split('\n')
  const line = Math.floor(at * lines.length)
  const offset = Math.floor(at * text.length)
  if (kind === 'cut line') lines.splice(line, 1 + (size % 3))
  else if (kind === 'repeat line') lines.splice(line, 0, ...lines.slice(line, line + 1 + (size % 5)))
  else if (kind === 'swap lines') lines.push(...lines.splice(line, 1))
  else if (kind === 'cut text') return text.slice(0, offset) + text.slice(offset + size)
  else return text.slice(0, offset) + put + text.slice(offset)
  return lines.join('\n')
}

test('any change of a page gives findings or operations, never a crash', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...pages),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      file,
      (text, changes, name) => {
        check(changes.reduce(mutate, text), name)
      },
    ),
    { numRuns: 800 },
  )
})

/** Text that parsers tend to take long for, in these sizes. The largest file that is read has ten times as much. */
const size = Number(process.env['SIZE'] ?? 96 * 1024)
const long: Record<string, string> = {
  pipes: '|',
  brackets: '[',
  images: '![',
  ticks: '`',
  braces: '{',
  attributes: '*a*{.b}',
  'code attributes': '`a`{.b}',
  quotes: '> > > ',
  lists: '- ',
  numbers: '1. ',
  stars: '**a',
  emphasis: 'a*',
  links: '[a](b)',
  'open links': '[a](<b',
  titles: '[a](b "',
  tags: '<a ',
  comments: '<!--',
  'code comments': '/* a ',
  angles: '<',
  entities: '&amp;',
  escapes: '\\',
  blanks: ' ',
  containers: '::: tip\n\n',
  fences: '```\n',
  'open chains': '$instance->a',
  marks: '{#post}',
  references: '[a]:\n',
  headings: '# a {#post}\n',
  tables: '|a|b|c\n|-|-|-\n\n{.a}\n\n',
  rows: '| a | string | 甲\n',
  'list attributes': '- a\n\n{.b}\n\n',
  values: '`A`\\|',
  proto: '__proto__',
}

const chunks = (text: string) => text.replaceAll('\n', ' ').match(/.{1,8000}/g)!

const shapes: [name: string, wrap: (text: string) => string][] = [
  ['alone', (text) => text],
  ['in paragraphs', (text) => text.match(/[\s\S]{1,8000}/g)!.join('\n\n')],
  ['in rows', (text) => page({ request: chunks(text).map((cell) => `| a | string | ${cell}`) })],
  ['in a sample', (text) => page({ options: `['a' => [\n${chunks(text).join('\n')}` }).slice(0, 2 * size)],
]

test('a large file of anything is read in a moment', () => {
  for (const [name, part] of Object.entries(long)) {
    for (const [shape, wrap] of shapes) {
      const text = wrap(part.repeat(size / part.length))
      const spent = processorTime()
      check(text)
      const time = spent()
      if (process.env['SIZE']) console.log(name, shape, Math.round(time))
      assert.ok(time < 2000, `${name} ${shape}: ${Math.round(time)} ms`)
    }
  }
})

test('a page of very many fields and values is read in a moment', () => {
  const count = size / 48
  const rows = Array.from({ length: count }, (_, index) => `| a${index} {data-indent=1} | string | 甲`)
  const keys = Array.from({ length: count }, (_, index) => `'a${index}' => '1',`)
  const sample = `\`\`\`php [同步声明式]\n$instance->chain('v3/pens')->post(['query' => [\n${keys.join('\n')}\n]]);\n\`\`\``
  const spent = processorTime()
  const { operations } = check(page({ request: ['| query | object | 查', ...rows], samples: sample }))
  assert.is(operations[0]!.query.length, count)
  assert.ok(spent() < 2000)
})

test('the largest page is read in a moment, whatever its descriptions and its samples are', () => {
  const line = (part: string) => part.repeat(8000 / part.length)
  const rows = Array.from({ length: 120 }, (_, index) => `| a${index} | string | ${line('<')}`)
  const code = `$instance->chain('v3/pens')->post(\n${`${line('/* a ')}\n`.repeat(120)}`
  for (const text of [
    page({ response: rows }),
    page({ samples: `\`\`\`php [同步声明式]\n${code}\n\`\`\`` }),
  ]) {
    const spent = processorTime()
    check(text)
    assert.ok(spent() < 2000)
  }
})

test.run()
