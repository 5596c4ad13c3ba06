import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { processorTime } from '../../support/processor-time.ts'
import { changedPage, check, file, token } from '../support/changed-page.ts'
import { page } from '../support/page.ts'

test('any bytes at all give findings, each inside the file', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), file, (bytes, name) => {
      check(bytes, name)
    }),
    { numRuns: 300 },
  )
})

test('any mixture of parts of pages gives findings or an operation', () => {
  const mixture = fc.array(fc.oneof(token, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 })
  fc.assert(
    fc.property(mixture, file, (parts, name) => {
      check(parts.join(''), name)
    }),
    { numRuns: 1000 },
  )
})

test('any change of a page gives findings or operations, never a crash', () => {
  fc.assert(
    fc.property(changedPage, file, (text, name) => {
      check(text, name)
    }),
    { numRuns: 800 },
  )
})

/** Text that parsers may take long for, of this size. The largest file that is read is ten times as large. */
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
