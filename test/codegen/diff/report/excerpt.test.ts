import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { excerpt } from '../../../../codegen/diff/report/excerpt.ts'
import type { Documents } from '../../../../codegen/diff/review/review.ts'
import type { Document, Schema } from '../../../../codegen/openapi/document.ts'
import { change } from './support/reviews.ts'

const schemaPointer = '/paths/~1v3~1pay/post/requestBody/content/application~1json/schema'

function documents(schema: Schema): Documents {
  const document: Document = {
    openapi: '3.1.0',
    info: { title: 'pay', version: 'v3', license: { name: 'MIT', identifier: 'MIT' } },
    paths: {
      '/v3/pay': {
        post: {
          operationId: 'x',
          requestBody: { required: true, content: { 'application/json': { schema, example: { a: 1 } } } },
          responses: {},
          'x-source': 'pay.md#post',
        },
      },
    },
    components: { schemas: {} },
  }
  return new Map([['pay', document]])
}

const total: Schema = { type: 'object', properties: { total: { type: 'integer', description: '总金额' } } }

test('a property: its schema on both sides and whether it is required', () => {
  const side = { pointer: `${schemaPointer}/properties/total` }
  const rows = excerpt(change({ before: side, after: side }), {
    before: documents(total),
    after: documents({ ...total, required: ['total'] }),
  })
  assert.equal(rows, [['total:', 'total (required):'], '  type: integer', '  description: 总金额'])
})

test('a change within a property shows the property', () => {
  const rows = excerpt(
    change({
      before: { pointer: `${schemaPointer}/properties/total/type` },
      after: { pointer: `${schemaPointer}/properties/total/type` },
    }),
    { before: documents(total), after: documents({ ...total, properties: { total: { type: 'string' } } }) },
  )
  assert.equal(rows[0], 'total:')
  assert.equal(rows[1], ['  type: integer', '  type: string'])
})

test('a property named `properties`', () => {
  const odd: Schema = {
    type: 'object',
    properties: { properties: { type: 'object', properties: { a: { type: 'string' } } } },
  }
  const rows = excerpt(
    change({ after: { pointer: `${schemaPointer}/properties/properties/properties/a` } }),
    {
      before: documents(odd),
      after: documents(odd),
    },
  )
  assert.equal(rows, [
    [null, 'a:'],
    [null, '  type: string'],
  ])
})

test('a change in the body outside its properties shows the body without its example', () => {
  const side = { pointer: `${schemaPointer}/required/0` }
  const rows = excerpt(change({ after: side }), { before: documents(total), after: documents(total) })
  assert.ok(JSON.stringify(rows).includes('content:'))
  assert.not.ok(JSON.stringify(rows).includes('example'))
})

test('a renamed operation: its method and path, and what differs in it', () => {
  const rows = excerpt(
    change({ before: { pointer: '/paths/~1v3~1pay/post' }, after: { pointer: '/paths/~1v3~1new/post' } }),
    { before: documents(total), after: renamed(documents(total), '/v3/pay', '/v3/new') },
  )
  assert.equal(rows[0], ['POST /v3/pay:', 'POST /v3/new:'])
})

function renamed(from: Documents, path: string, to: string): Documents {
  const document = from.get('pay')!
  return new Map([['pay', { ...document, paths: { [to]: document.paths![path]! } }]])
}

test('a change of one line of an operation shows only that line', () => {
  const side = (value: string) => ({ pointer: '/paths/~1v3~1pay/post/summary', value })
  const rows = excerpt(change({ before: side('旧'), after: side('新') }), {
    before: documents(total),
    after: documents({ ...total, required: ['total'] }),
  })
  assert.equal(rows, [['summary: 旧', 'summary: 新']])
})

test('without documents, or with a dangling pointer: the values of the change', () => {
  const one = change({
    before: { pointer: '/nowhere', value: ['A'] },
    after: { pointer: '/x', value: ['A', 'B'] },
  })
  const rows = ['- A', [null, '- B']]
  assert.equal(excerpt(one, undefined), rows)
  assert.equal(excerpt(one, { before: documents(total), after: documents(total) }), rows)
})

test('values are quoted where YAML requires it', () => {
  const one = change({
    after: { pointer: '/x', value: { a: 'true', b: 'x: y', c: 'A_B', d: '', e: '12', f: [] } },
  })
  assert.equal(
    excerpt(one, undefined).map((row) => (row as string[])[1]),
    ['a: "true"', 'b: "x: y"', 'c: A_B', 'd: ""', 'e: "12"', 'f: []'],
  )
})

test('a value that contains itself does not hang', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const rows = excerpt(change({ after: { pointer: '/x', value: circle } }), undefined)
  assert.ok(rows.length < 60)
})

test.run()
