import type { Document, OperationObject, Schema } from '../openapi/document.ts'
import type { PagesExtension } from '../openapi/extensions.ts'
import { bodySchema, dataSchema, jsonSchema, type PlacedOperation, successOf } from '../openapi/operations.ts'
import { fieldPlaces } from './field-places.ts'
import { formOf } from './form.ts'
import { settledBy } from './settled-by.ts'

/**
 * The facts about an operation that the runtime needs, by the name of their member in `Traits` of
 * `src/operations/traits.ts`. One is undefined where the operation is like most others.
 */
const traits: Readonly<
  Record<string, (operation: OperationObject, document: Document, path: string) => unknown>
> = {
  unauthorized: ({ security }) => security?.length === 0 || undefined,
  unsigned: (operation) => operation['x-unsigned-response'],
  file: holdsFile,
  digest: (operation) => operation['x-signed-digest'],
  idempotencyKey: (operation) => operation['x-idempotency-key'],
  settledBy,
  pages: ({ 'x-pages': pages }) => pages && unusual(pages),
  servers: ownServers,
  form: formOf,
  request: (operation) => fieldPlaces(bodySchema(operation)),
  query: (operation) => fieldPlaces(querySchema(operation)),
  response: (operation) => fieldPlaces(dataSchema(operation)),
}

/** How an operation differs from most others. */
export function traitsOf({ path, operation }: PlacedOperation, document: Document): object {
  return Object.fromEntries(
    Object.entries(traits).flatMap(([name, of]) => {
      const value = of(operation, document, path)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** What is not as in most operations; `src/operations/traits.ts` has the same defaults. */
function unusual({ by, start, size, items, total = '', ...rest }: PagesExtension): object {
  return {
    ...(by !== 'item' && { by }),
    ...(start !== 'offset' && { start }),
    ...(size !== 'limit' && { size }),
    ...(items !== 'data' && { items }),
    ...(total !== 'total_count' && { total }),
    ...rest,
  }
}

// An operation that has the document's first server first is reached as any other.
function ownServers({ servers }: OperationObject, document: Document): string[] | undefined {
  const urls = servers?.map(({ url }) => url)
  return urls?.[0] === document.servers?.[0]?.url ? undefined : urls
}

function holdsFile(operation: OperationObject): true | undefined {
  const types = Object.keys(successOf(operation)?.content ?? {})
  return (types.length > 0 && !types.includes('application/json')) || undefined
}

function querySchema({ parameters = [] }: OperationObject): Schema {
  const query = parameters.filter((parameter) => parameter.in === 'query')
  return {
    properties: Object.fromEntries(
      query.map(({ name, schema = {}, content }) => {
        const embedded = jsonSchema(content)
        return [name, embedded ? { contentSchema: embedded } : schema]
      }),
    ),
  }
}
