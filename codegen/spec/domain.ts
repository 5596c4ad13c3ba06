import { byCodeUnit } from '../by-code-unit.ts'
import {
  type Document,
  type Method,
  methods,
  type OperationObject,
  type PathItem,
  type Schema,
} from '../openapi/document.ts'
import type { Moved } from './moved.ts'
import { backupHost, defaultHost } from './servers.ts'

/** The error body that every operation answers with. */
export const errorSchema: Schema = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', description: '错误码' },
    message: { type: 'string', description: '错误描述' },
    detail: { description: '错误详情' },
  },
}

/** An operation with its place in the document. */
export interface PlacedObject {
  path: string
  method: Method
  object: OperationObject
}

/** A complete document of one product domain, stable in its order: paths by path, methods as OpenAPI lists them. */
export function domainDocument(domain: string, operations: PlacedObject[], moved: Moved[]): Document {
  const items = new Map<string, PathItem>()
  for (const { from, target } of moved) items.set(from, { 'x-superseded-by': target })
  for (const method of methods) {
    for (const { path, object } of operations.filter((one) => one.method === method)) {
      items.set(path, { ...items.get(path), [method]: object })
    }
  }
  const paths = Object.fromEntries([...items].sort(([a], [b]) => byCodeUnit(a, b)))
  const tags = [...new Set(operations.flatMap(({ object }) => object.tags ?? []))].sort(byCodeUnit)
  return {
    openapi: '3.1.0',
    info: { title: `微信支付 APIv3 ${domain}`, version: 'v3', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [defaultHost, backupHost],
    tags: tags.map((name) => ({ name })),
    security: [{ wechatpay: [] }],
    paths,
    components: {
      schemas: { Error: errorSchema },
      responses: {
        Error: {
          description: '失败',
          headers: { 'Request-ID': { description: '请求的唯一标识', schema: { type: 'string' } } },
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
      securitySchemes: { wechatpay: { type: 'http', scheme: 'WECHATPAY2-SHA256-RSA2048' } },
    },
  }
}
