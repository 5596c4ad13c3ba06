import { byCodeUnit } from '../by-code-unit.ts'
import type { Document, OperationObject, Schema } from '../openapi/document.ts'
import { type Form, formOf } from './form.ts'
import { callableOperations, type PlacedOperation } from './list-operations.ts'
import { bodySchema, dataSchema } from './models.ts'

/** What the run time must know of an operation beside its path; see `templates/operations.ts.hbs`. */
export interface Traits {
  name: string
  unauthorized: boolean
  unsigned: boolean
  file: boolean
  digest: string
  idempotencyKey: string
  servers: string[]
  form: Form | undefined
  places: Places[]
}

interface Places {
  name: 'request' | 'query' | 'response'
  encrypted: string[]
  json: string[]
}

/** The operations that differ from the usual, of all documents, in the order of their names. */
export function traitsOf(documents: Iterable<Document>): Traits[] {
  return [...documents]
    .flatMap((document) => callableOperations(document).map(traits))
    .filter(notable)
    .sort((a, b) => byCodeUnit(a.name, b.name))
}

function traits({ path, method, operation }: PlacedOperation): Traits {
  return {
    name: `${method.toUpperCase()} ${path}`,
    unauthorized: operation.security?.length === 0,
    unsigned: operation['x-unsigned-response'] === true,
    file: answersFile(operation),
    digest: operation['x-signed-digest'] ?? '',
    idempotencyKey: operation['x-idempotency-key'] ?? '',
    servers: ownServers(operation),
    form: formOf(operation),
    places: [
      places('request', bodySchema(operation)),
      places('query', querySchema(operation)),
      places('response', dataSchema(operation)),
    ].filter(({ encrypted, json }) => encrypted.length > 0 || json.length > 0),
  }
}

function notable({ name: _, places, servers, ...rest }: Traits): boolean {
  return places.length > 0 || servers.length > 0 || Object.values(rest).some(Boolean)
}

// The usual two are the client's own default.
function ownServers({ servers = [] }: OperationObject): string[] {
  const urls = servers.map(({ url }) => url)
  return urls[0] === 'https://api.mch.weixin.qq.com' ? [] : urls
}

function answersFile(operation: OperationObject): boolean {
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1]
  const types = success && 'content' in success ? Object.keys(success.content ?? {}) : []
  return types.length > 0 && !types.includes('application/json')
}

function querySchema({ parameters = [] }: OperationObject): Schema {
  const query = parameters.filter((parameter) => parameter.in === 'query')
  return {
    properties: Object.fromEntries(
      query.map(({ name, schema, content }) => {
        const embedded = content?.['application/json']?.schema as Schema | undefined
        return [name, embedded ? { contentSchema: embedded } : (schema ?? {})]
      }),
    ),
  }
}

function places(name: Places['name'], schema: Schema = {}): Places {
  const encrypted = new Set<string>()
  const json = new Set<string>()
  const visit = (at: string, one: Schema) => {
    if (one['x-encrypted'] === 'wechatpay' || one['x-encrypted'] === 'merchant') encrypted.add(at)
    if (one.contentSchema) {
      json.add(at)
      visit(at, one.contentSchema)
    }
    if (one.items) visit(`${at}[]`, one.items)
    for (const branch of [...(one.oneOf ?? []), ...(one.allOf ?? [])]) visit(at, branch)
    for (const [key, value] of Object.entries(one.properties ?? {})) visit(at ? `${at}.${key}` : key, value)
  }
  visit('', schema)
  return { name, encrypted: [...encrypted], json: [...json] }
}
