import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { createBrandClient, paginate as paginateBrand } from '../../../src/brand.ts'
import { pagesOf } from '../../../src/client/pages.ts'
import { createClient, paginate, type SettledEvent, unlisted } from '../../../src/index.ts'
import { startFaulty } from '../../support/faulty.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'
import { mchid, platformSerial, serial } from '../../support/world.ts'

/** Lists page by page, from a raw socket that serves them as the spec says of each operation. */
const merchant = rsaPair()
const platform = rsaPair()
const faulty = await startFaulty({ serial: platformSerial, privateKey: platform.privateKey })
const settled: SettledEvent[] = []
const keys = {
  serial,
  privateKey: merchant.privateKey,
  platform: { [platformSerial]: platform.publicKey },
  baseUrl: faulty.url,
  retry: false as const,
  hooks: { settled: (event: SettledEvent) => settled.push(event) },
}
const client = createClient({ ...keys, mchid })
const brand = createBrandClient({ ...keys, brandId: '130001' })

/** `x-pages` of an operation. */
interface Described {
  by: 'item' | 'page' | 'cursor'
  start: string
  size: string
  items: string
  total?: string
  next?: string
  first?: number
}

const spec = new URL('../../../spec/', import.meta.url)
const operations: [path: string, pages: Described][] = readdirSync(spec)
  .filter((name) => name.endsWith('.yaml') && name !== 'webhooks.yaml')
  .flatMap((name) => {
    const { paths = {} } = parse(readFileSync(new URL(name, spec), 'utf8'))
    return Object.entries<Record<string, Record<string, never>>>(paths).flatMap(
      ([path, { get }]): [string, Described][] => (get?.['x-pages'] ? [[path, get['x-pages']]] : []),
    )
  })

const ofSize = (length: number) => Array.from({ length }, (_, index) => ({ number: index }))
let list = ofSize(0)
/** How many a page has when the request does not say. */
const usual = 4
/** Spoils the data of a page. */
let spoil: (data: Record<string, unknown>, query: URLSearchParams) => object
let queries: URLSearchParams[] = []
let headers: string[][] = []

/** Serves the list as the spec says. An empty page leaves its list out, as some operations do. */
function serve({ by, start, size, items, total, next, first = 0 }: Described): void {
  queries = []
  headers = []
  faulty.fault = ({ socket, answer, seen }) => {
    const query = new URL(seen.path, faulty.url).searchParams
    queries.push(query)
    headers.push(seen.headers)
    const length = Number(query.get(size) ?? usual)
    const at = query.get(start)
    const begin =
      by === 'item'
        ? Number(at ?? 0)
        : by === 'page'
          ? (Number(at ?? first) - first) * length
          : Number(at?.slice(1) ?? 0)
    const page = list.slice(begin, begin + length)
    const end = begin + length
    const data = {
      ...(page.length > 0 && { [items]: page }),
      ...(total && { [total]: list.length }),
      ...(next && end < list.length && { [next]: `c${end}` }),
    }
    socket.end(answer(JSON.stringify(spoil(data, query))))
  }
}

const getOf = (path: string) => (path.startsWith('/brand/') ? brand.GET : client.GET)

/** The items of an operation. */
function items(path: string, query: object = {}, own: object = {}): AsyncIterable<{ number: number }> {
  const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, 'x'])
  const params = { path: Object.fromEntries(variables), query }
  return pagesOf(getOf(path), path, { params, ...own })
}

async function numbers(read: AsyncIterable<{ number: number }>): Promise<number[]> {
  const found: number[] = []
  for await (const { number } of read) {
    found.push(number)
    assert.ok(found.length < 1000, 'it does not end')
  }
  return found
}

const upTo = (length: number) => ofSize(length).map(({ number }) => number)

test.before.each(() => {
  spoil = (data) => data
  settled.length = 0
})
test.after(() => faulty.close())

test('the operations with pages', () => {
  assert.ok(operations.length >= 75, `${operations.length}`)
  const of = (by: string) => operations.filter(([, pages]) => pages.by === by).length
  assert.ok(of('item') > 40 && of('page') > 20 && of('cursor') === 6)
})

