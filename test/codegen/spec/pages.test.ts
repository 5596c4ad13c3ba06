import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { pagesOf } from '../../../codegen/spec/pages.ts'

/** Which GET returns a list page by page, and how, as far as its parameters and its response say. */
const operation = (query: Record<string, string>, fields: Record<string, string>) =>
  pagesOf({
    parameters: Object.entries(query).map(([name, description]) => ({ name, in: 'query', description })),
    responses: {
      200: {
        description: '',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type }])),
            },
          },
        },
      },
    },
  } as never)

test('an offset counts items, unless its label calls it a page number', () => {
  const fields = { data: 'array', total_count: 'integer' }
  const common = { start: 'offset', size: 'limit', items: 'data', total: 'total_count' }
  assert.equal(operation({ offset: '请求资源起始位置', limit: '' }, fields), { by: 'item', ...common })
  assert.equal(operation({ offset: '分页页码', limit: '' }, fields), { by: 'page', ...common })
})

test('a page index begins with 1, and a cursor needs the next one', () => {
  assert.equal(operation({ page_index: '页码', page_size: '' }, { list: 'array', total_num: 'integer' }), {
    by: 'page',
    start: 'page_index',
    size: 'page_size',
    items: 'list',
    total: 'total_num',
    first: 1,
  })
  const cursor = { page_token: '', page_size: '' }
  assert.equal(operation(cursor, { list: 'array', next_page_token: 'string' }), {
    by: 'cursor',
    start: 'page_token',
    size: 'page_size',
    items: 'list',
    next: 'next_page_token',
  })
  assert.is(operation(cursor, { list: 'array' }), undefined)
})

test('the list is data, or the only one there is', () => {
  const query = { offset: '', count: '' }
  assert.is(operation(query, { others: 'array', data: 'array' })?.items, 'data')
  assert.is(operation(query, { others: 'array', more: 'array' }), undefined)
  assert.is(operation(query, { data: 'object' }), undefined)
})

test('no pages without a place to begin or a size', () => {
  assert.is(operation({ offset: '' }, { data: 'array' }), undefined)
  assert.is(operation({ limit: '' }, { data: 'array' }), undefined)
  assert.is(operation({}, { data: 'array' }), undefined)
})

test.run()
