import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import ts from 'typescript'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { data, doc, ident, str } from '../../../codegen/emit/literal.ts'
import { assertHelpersOnly } from '../../../codegen/emit/template.ts'
import { comments, declared, parse, strings } from '../support/skeleton.ts'

/** Text that has a meaning in code, and invisible characters. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(...['*/', '/*', '//', '`', '${x}', "'", '"', '\\', '\n', '\r', '\u2028', '\u2029']),
      fc.constantFrom(
        ...['</script>', '<!--', '{{x}}', '{{{x}}}', '@see', '@deprecated', '\u202e', '\u200b'],
      ),
      fc.constantFrom(...['\u{e0041}', '\u{1d173}', '😀', '__proto__', '*', '/', 'x'.repeat(199)]),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/u

test('any text is one string literal that reads back the same, with nothing hidden in it', () => {
  fc.assert(
    fc.property(text, (value) => {
      const literal = str(value)
      assert.not.match(literal, unseen)
      assert.not.match(literal, '</')
      assert.equal(strings(`const x = ${literal}`), [value])
      assert.is(parse(`const x = ${literal}`).statements.length, 1)
    }),
    { numRuns: 1000 },
  )
})

test('any text is a comment that ends where the template ends it, on one line, without a tag of its own', () => {
  fc.assert(
    fc.property(text, (value) => {
      const line = doc(value)
      assert.not.match(line, unseen)
      assert.not.match(line, /\p{Cs}/u)
      assert.ok(line.length <= 200)
      for (const code of [
        `/** ${line} */\nexport interface A {}`,
        `/**\n * ${line}\n */\nexport interface A {}`,
      ]) {
        assert.equal(declared(code), ['A'])
        assert.is(comments(code).length, 1)
        assert.is(ts.getJSDocTags(parse(code).statements[0]!).length, 0)
      }
    }),
    { numRuns: 1000 },
  )
})

test('only an identifier is an identifier', () => {
  assert.is(ident('PensPost'), 'PensPost')
  for (const bad of ['', '9a', 'a-b', 'a b', 'a;b', 'a\n', 'é', '*/', '{{a}}', undefined, null, 5, {}])
    assert.throws(() => ident(bad), /not an identifier/)
})

test('plain data is a literal that evaluates to the same data', () => {
  const name = fc.constantFrom('encrypted', 'json', 'constructor', 'toString', '$', '_a1')
  const { plain } = fc.letrec<{ plain: unknown }>((tie) => ({
    plain: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.constant(true),
      fc.array(tie('plain'), { maxLength: 3 }),
      fc.dictionary(name, tie('plain'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(plain, (value) => {
      assert.ok(isDeepStrictEqual(new Function(`return ${data(value)}`)(), value))
      assert.not.match(data(value), unseen)
    }),
    { numRuns: 500 },
  )
  for (const bad of [undefined, null, 1, false, () => 1, { 'a-b': 'c' }, JSON.parse('{"__proto__":"x"}')])
    assert.throws(() => data(bad), /not plain data|not an identifier/)
})

test('a template writes through a helper or not at all', () => {
  for (const good of [
    '{{str a}}',
    '{{#each as}}{{ident this}}{{/each}}',
    '{{#if a}}x{{/if}}',
    '{{doc a.b}}',
    '{{data a}}',
  ])
    assert.not.throws(() => assertHelpersOnly(good, 'x'))
  for (const bad of [
    '{{a}}',
    '{{{a}}}',
    '{{&a}}',
    '{{this}}',
    '{{str}}',
    '{{str a b}}',
    '{{lookup a b}}',
    '{{log a}}',
    '{{toString a}}',
    '{{constructor a}}',
    '{{__proto__ a}}',
    '{{"str" a}}',
    '{{../str a}}',
    '{{#each as}}\n{{#if b}}{{c}}{{/if}}{{/each}}',
    '{{#each as}}x{{else}}{{b}}{{/each}}',
    '{{> part}}',
    '{{#> part}}x{{/part}}',
    '{{#*inline "part"}}{{a}}{{/inline}}',
  ])
    assert.throws(() => assertHelpersOnly(bad, 'x'), /x\.hbs:\d+: /, bad)
})

test.run()
