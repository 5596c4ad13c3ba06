import { compare } from '../docs/diagnostics.ts'
import { type Document, methods, type OperationObject, type PathItem, type Schema } from './document.ts'
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

/** A complete document of one product domain, stable in its order: paths by path, methods as OpenAPI lists them. */
export function domainDocument(
  domain: string,
  operations: [path: string, method: string, object: OperationObject][],
  moved: [path: string, target: string][],
): Document {
  const paths: Record<string, PathItem> = {}
  const order = [...operations].sort(
    (a, b) => compare(a[0], b[0]) || methods.indexOf(a[1] as never) - methods.indexOf(b[1] as never),
  )
  for (const [path, target] of moved) order.push([path, '', { 'x-superseded-by': target } as never])
  for (const [path, method, object] of order.sort((a, b) => compare(a[0], b[0]))) {
    paths[path] ??= {}
    if (method === '') Object.assign(paths[path], object)
    else paths[path][method as 'get'] = object
  }
  const tags = [...new Set(operations.flatMap(([, , object]) => object.tags ?? []))].sort(compare)
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
