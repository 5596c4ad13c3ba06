/** The keywords of a JSON Schema that the sandbox reads itself. */
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
  /** Schema of the JSON that the string contains. */
  contentSchema?: Schema
  /** Encrypted on the wire: with WeChat Pay's public key, the merchant's, or the APIv3 key. */
  'x-encrypted'?: 'wechatpay' | 'merchant' | 'apiv3'
  'x-extensible-enum'?: unknown[]
}

/** A parameter of an operation. */
export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required?: boolean
  schema?: Schema
  /** Instead of `schema`: the value is a string of this media type, such as JSON. */
  content?: Content
}

/** Body of a request or response, by media type. */
interface Content {
  [mediaType: string]: { schema?: Schema; example?: unknown }
}

/** One method of one path. */
export interface Operation {
  operationId?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content?: Content }
  responses?: Record<string, { content?: Content }>
  /** An empty list means that the operation needs no Authorization. */
  security?: object[]
  summary?: string
  /** The form part that the signature covers. */
  'x-signed-part'?: string
  /** The 2xx response is not signed. */
  'x-unsigned-response'?: boolean
  /** Header with the digest that is signed instead of the body. */
  'x-signed-digest'?: string
}

/** The parts of a parsed OpenAPI 3.1 document that the sandbox reads. */
export interface Document {
  openapi: string
  servers?: { url: string }[]
  paths?: Record<string, PathItem>
  webhooks?: Record<string, PathItem>
  components?: object
}

/** The operations of a path. */
export type PathItem = { parameters?: Parameter[]; servers?: { url: string }[] } & Partial<
  Record<Verb, Operation>
>

/** HTTP methods of WeChat Pay's operations, spelled as in OpenAPI. */
export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'
