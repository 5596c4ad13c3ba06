import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { notificationPage, page, separator } from './page.ts'
import { type ReadPage, read } from './read.ts'

/** Pages that are in order, with everything that pages have. */
const pages = [
  page({
    path: 'v3/pens/{pen_id}',
    above: '::: danger :no_entry_sign: {.im-deprecated}\n\n已下线，见[新页](/openapi/v3/a#post)\n\n:::',
    request: [
      '| base_uri | string | 接入点`https://apihk.mch.weixin.qq.com/`(某地)',
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

/** Parts of pages, and text that has a meaning to the parsers. */
export const token = fc.constantFrom(
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

/** Reads a page, and checks that each finding is at a place in it. */
export function check(content: string | Uint8Array, file?: string): ReadPage {
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

/** A file's name. */
export const file = fc.constantFrom(
  'page.md',
  'openapi/v3/pens.md',
  'openapi/v3/pens/{pen_id}.md',
  'webhook/v3/PEN.SOLD.md',
)

/** A change of a page: its place from 0 to 1, what is removed, and what is inserted. */
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

/** A page with some changes. */
export const changedPage = fc
  .tuple(fc.constantFrom(...pages), fc.array(change, { minLength: 1, maxLength: 6 }))
  .map(([text, changes]) => changes.reduce(mutate, text))
