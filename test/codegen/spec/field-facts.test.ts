import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readDocumentation } from '../../../codegen/docs/read.ts'
import type { Schema } from '../../../codegen/openapi/document.ts'
import { bodySchema, dataSchema, operationsOf } from '../../../codegen/openapi/operations.ts'
import { compile } from '../../../codegen/spec/compile.ts'
import { withFolder } from '../support/folder.ts'
import { type PrintedOperation, page } from '../support/page.ts'

/** The schemas of the only operation of a page, and what is reported of it. */
async function compiled(path: string, operation: PrintedOperation, index = '') {
  let result: { body: Schema; data: Schema; findings: string[] } | undefined
  const text = page({ path, ...operation })
  await withFolder({ [`openapi/${path}.md`]: text, 'openapi/index.md': index }, async (folder) => {
    const { documents, findings } = compile(await readDocumentation(folder))
    const [placed] = operationsOf([...documents.values()][0]!)
    result = {
      body: bodySchema(placed!.operation) ?? {},
      data: dataSchema(placed!.operation) ?? {},
      findings: findings
        .filter(({ rule }) => rule !== 'tag-missing')
        .map(({ rule, message }) => `${rule} ${message}`),
    }
  })
  return result!
}

/** Rows below `json`, from rows at the root. */
const json = (...rows: string[]) => [
  '| json | object |',
  ...rows.map((row) => {
    const [name, ...rest] = row.slice(2).split(' | ')
    const attributes = name!.includes('{') ? name!.replace('}', ' data-indent=1}') : `${name} {data-indent=1}`
    return `| ${attributes} | ${rest.join(' | ')}`
  }),
]

test('an amount is in fen by its name and label; a count, a rate and an amount abroad are not', async () => {
  const rows = [
    '| total | integer | 总金额',
    '| refund_amount | number | 退款金额',
    '| total_amount | integer | 总笔数',
    '| count | integer | 付费数量',
    '| settlement_rate | number | 结算汇率',
    '| subsidy | string | 补贴，以元为单位',
  ]
  const response = rows
  const { data } = await compiled('v3/pens', { response })
  const units = (schema: Schema) =>
    Object.entries(schema.properties!).flatMap(([name, own]) =>
      own['x-unit'] ? [`${name} ${own['x-unit']}`] : [],
    )
  assert.equal(units(data), ['total fen', 'refund_amount fen', 'subsidy yuan'])
  const abroad = await compiled('v3/global/pens', { response })
  assert.equal(units(abroad.data), ['subsidy yuan'])
})

test('a number is an integer, unless it can have a fraction', async () => {
  const { data } = await compiled('v3/pens', {
    response: [
      '| total | number | 总金额',
      '| limit | number | 分页大小',
      '| tax_rate | number | 税率',
      '| weight | number | 重量，保留小数点后2位',
      '| price | number | 价格，以元为单位',
    ],
  })
  assert.equal(
    Object.entries(data.properties!).map(([name, { type }]) => `${name} ${type}`),
    ['total integer', 'limit integer', 'tax_rate number', 'weight number', 'price number'],
  )
})

test('a time is RFC 3339 unless the page or the product says otherwise', async () => {
  const response = [
    '| success_time | string | 支付完成时间',
    '| time_expire | string | 交易结束时间',
    '| order_date | string | 订单日期，格式为yyyyMMdd',
    '| begin_day_time | string | 每日开始时间',
    '| time_remark | string | 时间备注',
    '| paid_time | string | 收款成功时间',
  ]
  const formats = ({ data }: { data: Schema }) =>
    Object.entries(data.properties!).map(([name, { format }]) => `${name} ${format ?? '-'}`)
  assert.equal(formats(await compiled('v3/pens', { response })), [
    'success_time date-time',
    'time_expire date-time',
    'order_date yyyyMMdd',
    'begin_day_time -',
    'time_remark -',
    'paid_time date-time',
  ])
  assert.equal(formats(await compiled('v3/payscore/pens', { response })).at(-1), 'paid_time yyyyMMddHHmmss')
})

test('a domestic currency can only be CNY in a request, and anything in a response', async () => {
  const field = '| currency | string | 货币类型'
  const { body, data } = await compiled('v3/pay/pens', { request: json(field), response: [field] })
  assert.equal(body.properties!['currency']!.enum, ['CNY'])
  assert.is(data.properties!['currency']!.enum, undefined)
  const abroad = await compiled('v3/global/pens', { request: json(field) })
  assert.is(abroad.body.properties!['currency']!.enum, undefined)
})

test('the states of an order are closed, whatever the page lists', async () => {
  const { data } = await compiled('v3/pay/pens', {
    response: ['| trade_state | string | 交易状态<br/>`SUCCESS` \\| `REFUND` 枚举值之一'],
  })
  const { enum: closed, 'x-extensible-enum': open } = data.properties!['trade_state']!
  assert.ok(closed?.includes('USERPAYING'))
  assert.is(open, undefined)
})

test('of fields of two modes none is required, and each is reported', async () => {
  const { body, findings } = await compiled('v3/pens', {
    request: json(
      '| mchid {data-required} | string | 商户号',
      '| sp_mchid {data-required} | string | 服务商户号',
      '| transaction_id {data-required} | string | 微信支付订单号',
      '| out_trade_no | string | 商户订单号',
      '| openid {data-required} | string | 用户标识',
    ),
    response: [
      '| transaction_id {data-required} | string | 微信支付订单号',
      '| out_trade_no {data-required} | string | 单号',
    ],
  })
  assert.equal(body.required, ['openid'])
  assert.equal(
    findings.filter((one) => one.startsWith('mode-required')).map((one) => one.split(' ')[1]),
    ['mchid', 'sp_mchid', 'transaction_id'],
  )
  const { data } = await compiled('v3/pens', {
    response: [
      '| transaction_id {data-required} | string | 单号',
      '| out_trade_no {data-required} | string | 单号',
    ],
  })
  assert.equal(data.required, ['transaction_id', 'out_trade_no'], 'a response has both')
})

test.run()
