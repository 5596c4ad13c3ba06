import { byCodeUnit, byKey } from '../by-code-unit.ts'
import { type Document, methods, type PathItem, type Schema, type Server } from '../openapi/document.ts'
import type { PlacedOperation } from '../openapi/operations.ts'
import type { Moved } from './moved.ts'

/** https://pay.weixin.qq.com/doc/v3/merchant/4012081606 */
export const defaultHost: Server = { url: 'https://api.mch.weixin.qq.com', description: '主域名' }

/** The host to use when the default one does not respond. */
export const backupHost: Server = { url: 'https://api2.mch.weixin.qq.com', description: '备域名' }

/** The body of every error response. */
const errorSchema: Schema = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', description: '错误码' },
    message: { type: 'string', description: '错误描述' },
    detail: { description: '错误详情' },
  },
}

/** The document of one product domain: paths in the order of their names, methods in the order of OpenAPI. */
export function domainDocument(domain: string, operations: PlacedOperation[], moved: Moved[]): Document {
  const items = new Map<string, PathItem>()
  for (const { from, target } of moved) items.set(from, { 'x-superseded-by': target })
  for (const method of methods) {
    for (const { path, operation } of operations.filter((one) => one.method === method)) {
      items.set(path, { ...items.get(path), [method]: operation })
    }
  }
  const paths = Object.fromEntries([...items].sort(byKey))
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags ?? []))].sort(byCodeUnit)
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
