import type { Document, OperationObject, Parameter, Schema } from '../openapi/document.ts'
import type { SettledBy } from '../openapi/extensions.ts'
import { dataSchema, jsonSchema, labelOf, operationsOf, type PlacedOperation } from '../openapi/operations.ts'

// What a query may be called with: numbers of merchants, apps, products and orders. Nothing of these is personal, as the
// value stays on errors, which are logged.
const harmless =
  /^(\w*mchid|\w*appid|(combine_)?out_\w+|\w+_request_no|business_code|merchant_code|transaction_id|order_id|merchant_plan_no|receipt_id|channel_id|service_id|plan_id|brand_id)$/

// After the number in a path: what changes the very thing that the query shows.
const verbs = ['close', 'cancel', 'reverse', 'revoke', 'complete', 'modify', 'sync', 'terminate', 'unlock']

// Here the paths fit, but no page says that the query shows this.
const unsure = new Set(['POST /v3/ecommerce/applyments/submit-account-hosting-applyment'])

/**
 * Adds to each operation that changes something the query that tells what became of it, where one follows from the paths:
 *
 * - the query is below the operation's own path or a part of it: `POST /v3/pay/transactions/jsapi`,
 *   `GET /v3/pay/transactions/out-trade-no/{out_trade_no}`;
 * - it finds by the merchant's own number of the request, and its response repeats that number;
 * - everything else that it requires is in the request, too.
 *
 * Of several, the one with the longest path in common counts, and of two such, none: a wrong query is worse than none. An
 * overlay says what does not follow.
 */
export function addSettlingQueries(document: Document): void {
  const operations = operationsOf(document)
  const queries = operations.filter(({ method }) => method === 'get')
  for (const placed of operations) {
    if (placed.method === 'get' || placed.operation['x-settled-by'] || unsure.has(labelOf(placed))) continue
    const found = settlingQuery(placed, queries)
    if (found) placed.operation['x-settled-by'] = found
  }
}

function settlingQuery(placed: PlacedOperation, queries: PlacedOperation[]): SettledBy | undefined {
  const sources = sourcesOf(placed)
  const found = queries.flatMap((query) =>
    numbersOf(placed).flatMap((number) => {
      const stem = stemOf(query, number)
      if (stem === undefined || !fits(placed, stem) || !repeats(dataSchema(query.operation), number))
        return []
      const parameters = parametersOf(query.operation, number, sources)
      return parameters ? [{ length: stem.length, value: { operation: labelOf(query), parameters } }] : []
    }),
  )
  const longest = Math.max(...found.map(({ length }) => length))
  const [one, ...others] = found.filter(({ length }) => length === longest)
  return others.length === 0 ? one?.value : undefined
}

/** The merchant's own numbers that may name what a request does. */
function numbersOf({ path, operation }: PlacedOperation): string[] {
  const key = operation['x-idempotency-key']
  if (key) return [key]
  const [, variable = '', verb] = /\{(out_\w+|combine_out_\w+)\}(?:\/([\w-]+))?$/.exec(path) ?? []
  if (variable) return verb === undefined || verbs.includes(verb) ? [variable] : []
  // `POST /orders` makes what `GET /orders/{out_order_id}` shows.
  const body = jsonSchema(operation.requestBody?.content)
  return (body?.required ?? []).filter(
    (name) => /^(out_\w+|merchant_plan_no)$/.test(name) && body?.properties?.[name]?.type === 'string',
  )
}

// Without a key of its own, an operation below the query's path may be about something else.
function fits({ path, operation }: PlacedOperation, stem: string): boolean {
  if (!`${path}/`.startsWith(`${stem}/`)) return false
  const rest = path.slice(stem.length + 1)
  const last = rest.split('/').at(-1)!
  return operation['x-idempotency-key'] !== undefined || /^(\{.*\})?$/.test(last) || verbs.includes(last)
}

/** Whether a response has the number, itself or in an object of it. */
function repeats(schema: Schema | undefined, number: string): boolean {
  const properties = Object.values(schema?.properties ?? {})
  return [schema, ...properties].some((one) => one?.properties?.[number] !== undefined)
}

/** The path of a query before the number by which it finds. */
function stemOf({ path, operation }: PlacedOperation, number: string): string | undefined {
  if (operation.parameters?.some((one) => one.in === 'query' && one.name === number)) return path
  if (!path.endsWith(`/{${number}}`)) return undefined
  const segments = path.split('/').slice(0, -1)
  const plain = (text: string) => text.replace(/[-_]/g, '')
  if (plain(number).endsWith(plain(segments.at(-1)!))) segments.pop()
  return segments.join('/')
}

/** Where a request has a value, by its name: in the path, the query or the body. */
function sourcesOf({ operation }: PlacedOperation): Map<string, string> {
  const body: Schema = jsonSchema(operation.requestBody?.content) ?? {}
  return new Map([
    ...Object.entries(body.properties ?? {})
      .filter(([, { type }]) => type === 'string')
      .map(([name]): [string, string] => [name, `$request.body#/${name}`]),
    ...(operation.parameters ?? [])
      .filter((one) => one.in === 'query' || one.in === 'path')
      .map(({ in: place, name }): [string, string] => [name, `$request.${place}.${name}`]),
  ])
}

function parametersOf(
  { parameters = [] }: OperationObject,
  number: string,
  sources: Map<string, string>,
): SettledBy['parameters'] | undefined {
  const found: SettledBy['parameters'] = {}
  for (const parameter of parameters.filter((one) => one.in !== 'header')) {
    const { name } = parameter
    const source = harmless.test(name) ? sources.get(name) : undefined
    // Only the result as a whole is asked for.
    const constant = withoutDetails(parameter)
    if (source !== undefined) found[name] = source
    else if (constant !== undefined) found[name] = constant
    else if (parameter.required) return undefined
  }
  return found[number] === undefined ? undefined : found
}

function withoutDetails({ name, required, schema }: Parameter): false | undefined {
  return required && name === 'need_query_detail' && (schema as Schema | undefined)?.type === 'boolean'
    ? false
    : undefined
}
