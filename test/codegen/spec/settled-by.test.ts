import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import type { Document, OperationObject, Schema } from '../../../codegen/openapi/document.ts'
import { bodySchema, labelOf, operationsOf } from '../../../codegen/openapi/operations.ts'
import { addSettlingQueries } from '../../../codegen/spec/settled-by.ts'
import { settledBy } from '../../../src/operations/settled-by.ts'
import { traitsOf } from '../../support/table.ts'
import { withoutQuery } from './without-query.ts'

const folder = new URL('../../../spec/', import.meta.url)
const operations = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => operationsOf(parse(readFileSync(new URL(name, folder), 'utf8')) as Document))
const byName = new Map(operations.map((placed) => [labelOf(placed), placed.operation]))

/**
 * What settles each operation that changes something, in full: whoever adds to it has to look whether the query really
 * shows what the operation did. `UPDATE=1` writes it anew.
 */
const golden = new URL('./settled-by.golden.txt', import.meta.url)

const parameters =
  'appid brand_id business_code channel_id combine_out_trade_no fapiao_apply_id mchid ' +
  'merchant_plan_no need_query_detail order_id out_apply_no out_authorization_no out_batch_no ' +
  'out_bill_no out_budget_no out_card_code out_contract_code out_instruction_no out_insurance_no ' +
  'out_order_id out_order_no out_recharge_no out_refund_no out_request_no out_reservation_no ' +
  'out_return_no out_trade_no out_transfer_no plan_id receipt_id service_id sp_mchid sponsor_mchid ' +
  'sub_mchid transaction_id'

function hasAmount(schema: Schema | undefined): boolean {
  if (!schema) return false
  const { properties = {}, items, contentSchema } = schema
  return schema['x-unit'] === 'fen' || [...Object.values(properties), items, contentSchema].some(hasAmount)
}

function movesMoney(method: string, operation: OperationObject): boolean {
  return (
    method !== 'get' && (operation['x-idempotency-key'] !== undefined || hasAmount(bodySchema(operation)))
  )
}

test('every operation that moves money has a query that settles it, or a reason why not', () => {
  const unused = new Set(withoutQuery.keys())
  const lines = [...byName].sort().flatMap(([name, operation]) => {
    const settling = operation['x-settled-by']
    if (settling) {
      const parameters = Object.entries(settling.parameters).map(([one, source]) => `${one}: ${source}`)
      return [`${name}\n  ${settling.operation} { ${parameters.join(', ')} }\n`]
    }
    if (!movesMoney(name.startsWith('GET ') ? 'get' : '', operation)) return []
    const key = operation['x-idempotency-key']
    const reason = withoutQuery.get(name) ?? (key && `no query by ${key}: repeat it with the same number`)
    unused.delete(name)
    assert.ok(reason, `${name} moves money: it needs x-settled-by, or a reason in without-query.ts`)
    return [`${name}\n  none: ${reason}\n`]
  })
  assert.equal([...unused], [], 'reasons for operations that need none')
  if (process.env['UPDATE']) writeFileSync(golden, lines.join(''))
  assert.fixture(lines.join(''), readFileSync(golden, 'utf8'))
})

