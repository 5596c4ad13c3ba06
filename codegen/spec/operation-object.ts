import type { Field } from '../docs/field.ts'
import { type IndexEntry, pageOf } from '../docs/index-page.ts'
import type { Operation } from '../docs/operation-page.ts'
import { chainNames } from '../openapi/chain-name.ts'
import type { MediaType, OperationObject, Parameter, Response, Server } from '../openapi/document.ts'
import { operationName } from '../openapi/operation-name.ts'
import { jsonSchema, labelOf } from '../openapi/operations.ts'
import type { Context } from './context.ts'
import { backupHost, defaultHost } from './domain.ts'
import { idempotencyKey } from './idempotency.ts'
import { loosenModes } from './modes.ts'
import { pagesOf } from './pages.ts'
import { description, fieldSchema, objectSchema } from './schema-object.ts'
import { closeStates } from './states.ts'

/** What an operation object needs from the other pages. */
export interface Surroundings extends Context {
  /** The entry of an operation in the index page. */
  entryOf(operation: Operation): IndexEntry | undefined
  /** The operation that a page and fragment document, as `POST /v3/…`. */
  operationAt(page: string): string | undefined
}

/** The OpenAPI operation of a page's operation. */
export function operationObject(operation: Operation, context: Surroundings): OperationObject {
  const anchored = `${operation.file}#${operation.method}`
  const entry = context.entryOf(operation)
  const object: OperationObject = {
    operationId: operationName(operation.method, operation.path),
    summary: operation.title,
    ...(context.descriptions === 'full' &&
      operation.description !== '' && { description: operation.description }),
    tags: [entry?.group ?? operation.domain],
    ...lifecycle(operation, context),
    ...(operation.links[0] && { externalDocs: { url: operation.links[0] } }),
    ...(operation.endpoint && { servers: servers(operation) }),
    ...parameters(operation, context),
    ...requestBody(operation, context),
    responses: {
      [operation.response.status]: response(operation, context),
      default: { $ref: '#/components/responses/Error' },
    },
    'x-source': anchored,
  }
  if (entry) object['x-mode'] = entry.mode
  else context.report('tag-missing', operation, 'the index page does not list the operation')
  if (operation.sample?.unverified) object['x-unsigned-response'] = true
  const signed = operation.multipart?.children.find((field) => field.embedded)
  if (signed) object['x-signed-part'] = signed.name
  const key = idempotencyKey(labelOf(operation), jsonSchema(object.requestBody?.content))
  if (key) object['x-idempotency-key'] = key
  const pages = operation.method === 'get' && pagesOf(object)
  if (pages) object['x-pages'] = pages
  const chain = ownChain(operation)
  if (chain) object['x-chain'] = chain
  return object
}

// The chain of the sample, if a name in it does not follow from the path.
function ownChain({ path, sample }: Operation): string | undefined {
  const names = chainNames(path)
  const chain = sample?.chain
  if (!chain || chain.length !== names.length || chain.every((name, index) => name === names[index]))
    return undefined
  return chain.join('.')
}

// Boxes above a table say that the operation went offline, or that another one replaces it.
function lifecycle(operation: Operation, context: Surroundings): Partial<OperationObject> {
  const said: Partial<OperationObject> = {}
  for (const notice of operation.notices) {
    const replaced = notice.name.includes('im-redesigned')
    if (!replaced && !notice.name.includes('im-deprecated')) continue
    said.deprecated = true
    const date = /(\d{4})\.(\d{2})\.(\d{2})/.exec(notice.text)
    if (date && !replaced) said['x-sunset'] = date.slice(1).join('-')
    const successor = notice.links
      .map((link) => context.operationAt(pageOf(decodeURI(link))))
      .find((found) => found)
    if (successor) said['x-superseded-by'] = successor
  }
  return said
}

function servers({ endpoint }: Operation): Server[] {
  const own = { url: endpoint!.origin }
  if (endpoint!.origin === defaultHost.url) return [defaultHost, backupHost]
  return endpoint!.required ? [own] : [own, defaultHost]
}

function parameters(operation: Operation, context: Context): { parameters?: Parameter[] } {
  const { variables, query, headers } = operation.example
  const all = [
    ...operation.variables.map((field) => parameter(field, 'path', variables, context)),
    ...loosenModes(operation.query, context).map((field) => parameter(field, 'query', query, context)),
    ...operation.headers.map((field) => parameter(field, 'header', headers, context)),
  ]
  return all.length > 0 ? { parameters: all } : {}
}

function parameter(
  field: Field,
  place: Parameter['in'],
  values: Record<string, unknown> | undefined,
  context: Context,
): Parameter {
  const made: Parameter = { name: field.name, in: place }
  // Without encrypted values it may be left out, though the pages of 115 operations mark it as required.
  const demanded = field.required && field.name !== 'Wechatpay-Serial'
  if (demanded || place === 'path') made.required = true
  Object.assign(made, description(field.description, context))
  const { description: _, ...schema } = fieldSchema(field, 'request', context)
  const example = values?.[field.name]
  if (field.embedded) {
    made.content = { 'application/json': { schema: schema.contentSchema! } }
    if (typeof example === 'string' && example !== '')
      made.content['application/json']!.example = JSON.parse(example)
  } else {
    made.schema = schema
    if (example !== undefined && example !== '') made.example = example
  }
  return made
}

function requestBody(operation: Operation, context: Context): Pick<OperationObject, 'requestBody'> {
  if (operation.multipart)
    return { requestBody: { required: true, content: multipart(operation.multipart, context) } }
  if (!operation.json) return {}
  const media: MediaType = { schema: objectSchema(operation.json.children, 'request', context) }
  if (operation.example.json !== undefined) media.example = operation.example.json
  return { requestBody: { required: true, content: { 'application/json': media } } }
}

// Parts are files, except the one with embedded JSON, which alone is signed.
function multipart(body: Field, context: Context): Record<string, MediaType> {
  const schema = objectSchema([], 'request', context)
  const required = loosenModes(body.children, context)
    .filter((field) => field.required)
    .map((field) => field.name)
  if (required.length > 0) schema.required = required
  const encoding: MediaType['encoding'] = {}
  for (const field of body.children) {
    const label = description(field.description, context)
    if (field.embedded) {
      schema.properties![field.name] = { ...label, ...objectSchema(field.embedded, 'request', context) }
      encoding[field.name] = { contentType: 'application/json' }
    } else {
      schema.properties![field.name] = {
        type: 'string',
        ...label,
        contentMediaType: 'application/octet-stream',
      }
    }
  }
  return { 'multipart/form-data': { schema, ...(Object.keys(encoding).length > 0 && { encoding }) } }
}

const statusTexts: Record<number, string> = { 200: '成功', 202: '已受理', 204: '成功，无返回内容' }

function response(operation: Operation, context: Context): Response {
  const { response: shape } = operation
  const made: Response = { description: statusTexts[shape.status] ?? '成功' }
  if (shape.kind === 'json') {
    const schema = objectSchema(shape.fields, 'response', context)
    closeStates(schema, context.place)
    made.content = { 'application/json': { schema } }
  }
  // A file may have any bytes, so no schema keyword applies.
  if (shape.kind === 'stream') made.content = { [shape.mediaType]: { schema: {} } }
  return made
}
