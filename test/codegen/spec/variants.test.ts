import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Document } from '../../../codegen/openapi/document.ts'
import { applyOverlays } from '../../../codegen/spec/overlay.ts'
import { readOverlay } from '../../../codegen/spec/overlay-read.ts'
import { expandVariants } from '../../../codegen/spec/variants.ts'

const merged = {
  type: 'object',
  required: ['out_trade_no'],
  properties: {
    out_trade_no: { type: 'string' },
    state: { type: 'string', 'x-extensible-enum': ['A', 'B'] },
    amount: { type: 'object', required: ['currency'], properties: { total: {}, currency: {} } },
    orders: { type: 'array', items: { type: 'object', properties: { no: {}, state: {} } } },
  },
}

function expanded(...variants: object[]) {
  const document = { components: { schemas: { One: merged } } }
  const documents = new Map([['webhooks', document as unknown as Document]])
  const overlay = [
    'overlay: 1.0.0',
    'info: { title: Kinds, version: 1.0.0 }',
    'extends: ../webhooks.yaml',
    'actions:',
    '  - target: $.components.schemas.One',
    '    description: Evidence of the kinds, in words.',
    `    update: { x-variants: ${JSON.stringify(variants)} }`,
  ].join('\n')
  const { overlays, findings } = readOverlay('overlays/kinds.yaml', overlay)
  assert.equal(findings, [])
  assert.equal(applyOverlays(documents, overlays), [])
  const found = expandVariants(documents, overlays)
  const result = documents.get('webhooks') as unknown as { components: { schemas: { One: unknown } } }
  return { schema: result.components.schemas.One, messages: found.map(({ message }) => message), found }
}

const order = {
  title: 'Order',
  description: 'an order',
  required: ['out_trade_no', 'amount', 'amount.total'],
  optional: ['state'],
  values: { state: ['A'] },
}
const combined = { title: 'Combined', description: 'several', required: ['orders', 'orders.no'] }

test('each kind has its own fields, required fields and values, at any depth', () => {
  const { schema, messages } = expanded(order, combined)
  assert.equal(messages, [])
  assert.equal(schema, {
    oneOf: [
      {
        title: 'Order',
        type: 'object',
        description: 'an order',
        required: ['out_trade_no', 'amount'],
        properties: {
          out_trade_no: { type: 'string' },
          state: { type: 'string', enum: ['A'] },
          amount: { type: 'object', required: ['total'], properties: { total: {}, currency: {} } },
        },
      },
      {
        title: 'Combined',
        type: 'object',
        description: 'several',
        required: ['orders'],
        properties: {
          orders: {
            type: 'array',
            items: { type: 'object', required: ['no'], properties: { no: {}, state: {} } },
          },
        },
      },
    ],
  })
})

test('a field of the page that no kind has is reported at the action, so that a new one is not lost', () => {
  const { found, messages } = expanded(order)
  assert.equal(messages, ['no variant has orders: add it to those that send it'])
  assert.equal(
    found.map(({ rule, file, line }) => [rule, file, line]),
    [['overlay-variants', 'overlays/kinds.yaml', 5]],
  )
})

test('a field that the page lacks is reported, at any depth', () => {
  const { messages } = expanded(order, {
    ...combined,
    optional: ['gone'],
    required: ['orders', 'orders.gone'],
    values: { 'orders.state.gone': ['A'] },
  })
  assert.equal(messages, [
    'the table has no gone, which Combined lists',
    'the table has no orders.gone, which Combined lists',
    'the table has no orders.state.gone, which Combined lists',
  ])
})

test.run()
