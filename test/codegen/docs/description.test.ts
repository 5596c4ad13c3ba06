import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { page } from '../support/page.ts'
import { placeOf, read } from '../support/read.ts'

function describe(text: string, type = 'string') {
  const content = page({ response: [`| pen | ${type} | ${text}`] })
  const { operations, findings } = read(content)
  const { response } = operations[0]!
  const [field] = response.kind === 'json' ? response.fields : []
  return { ...field!.description, array: field!.array, findings, at: placeOf(content, text.split('<')[0]!) }
}

test('the values of an enum are read in each way the pages write them', () => {
  const cases: [string, string[] | undefined][] = [
    ['状态<br/>`ON` \\| `OFF` 枚举值之一', ['ON', 'OFF']],
    ['状态<br/>`ON`\\|`OFF`枚举值之一', ['ON', 'OFF']],
    ['状态<br/>`ON` 枚举值', ['ON']],
    ['`ON` \\| `OFF` 枚举值之一', ['ON', 'OFF']],
    ['状态 `ON` \\| `OFF` 枚举值之一', ['ON', 'OFF']],
    ['如`X`所示<br/>`ON` \\| `OFF` 枚举值之一<br/>默认为`ON`', ['ON', 'OFF']],
    ['状态<br/>固定为`ON`', ['ON']],
    ['用`ON`表示', undefined],
    ['见 \\` 号<br/>`ON` \\| `OFF` 枚举值之一', ['ON', 'OFF']],
    ['没有', undefined],
  ]
  for (const [text, values] of cases) assert.equal(describe(text).values, values, text)
})

test('values of numbers and of lists keep their spelling', () => {
  assert.equal(describe('级别<br/>`01` \\| `2` 枚举值之一').values, ['01', '2'])
  assert.equal(describe('级别<br/>`1` \\| `2` 枚举值之一', 'integer[]').values, ['1', '2'])
  assert.is(describe('级别<br/>`1` \\| `2` 枚举值之一', 'integer[]').array, true)
})

test('a repeated value counts once, a value with a blank is kept, and both are reported', () => {
  const twice = describe('状态<br/>`ON` \\| `OFF` \\| `ON` 枚举值之一')
  assert.equal(twice.values, ['ON', 'OFF'])
  assert.match(twice.findings.join(), `${twice.at} warning enum-duplicate ON`)
  const blank = describe('状态<br/>`In Use` \\| `OFF` 枚举值之一')
  assert.equal(blank.values, ['In Use', 'OFF'])
  assert.match(blank.findings.join(), `${blank.at} warning enum-blank "In Use"`)
})

test('a default and a unit are read', () => {
  assert.is(describe('算法<br/>`A` \\| `B` 枚举值之一<br/>默认为`A`').default, 'A')
  assert.is(describe('币种，默认值：`CNY`').default, 'CNY')
  assert.is(describe('总价，单位为分').unit, 'fen')
  assert.is(describe('总价(单位：`分`)').unit, 'fen')
  assert.is(describe('有效期，单位秒').unit, 'seconds')
  assert.is(describe('总价').unit, undefined)
})

test('a term is kept, a sentence is not', () => {
  const cases: [string, string | undefined][] = [
    ['笔的颜色', '笔的颜色'],
    ['笔的颜色：', '笔的颜色'],
    ['笔的颜色<br/>见包装', '笔的颜色'],
    ['笔的`RGB`颜色', '笔的RGB颜色'],
    ['状态<br/>`ON` \\| `OFF` 枚举值之一', '状态'],
    ['`ON` \\| `OFF` 枚举值之一', undefined],
    ['笔的颜色，可以不填', undefined],
    ['笔的颜色。', undefined],
    ['See the box. Then pay', undefined],
    ['https://example.com/a', undefined],
    ['长'.repeat(41), undefined],
    ['', undefined],
  ]
  for (const [text, term] of cases) assert.is(describe(text).term, term, text)
  assert.is(describe('笔的颜色，可以不填<br/>见包装').prose, '笔的颜色，可以不填\n见包装')
})

test.run()
