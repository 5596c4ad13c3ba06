/** The part of OpenAPI 3.1 that this project writes. https://spec.openapis.org/oas/v3.1.1.html */
export interface Document {
  openapi: '3.1.0'
  info: { title: string; version: string; license: { name: string; identifier: string } }
  servers?: Server[]
  tags?: { name: string }[]
  security?: Record<string, string[]>[]
  paths?: Record<string, PathItem>
  webhooks?: Record<string, PathItem>
  components: {
    schemas: Record<string, Schema>
    responses?: Record<string, Response>
    securitySchemes?: Record<string, unknown>
  }
}

export interface Server {
  url: string
  description?: string
}

/** HTTP methods in the order in which OpenAPI lists them. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

export type Method = (typeof methods)[number]

export type PathItem = { [M in Method]?: OperationObject } & {
  /** A page that moved: the path which took over. */
  'x-superseded-by'?: string
}

export interface OperationObject {
  operationId: string
  summary?: string
  description?: string
  tags?: string[]
  deprecated?: true
  externalDocs?: { url: string }
  servers?: Server[]
  parameters?: Parameter[]
  requestBody?: { required?: true; content: Record<string, MediaType> }
  responses: Record<string, Response | Reference>
  /** Webhooks are signed by WeChat Pay, not authorised by a merchant. */
  security?: []
  'x-source': string
  'x-mode'?: 'direct' | 'partner' | 'both'
  'x-superseded-by'?: string
  'x-sunset'?: string
  'x-path-aliases'?: string[]
  /** The names in wechatpay-php's chain, where they do not follow from the path. */
  'x-chain'?: string
  'x-unsigned-response'?: true
  'x-signed-part'?: string
  'x-signed-digest'?: string
  /** The field of the body that makes a repetition harmless. */
  'x-idempotency-key'?: string
}

export interface Reference {
  $ref: string
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: true
  description?: string
  schema?: Schema
  content?: Record<string, MediaType>
  example?: unknown
}

export interface MediaType {
  schema: Schema | Reference
  encoding?: Record<string, { contentType: string }>
  example?: unknown
}

export interface Response {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, MediaType>
}

export interface Schema {
  $ref?: string
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array'
  description?: string
  enum?: (string | number)[]
  default?: unknown
  format?: string
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean
  oneOf?: Schema[]
  allOf?: Schema[]
  contentEncoding?: 'base64'
  contentMediaType?: string
  contentSchema?: Schema
  /** `wechatpay`: encrypted by the sender with WeChat Pay's key; `merchant`: decrypted with the merchant's; `apiv3`: by the APIv3 key. */
  'x-encrypted'?: 'wechatpay' | 'merchant' | 'apiv3'
  /** The values known today; more may come. */
  'x-extensible-enum'?: (string | number)[]
  'x-unit'?: 'fen' | 'seconds'
}