for (const [path, pages] of operations) {
  test(`${path}: all items once, in order`, async () => {
    serve(pages)
    for (const [length, size] of [[0], [2 * usual], [2 * usual + 1], [9, 7]] as const) {
      list = ofSize(length)
      queries = []
      const query = size === undefined ? {} : { [pages.size]: size }
      assert.equal(await numbers(items(path, query)), upTo(length), `${length} in pages of ${size}`)
      const each = size ?? usual
      assert.ok(queries.length <= Math.ceil(length / each) + 1, 'no page more than needed')
      if (size !== undefined) assert.ok(queries.every((sent) => sent.get(pages.size) === String(size)))
    }
  })
}

const item: Described = { by: 'item', start: 'offset', size: 'limit', items: 'data', total: 'total_count' }
const guides = '/v3/smartguide/guides'
const stocks = '/v3/marketing/favor/stocks'
const byPage = { ...item, by: 'page' as const }
const coupons = '/brand/marketing/product-coupon/users/{openid}/coupons'
const byCursor = operations.find(([path]) => path === coupons)![1]

test('it begins where the caller says', async () => {
  list = ofSize(10)
  serve(item)
  assert.equal(await numbers(items(guides, { offset: 3, limit: 2, store_id: 1 })), [3, 4, 5, 6, 7, 8, 9])
  assert.equal(
    queries.map(String),
    [3, 5, 7, 9].map((offset) => `offset=${offset}&limit=2&store_id=1`),
  )
  serve(byPage)
  assert.equal(await numbers(items(stocks, { offset: 1, limit: 4 })), [4, 5, 6, 7, 8, 9])
  assert.equal(queries.map(String), ['offset=1&limit=4', 'offset=2&limit=4'])
  serve(byCursor)
  assert.equal(await numbers(items(coupons, { page_token: 'c6' })), [6, 7, 8, 9])
  for (const offset of [10, 50]) {
    serve(item)
    assert.equal(await numbers(items(guides, { offset, limit: 2 })), [])
    assert.is(queries.length, 1)
  }
})

test('pages come one after another as they are read, and break ends them', async () => {
  list = ofSize(100)
  serve(item)
  const read = items(guides)
  assert.is(queries.length, 0, 'none before the first is read')
  for await (const { number } of read) if (number === 5) break
  assert.is(queries.length, 2)
  await new Promise((later) => setTimeout(later, 30))
  assert.is(queries.length, 2)
  for await (const { number } of read) {
    assert.is(number, 0, 'another loop begins anew')
    break
  }
})

test('whole pages', async () => {
  list = ofSize(6)
  serve(item)
  const init = { params: { query: { store_id: 1, limit: 4 } } }
  const totals: (number | undefined)[] = []
  for await (const page of paginate(client.GET, guides, init).pages()) totals.push(page.total_count)
  assert.equal(totals, [6, 6])
  const { GET } = client
  const ids: (string | undefined)[] = []
  for await (const guide of paginate(GET, '/v3/smartguide/guides', init)) ids.push(guide.guide_id)
  assert.is(ids.length, 6)
  serve(byCursor)
  const path = { openid: 'x' }
  const codes: unknown[] = []
  for await (const coupon of paginateBrand(brand.GET, coupons, { params: { path } } as never))
    codes.push(coupon)
  assert.is(codes.length, 6)
})

test('each page is a call with the options of the caller', async () => {
  list = ofSize(6)
  serve(item)
  const own = { headers: { 'X-Own': '1' }, throwOnError: false }
  await numbers(items(guides, { limit: 3 }, own))
  assert.equal(
    settled.map(({ operation, status }) => [operation, status]),
    [1, 2].map(() => [`GET ${guides}`, 200]),
  )
  assert.ok(headers.every((sent) => sent.some((line) => /^x-own: 1$/i.test(line))))
  const signal = AbortSignal.abort(new Error('enough'))
  await numbers(items(guides, {}, { signal })).then(
    () => assert.unreachable(),
    (reason) => assert.is(reason, signal.reason),
  )
})

