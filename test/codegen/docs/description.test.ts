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
    ['笔的颜色，可以不填', '笔的颜色'],
    ['笔的颜色。', '笔的颜色'],
    ['总金额，单位为分，只能为整数', '总金额'],
    ['总金额(大于等于0的数字，单位为分)', '总金额'],
    ['1、退款成功时间', '退款成功时间'],
    ['医保局结算后，医保统筹支付金额', '医保统筹支付金额'],
    ['单位分，实际支付金额', '实际支付金额'],
    ['枚举值：<br/>`A`：一<br/>`B`：二', undefined],
    ['货物、服务名称', undefined],
    ['根据风控规则，欠款后无法扣款', undefined],
    ['COUPON：代金券', undefined],
    ['See the box. Then pay', undefined],
    ['https://example.com/a', undefined],
    ['长'.repeat(41), undefined],
    ['', undefined],
  ]
  for (const [text, term] of cases) assert.is(describe(text).term, term, text)
  assert.is(describe('笔的颜色，可以不填<br/>见包装').prose, '笔的颜色，可以不填\n见包装')
})

test('values that are explained line by line are an enum', () => {
  const cases: [string, string[] | undefined][] = [
    ['枚举值：<br/>`GLOBAL`：全场代金券<br/>`SINGLE`：单品优惠', ['GLOBAL', 'SINGLE']],
    ['枚举值：<br/>ADD：签约<br/>DELETE：解约<br/>注意：使用前确认', ['ADD', 'DELETE']],
    ['交易状态：<br/>`SUCCESS`：支付成功<br/>`REFUND`：转入退款', ['SUCCESS', 'REFUND']],
    [
      '1、USER_OPEN_SERVICE：授权成功<br/>2、USER_CLOSE_SERVICE：解除',
      ['USER_OPEN_SERVICE', 'USER_CLOSE_SERVICE'],
    ],
    ['交易类型，取值如下：<br/>AUTH：平台代扣', ['AUTH']],
    ['签名类型<br/>固定枚举值`HMAC-SHA256`', ['HMAC-SHA256']],
    ['固定填`code`', ['code']],
    ['一个例子<br/>OPENID：用户标识', undefined],
    ['注意：只有一种<br/>说明：见下文', undefined],
  ]
  for (const [text, values] of cases) assert.equal(describe(text).values, values, text)
})

test('a unit is read in each form that pages have', () => {
  const fen = ['单位为分', '单位：分', '（单位分）', '单位（分）', '单位，分', '单位为“分”', '以分为单位']
  for (const text of fen) assert.is(describe(`价格，${text}`).unit, 'fen', text)
  for (const text of ['单位元', '以元为单位', '以元 为单 位'])
    assert.is(describe(`价格，${text}`).unit, 'yuan', text)
  assert.is(describe('时长，单位为秒').unit, 'seconds')
  assert.is(describe('菜品单位，BY_SHARE').unit, undefined)
})

test('the form of a time is read, unless there are several', () => {
  assert.is(describe('遵循rfc3339标准格式，格式为yyyy-MM-DDTHH:mm:ss+TIMEZONE').format, 'date-time')
  assert.is(describe('格式为yyyyMMddHHmmss').format, 'yyyyMMddHHmmss')
  assert.is(describe('格式：yyyy-MM-dd').format, 'date')
  assert.is(describe('yyyyMMdd').format, 'yyyyMMdd')
  assert.is(describe('yyyyMMddHHmmss 或 yyyy-MM-dd').format, undefined)
})

test('a default is read with and without backticks', () => {
  assert.is(describe('币种，默认为`CNY`').default, 'CNY')
  assert.is(describe('币种，默认为CNY，目前只支持CNY').default, 'CNY')
  assert.is(describe('默认接口限频150/s').default, undefined)
})

test.run()
