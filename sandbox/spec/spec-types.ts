/** A JSON Schema, as far as the sandbox looks into one. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  default?: unknown
  example?: unknown
  examples?: unknown[]
  enum?: unknown[]
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  minItems?: number
  minimum?: number
  minLength?: number
  maxLength?: number
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  description?: string
  required?: string[]
  contentMediaType?: string
  /** The text is JSON of this shape. */
  contentSchema?: Schema
  /** Encrypted on the wire, with a key of this party. */
  'x-encrypted'?: 'wechatpay' | 'merchant' | 'apiv3'
  'x-extensible-enum'?: unknown[]
}

/** A parameter of an operation. */
export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required?: boolean
  schema?: Schema
  /** In place of `schema`: the value is a text of this type, JSON for one. */
  content?: Content
}

/** A request's or a response's body, by media type. */
export interface Content {
  [mediaType: string]: { schema?: Schema; example?: unknown }
}

/** One method of one path. */
export interface Operation {
  operationId?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content?: Content }
  responses?: Record<string, { content?: Content }>
  /** An empty list: no Authorization is wanted. */
  security?: object[]
  summary?: string
  /** The part of a form whose text is signed. */
  'x-signed-part'?: string
  /** The 2xx carries no signature. */
  'x-unsigned-response'?: boolean
  /** The header with the digest that is signed in the body's place. */
  'x-signed-digest'?: string
}

/** An OpenAPI 3.1 document, parsed, as far as the sandbox looks into one. */
export interface Document {
  openapi: string
  servers?: { url: string }[]
  paths?: Record<string, PathItem>
  webhooks?: Record<string, PathItem>
  components?: object
}

/** What a path offers. */
export type PathItem = { parameters?: Parameter[]; servers?: { url: string }[] } & Partial<
  Record<Verb, Operation>
>

/** OpenAPI's names of the methods that WeChat Pay uses. */
export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Follows a local `$ref`, `#/components/schemas/…`, to what it means. */
export function dereference<T extends object>(document: Document, node: T): T {
  let found: unknown = node
  for (let depth = 0; isObject(found) && typeof found['$ref'] === 'string' && depth < 20; depth++) {
    const tokens = found['$ref'].replace(/^#\/?/, '').split('/')
    found = tokens.reduce<unknown>(
      (at, token) =>
        isObject(at) ? at[decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')] : undefined,
      document,
    )
  }
  return (found ?? {}) as T
}

/** Is it an object that is not an array? */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