test('a query is a GET of the same document, with all that it requires, and nothing personal', () => {
  const names = new Set<string>()
  for (const [name, operation] of byName) {
    const settling = operation['x-settled-by']
    if (!settling) continue
    assert.not.match(name, /^GET /)
    assert.match(settling.operation, /^GET /)
    const query = byName.get(settling.operation)
    assert.ok(query, settling.operation)
    const known = (query.parameters ?? []).filter((one) => one.in !== 'header')
    for (const one of known)
      assert.ok(!one.required || one.name in settling.parameters, `${name}: ${one.name}`)
    const body = bodySchema(operation)?.properties ?? {}
    for (const [parameter, source] of Object.entries(settling.parameters)) {
      assert.ok(
        known.some((one) => one.name === parameter),
        `${name}: ${parameter}`,
      )
      names.add(parameter)
      if (typeof source !== 'string') continue
      const [, place, field = ''] = /^\$request\.(body#\/|path\.|query\.)(\w+)$/.exec(source) ?? []
      if (place === 'body#/') {
        assert.is(body[field]?.type, 'string', `${name}: ${source}`)
        assert.is(body[field]?.['x-encrypted'], undefined, `${name}: ${source}`)
      } else {
        assert.ok(
          operation.parameters?.some((one) => one.name === field && `${one.in}.` === place),
          `${name}: ${source}`,
        )
      }
    }
  }
  // They stay on errors, which are logged: look whether a new one is personal.
  assert.is([...names].sort().join(' '), parameters)
})

test('the client reads from its table what the spec says, and fills in what was sent', () => {
  for (const [name, operation] of byName) {
    const settling = operation['x-settled-by']
    if (!settling) continue
    const sent: Record<string, string> = {}
    const path = name.slice(name.indexOf(' ') + 1).replace(/\{(\w+)\}/g, (_, variable: string) => {
      sent[variable] = `${variable}/1`
      return encodeURIComponent(sent[variable])
    })
    const body: Record<string, string> = {}
    const search = new URLSearchParams()
    for (const [parameter, source] of Object.entries(settling.parameters)) {
      if (`${source}`.startsWith('$request.body')) sent[parameter] = body[parameter] = `${parameter} 2`
      else if (typeof source === 'boolean') sent[parameter] = String(source)
    }
    for (const [parameter, source] of Object.entries(settling.parameters)) {
      if (!`${source}`.startsWith('$request.query')) continue
      sent[parameter] = '3'
      search.set(parameter, '3')
    }
    const url = `https://api.mch.weixin.qq.com${path}?${search}`
    const found = settledBy({ name, traits: traitsOf(name) }, { url, body: JSON.stringify(body) })
    assert.is(found?.operation, settling.operation, name)
    const { path: inPath = {}, query = {} } = found!.params
    const expected = Object.keys(settling.parameters).map((one): [string, string] => [one, sent[one]!])
    assert.equal(
      Object.fromEntries(Object.entries({ ...inPath, ...query }).sort()),
      Object.fromEntries(expected.sort()),
    )
  }
})

const number = { name: 'out_trade_no', in: 'path', required: true, schema: { type: 'string' } } as const
function document(paths: Record<string, object>): Document {
  return { openapi: '3.1.0', info: { title: '', version: '' }, components: {}, paths } as unknown as Document
}
const order = (more: object = {}, required = ['out_trade_no']) => ({
  operationId: 'x',
  'x-idempotency-key': 'out_trade_no',
  requestBody: {
    content: {
      'application/json': {
        schema: { required, properties: { out_trade_no: { type: 'string' }, mchid: { type: 'string' } } },
      },
    },
  },
  responses: {},
  ...more,
})
const query = (parameters: object[] = [number], properties: object = { out_trade_no: {} }) => ({
  operationId: 'y',
  parameters,
  responses: { 200: { description: '', content: { 'application/json': { schema: { properties } } } } },
})
function derived(paths: Record<string, object>): unknown {
  const made = document({ '/v3/pay/orders/native': { post: order() }, ...paths })
  addSettlingQueries(made)
  return made.paths!['/v3/pay/orders/native']!.post!['x-settled-by']
}

test('the rule: the query below the same path, by the number of the request', () => {
  assert.equal(derived({ '/v3/pay/orders/out-trade-no/{out_trade_no}': { get: query() } }), {
    operation: 'GET /v3/pay/orders/out-trade-no/{out_trade_no}',
    parameters: { out_trade_no: '$request.body#/out_trade_no' },
  })
  assert.equal(derived({ '/v3/pay/orders': { get: query([{ ...number, in: 'query' }]) } }), {
    operation: 'GET /v3/pay/orders',
    parameters: { out_trade_no: '$request.body#/out_trade_no' },
  })
})

test('the rule names no query that could be another', () => {
  const elsewhere = { '/v3/pay/bills/{out_trade_no}': { get: query() } }
  const silent = { '/v3/pay/orders/{out_trade_no}': { get: query([number], { state: {} }) } }
  const demanding = {
    '/v3/pay/orders/{out_trade_no}': { get: query([number, { name: 'store', in: 'query', required: true }]) },
  }
  const personal = {
    '/v3/pay/orders/{out_trade_no}': {
      get: query([number, { name: 'openid', in: 'query', required: true }]),
    },
  }
  const two = {
    '/v3/pay/orders/{out_trade_no}': { get: query() },
    '/v3/pay/orders/out-trade-no/{out_trade_no}': { get: query() },
  }
  const details = { '/v3/pay/orders/{out_trade_no}/details': { get: query() } }
  for (const paths of [elsewhere, silent, demanding, personal, two, details])
    assert.is(derived(paths), undefined, Object.keys(paths)[0]!)
})

test('what an overlay says is kept', () => {
  const given = { operation: 'GET /v3/other', parameters: {} }
  const made = document({
    '/v3/pay/orders': { post: order({ 'x-settled-by': given }) },
    '/v3/pay/orders/{out_trade_no}': { get: query() },
  })
  addSettlingQueries(made)
  assert.equal(made.paths!['/v3/pay/orders']!.post!['x-settled-by'], given)
})

test.run()
