import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textReport } from '../../../../codegen/diff/report/text-report.ts'
import { change, hostileReview, jsapi, review } from './support/reviews.ts'

const plain = { colour: false }

test('a change: operation, title, page, both judgements, message, rule, source line and fingerprint', () => {
  const text = textReport(review([change({ after: { pointer: '/x', place: 'spec/pay.yaml:120' } })]), plain)
  assert.is(
    text,
    `main → spec

pay
  POST /v3/pay/transactions/jsapi  JSAPI下单
    openapi/v3/pay/transactions/jsapi.md#post
    wire breaking  types breaking  the request property amount.field_0 became required  request-property-became-required
      body › amount › field_0  spec/pay.yaml:120  1000000000000000

wire   1 breaking, 0 warning, 0 info  Deployed apps that keep their SDK
types  1 breaking, 0 warning, 0 info  Apps that upgrade and compile
`,
  )
})

test('the worst comes first: domains, operations, changes', () => {
  const at = (domain: string, operation: string) => ({ domain, operation })
  const info = { wire: 'info', types: 'info' } as const
  const text = textReport(
    review([
      change({ n: 1, ...info, subject: at('alpha', 'GET /v3/alpha') }),
      change({ n: 2, ...info, subject: at('pay', 'GET /v3/pay/a') }),
      change({ n: 3, ...info, subject: at('pay', 'GET /v3/pay/b') }),
      change({ n: 4, wire: 'info', types: 'warning', subject: at('pay', 'GET /v3/pay/b') }),
      change({ n: 5, wire: 'breaking', types: 'info', subject: at('pay', 'GET /v3/pay/b') }),
    ]),
    plain,
  )
  const order = text.match(/^alpha$|^pay$|GET \S+|field_\d(?= became)/gm)
  assert.equal(order, [
    ...['pay', 'GET /v3/pay/b', 'field_5', 'field_4', 'field_3', 'GET /v3/pay/a', 'field_2'],
    ...['alpha', 'GET /v3/alpha', 'field_1'],
  ])
})

test('suspicions come before all changes', () => {
  const text = textReport(
    review([change()], {
      suspicions: [
        {
          rule: 'table-vanished',
          subject: jsapi,
          location: ['body'],
          message: { en: 'the request table vanished whole', zh: '请求表格整体消失' },
          explains: ['1', '2'],
        },
      ],
    }),
    plain,
  )
  assert.match(
    text,
    /Probably a mistake in the page\n {2}\? pay {2}POST .*body\n.*vanished whole.*\n.*2 changes/,
  )
  assert.ok(text.indexOf('vanished') < text.indexOf('became required'))
})

test('accepted changes are counted; entries that match nothing are listed', () => {
  const text = textReport(
    review([], {
      accepted: [{ change: change(), reason: 'announced' }],
      stale: [{ fingerprint: 'abc', rule: 'api-removed', reason: 'gone in May' }],
    }),
    plain,
  )
  assert.match(text, /No changes\./)
  assert.match(text, /1 accepted change\n/)
  assert.match(text, /1 accepted entry no longer matches a change.*\n {2}abc {2}api-removed {2}gone in May/)
})

test('Chinese', () => {
  const text = textReport(review([change()]), { ...plain, language: 'zh' })
  assert.match(text, /线上 不兼容.*请求字段 amount\.field_0 变为必填/)
})

test('colours only if requested', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: matches the escape character
  const colours = /\u001b\[/
  assert.match(textReport(review([change()]), { colour: true }), colours)
  assert.not.match(textReport(review([change()]), plain), colours)
})

test('text of a page contains no control characters and none that change its direction', () => {
  const text = textReport(hostileReview(), plain)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: must not occur
  assert.not.match(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
  assert.match(text, /evil \\u202egnp\.exe/)
})

test.run()
