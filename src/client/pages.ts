import { RequestError, VerificationError } from '../errors.ts'
import { operationOr } from '../operations/operation.ts'
import type { PageTraits } from '../operations/traits.ts'
import { ownProperties } from '../own.ts'
import { template } from '../url/path.ts'
import { internalsOf } from './internals.ts'
import type { Init } from './prepare.ts'

/** The items of a list that has pages. Each loop over it begins anew. */
export interface Pages<Item, Page> extends AsyncIterable<Item> {
  /** The data of each page instead of its items. */
  pages(): AsyncIterable<Page>
}

/** `client.GET`. */
export type AnyGet = (path: never, init: never) => Promise<unknown>

/** An item of a list. */
export type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never

/** Another page may be empty, but so many in a row never end. */
const emptyPages = 10

/**
 * The pages of a list, requested as they are read.
 *
 * @param get `client.GET`
 * @throws {ConfigError} for another function
 */
export function pagesOf<Item, Page>(get: AnyGet, path: string, init: unknown): Pages<Item, Page> {
  const { call, operations } = internalsOf(get)
  const schemaPath = template(String(path))
  // A copy, as the caller may change it while the pages are read.
  const given: Init = ownProperties((init ?? {}) as Init)
  const { name, traits } = operationOr(operations, 'GET', schemaPath)

  async function* pages(): AsyncGenerator<{ page: Page; items: Item[] }> {
    // One that the client does not know is refused by the call, which names the nearest.
    if (!traits.pages && operations.find('GET', schemaPath)) {
      throw new RequestError('ERR_REQUEST', 'the operation has no pages', {
        operation: name,
        hint: 'Call client.GET',
      })
    }
    const list = new List(traits.pages ?? {}, ownProperties(given.params?.query ?? {}), name)
    do {
      const params = { ...given.params, query: list.query() }
      const page = await call('GET', path, { ...given, params, throwOnError: true })
      yield { page: page as Page, items: list.read(page) as Item[] }
    } while (list.hasMore)
  }

  return {
    async *[Symbol.asyncIterator]() {
      for await (const { items } of pages()) yield* items
    },
    async *pages() {
      for await (const { page } of pages()) yield page
    },
  }
}

type Query = Record<string, unknown>

/** Where a list is, page by page. */
class List {
  hasMore = true
  private readonly traits: PageTraits
  private readonly given: Query
  private readonly operation: string
  private position: unknown
  /** How many items were read, and are before the first of them. */
  private passed: number | undefined
  private readonly cursors = new Set<unknown>()
  private before: readonly unknown[] = []
  private empty = 0

  constructor(traits: PageTraits, given: Query, operation: string) {
    this.traits = traits
    this.given = given
    this.operation = operation
    this.position = given[this.names.start]
    const { by, first = 0 } = traits
    const begin = Number(this.position ?? first)
    if (by !== 'page') this.passed = begin
    else if (begin === first) this.passed = 0
    else if (given[this.names.size] !== undefined)
      this.passed = (begin - first) * Number(given[this.names.size])
  }

  private get names() {
    const { start = 'offset', size = 'limit', items = 'data', total = 'total_count' } = this.traits
    return { start, size, items, total }
  }

  /** The query of the next page. */
  query(): Query {
    return this.position === undefined ? this.given : { ...this.given, [this.names.start]: this.position }
  }

  /** Takes the items of a page, and finds out where the next one begins. */
  read(page: unknown): readonly unknown[] {
    const fields = ownProperties((page ?? {}) as Record<string, unknown>)
    // An empty list is left out of some responses.
    const items = fields[this.names.items] ?? []
    if (!Array.isArray(items)) this.refuse(`${this.names.items} is not a list`)
    this.compare(items, numberOf(fields[this.names.total]) !== undefined)
    if (this.traits.by === 'cursor') this.followCursor(fields, items)
    else this.count(fields, items)
    this.before = items
    return items
  }

  private followCursor(fields: Query, items: readonly unknown[]): void {
    const cursor = fields[this.traits.next ?? 'next_page_token']
    if (this.position !== undefined) this.cursors.add(this.position)
    this.hasMore = typeof cursor === 'string' && cursor !== ''
    if (!this.hasMore) return
    this.empty = items.length === 0 ? this.empty + 1 : 0
    if (this.empty >= emptyPages) this.refuse(`${emptyPages} pages in a row are empty, and name a next one`)
    if (this.cursors.has(cursor)) this.refuse('a page names a cursor that was there before')
    this.position = cursor
  }

  private count(fields: Query, items: readonly unknown[]): void {
    const { by, first = 0 } = this.traits
    const total = numberOf(fields[this.names.total])
    // The response says how many were really given, where the request asked for more than allowed.
    const size = numberOf(fields[this.names.size]) ?? numberOf(this.given[this.names.size])
    const { passed } = this
    this.hasMore = items.length > 0
    if (!this.hasMore) {
      if (total !== undefined && passed !== undefined && passed < total)
        this.refuse(`a page is empty, although ${this.names.total} is ${total}`)
      return
    }
    if (passed !== undefined) this.passed = passed + items.length
    if (total !== undefined && this.passed !== undefined) this.hasMore = this.passed < total
    else if (size !== undefined) this.hasMore = items.length >= size
    this.position = by === 'page' ? Number(this.position ?? first) + 1 : this.passed
  }

  /** Refuses a page that was there before, as from a server that ignores where a page is to begin. */
  private compare(items: readonly unknown[], counted: boolean): void {
    const { before } = this
    // Two items may be alike, and the total ends such a list.
    if (items.length < (counted ? 2 : 1) || before.length === 0) return
    const first = JSON.stringify(items[0])
    if (first === JSON.stringify(before[0]) && JSON.stringify(items) === JSON.stringify(before))
      this.refuse('a page came twice')
    if (this.traits.by === 'page' && before.length > 1 && first === JSON.stringify(before[1]))
      this.refuse(`pages overlap, so ${this.names.start} counts items, not pages`)
  }

  private refuse(problem: string): never {
    throw new VerificationError('ERR_RESPONSE_PAGES', `${problem}, so the list cannot be read to its end`, {
      operation: this.operation,
      hint: 'Call client.GET for each page, and look at what comes',
    })
  }
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
