import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { refuseQuery, refuseText } from '../../../src/fields/refuse-text.ts'
import { printed, thrownBy } from '../../support/thrown.ts'

const operation = 'POST /v3/x'
const body = (value: unknown) => refuseText(JSON.stringify(value), operation)

const refused: [name: string, text: string, says: RegExp][] = [
  ['an emoji', '{"attach":"ok 😀"}', /^POST \/v3\/x: attach has a character of four bytes.*Remove emoji/],
  ['an emoji as escapes', '{"a":[{"b":"\\ud83d\\ude00"}]}', /a\[0\]\.b has a character of four bytes/],
  [
    'a rare Chinese character',
    '{"a":[1,{},[],"x",{"名":"𠮷"}]}',
    /a\[4\]\.\(a name with other characters\) has/,
  ],
  ['an emoji in a name', '{"a":{"😀":1}}', /a\.\(a name with other characters\) has a character/],
  ['an unpaired surrogate', '{"a":"\ud83d"}', /a has an unpaired surrogate/],
  ['an unpaired surrogate as an escape', '{"b":1,"a":"\\uD83Dx"}', /: a has an unpaired surrogate/],
  ['surrogates in the wrong order', '{"a":"\\ude00\\ud83d"}', /a has an unpaired/],
  ['null', '{"payer":{"openid":null}}', /payer\.openid is null.*null for NaN, and for undefined in an array/],
  ['null in an array', '{"a":[1,[2,null]]}', /a\[1\]\[1\] is null/],
  ['null after arrays and objects', '{"x":{"y":[{"z":1}]} , "a" : null}', /: a is null/],
  ['null alone', ' null ', /the body is null/],
  ['the first of several', '{"a":"null","b":{"c":"😀"},"d":null}', /b\.c has a character/],
  ['an emoji outside a string', '[😀]', /the body has a character/],
]

for (const [name, text, says] of refused) {
  test(`${name} is refused, with its place`, async () => {
    const error = await thrownBy(() => refuseText(text, operation))
    assert.is(error.name, 'RequestError')
    assert.is(error.code, 'ERR_TEXT')
    assert.is(error.operation, operation)
    assert.match(error.message, says)
    assert.not.match(printed(error), /😀|𠮷|ok /u)
  })
}

test('similar text passes', async () => {
  for (const value of [
    'null',
    { a: 'null', b: 'is null, or ["null", null]', null: 1 },
    { a: '\\ud83d\\ude00', b: 'C:\\null' },
    { a: '中文，三字节：㊙ ﷽ \uffff \ue000', b: '"null', c: '\\"', d: '\u0000' },
    { embedded: JSON.stringify({ a: '😀'.length, b: null, c: '\\ud83d' }) },
    [],
    '',
  ]) {
    await body(value)
  }
  await refuseText('', operation)
  await refuseText('{"a":"\\ufffd\\uE000"}', operation)
})

test('undefined in an array and NaN are refused as null', async () => {
  assert.match((await thrownBy(() => body({ a: [undefined] }))).message, 'a[0] is null')
  assert.match((await thrownBy(() => body({ a: { b: Number.NaN } }))).message, 'a.b is null')
  await body({ a: undefined })
})

test('a query: values and names', async () => {
  for (const [url, says] of [
    [`https://h/v3/x?a=1&note=${encodeURIComponent('ok 😀')}#x`, 'query parameter note has'],
    ['/v3/x?note=%f0%9F%98%80', 'query parameter note has'],
    ['/v3/x?note=😀', 'query parameter note has'],
    [`/v3/x?${encodeURIComponent('𠮷')}=1`, 'query parameter (a name with other characters) has'],
  ] as const) {
    const error = await thrownBy(() => refuseQuery(url, operation))
    assert.is(error.code, 'ERR_TEXT')
    assert.match(error.message, says)
    assert.not.match(printed(error), /😀|𠮷|%f0/iu)
  }
  for (const url of [
    '/v3/x',
    '/v3/x?a=%E5%BC%A0&b=null&c=%25f0',
    '/v3/%F0%9F%98%80?a=1',
    '/v3/x?a=1#%F0%9F%98%80',
  ]) {
    await refuseQuery(url, operation)
  }
})

test('a hundred thousand nested brackets are handled', async () => {
  const text = `${'['.repeat(100_000)}null${']'.repeat(100_000)}`
  assert.is((await thrownBy(() => refuseText(text, operation))).code, 'ERR_TEXT')
})

test('an unterminated string is handled', async () => {
  for (const text of ['"', '{"a":"\\', '{"null', '"\\"null']) {
    await refuseText(text, operation)
  }
})

const part = fc.constantFrom(
  'null',
  '"null"',
  '😀',
  '\ud83d',
  '\ude00',
  '\\ud83d',
  '\\',
  '"',
  '中',
  ':',
  ',',
  '[',
  '}',
  ' ',
)
const words = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''))
const names = fc.constantFrom('a', 'b', 'null', 'x-y', '😀', 'a"', ':')
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'large' },
    words,
    fc.constantFrom(null, 1, true, 'ok'),
    tie('object'),
    tie('list'),
  ),
  object: fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  list: fc.array(tie('value'), { maxLength: 4 }),
}))

/** The first place that the gateway refuses, by a simple implementation over values. */
function oracle(value: unknown, place: string): string | undefined {
  const bad = (text: string) =>
    [...text].some((char) => char.codePointAt(0)! > 0xffff || /^[\ud800-\udfff]$/.test(char))
  if (value === null) return place || 'the body'
  if (typeof value === 'string') return bad(value) ? place || 'the body' : undefined
  if (typeof value !== 'object') return undefined
  for (const [name, one] of Object.entries(value)) {
    const shown = /^[\w-]+$/.test(name) ? name : '(a name with other characters)'
    const below = Array.isArray(value) ? `${place}[${name}]` : place ? `${place}.${shown}` : shown
    if (!Array.isArray(value) && bad(name)) return below
    const found = oracle(one, below)
    if (found) return found
  }
  return undefined
}

test('any JSON in any spelling: refused exactly where the simple implementation refuses it', async () => {
  let places = 0
  await fc.assert(
    fc.asyncProperty(json, fc.constantFrom('', ' ', '\n\t'), fc.nat(2), async (value, space, escapes) => {
      const plain = JSON.stringify(value, null, space)
      const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
      const text =
        escapes === 0
          ? plain
          : plain.replace(/[^\x20-\x7e\n\t]/g, (char) =>
              escapes === 1 ? escaped(char) : escaped(char).toUpperCase().replace('U', 'u'),
            )
      const expected = oracle(value, '')
      if (expected) places++
      try {
        await refuseText(text, operation)
        assert.is(expected, undefined)
      } catch (error) {
        assert.ok(expected, text)
        const { message } = error as Error
        assert.ok(
          message.startsWith(`${operation}: ${expected} is null`) ||
            message.startsWith(`${operation}: ${expected} has`),
          `${message}, not ${expected}`,
        )
      }
    }),
    { numRuns: 5000 },
  )
  assert.ok(places > 500, `${places} were refused`)
})

test.run()
