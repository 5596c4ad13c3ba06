import type { OperationObject } from '../openapi/document.ts'
import type { PagesExtension } from '../openapi/extensions.ts'
import { dataSchema } from '../openapi/operations.ts'

// The names that the pages have for these parameters and fields, in the order in which one is looked for.
const starts = ['page_token', 'page_index', 'offset']
const sizes = ['limit', 'count', 'page_size']
const totals = ['total_count', 'total_num']
const next = 'next_page_token'

/**
 * How the list of a GET is read page by page; undefined for an operation that returns no list, or the whole one.
 *
 * An `offset` counts items, unless its label calls it a page number (分页页码): the official SDKs of the coupon operations
 * say of such a one that the first page is 0. `page_index` begins with 1, as its samples do.
 */
export function pagesOf(operation: OperationObject): PagesExtension | undefined {
  const query = (operation.parameters ?? []).filter(({ in: place }) => place === 'query')
  const named = (names: readonly string[]) =>
    names.map((name) => query.find((one) => one.name === name)).find((found) => found !== undefined)
  const start = named(starts)
  const size = named(sizes)
  const { properties = {} } = dataSchema(operation) ?? {}
  const lists = Object.keys(properties).filter((name) => properties[name]!.type === 'array')
  const items = lists.includes('data') ? 'data' : lists.length === 1 ? lists[0] : undefined
  if (!start || !size || items === undefined) return undefined
  const total = totals.find((name) => name in properties)
  const common = { start: start.name, size: size.name, items, ...(total && { total }) }
  if (start.name === 'page_token') return next in properties ? { by: 'cursor', ...common, next } : undefined
  if (start.name === 'page_index') return { by: 'page', ...common, first: 1 }
  return start.description?.includes('页码') ? { by: 'page', ...common } : { by: 'item', ...common }
}
