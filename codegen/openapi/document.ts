import type { OperationExtensions, PathExtensions, SchemaExtensions } from './extensions.ts'

/** The part of OpenAPI 3.1 that the documents use. https://spec.openapis.org/oas/v3.1.1.html */
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

/** The HTTP methods of OpenAPI, in its order. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

export type Method = (typeof methods)[number]

export type PathItem = { [M in Method]?: OperationObject } & PathExtensions

export interface OperationObject extends OperationExtensions {
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
  /** Empty when the request has no Authorization: notifications, and files of another host. */
  security?: []
}

interface Reference {
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

export interface Schema extends SchemaExtensions {
  $ref?: string
  /** The name of one kind of payload, where `oneOf` lists several. */
  title?: string
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
}