test('an error of the API throws, after the items before it', async () => {
  list = ofSize(6)
  serve(item)
  const good = faulty.fault
  faulty.fault = (attempt) =>
    queries.length === 0
      ? good(attempt)
      : attempt.socket.end(
          attempt.answer('{"code":"FREQUENCY_LIMITED","message":""}', {
            status: '429 Too Many Requests',
            timestamp: false,
          }),
        )
  const found: number[] = []
  const error = await thrownBy(async () => {
    for await (const { number } of items(guides, { limit: 3 })) found.push(number)
  })
  assert.is(error.name, 'ResponseError')
  assert.match(error.message, 'FREQUENCY_LIMITED')
  assert.equal(found, [0, 1, 2])
})

test('a list does not go on for ever', async () => {
  const never = async (path: string, pages: Described, problem: string | RegExp, query = {}) => {
    serve(pages)
    const error = await thrownBy(() => numbers(items(path, query)))
    assert.is(error.code, 'ERR_RESPONSE_PAGES', error.message)
    assert.match(error.message, problem)
    assert.match(error.message, `GET ${path}: `)
    assert.ok(queries.length <= 12, `${queries.length} requests`)
  }
  list = ofSize(20)
  // The same page again and again.
  spoil = () => ({ data: ofSize(4), total_count: 20 })
  await never(guides, item, 'a page came twice')
  await never(stocks, byPage, 'a page came twice')
  spoil = () => ({ data: ofSize(1) })
  await never(guides, item, 'a page came twice', { limit: 1 })
  // An empty page before the end.
  spoil = (data, query) => (query.has('offset') ? { total_count: 20 } : data)
  await never(guides, item, /a page is empty, although total_count is 20/)
  await never(stocks, byPage, /a page is empty, although total_count is 20/)
  // A cursor that does not move, and cursors in a circle.
  spoil = (data) => ({ ...data, next_page_token: 'c4' })
  await never(coupons, byCursor, 'cursor that was there before')
  spoil = (data, query) => ({ ...data, next_page_token: query.get('page_token') === 'c4' ? 'c8' : 'c4' })
  await never(coupons, byCursor, 'cursor that was there before')
  let count = 0
  spoil = () => ({ next_page_token: `c${++count}` })
  await never(coupons, byCursor, '10 pages in a row are empty')
  // No list at all.
  spoil = () => ({ data: {} })
  await never(guides, item, 'data is not a list')
})

test('an offset that counts items, where the page calls it a page number, is noticed', async () => {
  list = ofSize(20)
  serve(item)
  const error = await thrownBy(() => numbers(items(stocks, { limit: 4 })))
  assert.is(error.code, 'ERR_RESPONSE_PAGES')
  assert.match(error.message, 'pages overlap, so offset counts items, not pages')
})

test('fewer than asked for, since WeChat Pay allows no more', async () => {
  list = ofSize(11)
  serve(item)
  spoil = (data) => {
    const page = data['data'] as unknown[] | undefined
    return { ...data, limit: 3, ...(page && { data: page.slice(0, 3) }) }
  }
  assert.equal(await numbers(items(guides, { limit: 50 })), upTo(11))
  // Without a total, the size that the response names says whether a page is the last.
  const untold = spoil
  spoil = (data, query) => ({ ...untold(data, query), total_count: undefined })
  serve(item)
  assert.equal(await numbers(items(guides, { limit: 50 })), upTo(11))
})

test('an operation without pages, one that is not known, and a function that is not client.GET', async () => {
  serve(item)
  const all = (read: AsyncIterable<unknown>) =>
    thrownBy(async () => {
      for await (const _ of read) assert.unreachable()
    })
  const error = await all(pagesOf(client.GET, '/v3/certificates', {}))
  assert.is(error.name, 'RequestError')
  assert.is(error.message, 'GET /v3/certificates: the operation has no pages. Call client.GET')
  assert.is((await all(pagesOf(client.GET, '/v3/smartguide/guide', {}))).code, 'ERR_OPERATION_UNKNOWN')
  assert.is(queries.length, 0)
  for (const get of [client.POST, client.GET.bind(client), unlisted(client).request, undefined])
    assert.is((await thrownBy(() => pagesOf(get as never, guides, {}))).code, 'ERR_CONFIG')
})

test.run()
