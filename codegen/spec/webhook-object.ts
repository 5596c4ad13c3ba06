import { byKey } from '../by-code-unit.ts'
import type { Field } from '../docs/field.ts'
import type { Notification } from '../docs/notification-page.ts'
import type { Document, OperationObject, Parameter, Schema } from '../openapi/document.ts'
import { pascal } from '../openapi/pascal.ts'
import type { Context } from './context.ts'
import { objectSchema } from './schema-object.ts'

/** The name of the document with the notifications. */
export const webhooksName = 'webhooks'

/** The body of every notification. The content of `resource.ciphertext` differs by event. */
const envelope: Schema = {
  type: 'object',
  required: ['id', 'create_time', 'event_type', 'resource_type', 'summary', 'resource'],
  properties: {
    id: { type: 'string', description: '通知的唯一ID' },
    create_time: { type: 'string', description: '通知创建的时间' },
    event_type: { type: 'string', description: '通知的类型' },
    resource_type: { type: 'string', description: '通知的资源数据类型' },
    summary: { type: 'string', description: '回调摘要' },
    resource: {
      type: 'object',
      description: '通知资源数据',
      required: ['original_type', 'algorithm', 'nonce', 'ciphertext'],
      properties: {
        original_type: { type: 'string', description: '原始回调类型' },
        algorithm: {
          type: 'string',
          description: '对数据进行加密的加密算法',
          'x-extensible-enum': ['AEAD_AES_256_GCM'],
        },
        associated_data: { type: 'string', description: '数据加密的附加数据' },
        nonce: { type: 'string', description: '加密使用的随机串' },
        ciphertext: {
          type: 'string',
          description: '加密后的密文数据',
          contentEncoding: 'base64',
          'x-encrypted': 'apiv3',
        },
      },
    },
  },
}

const signatureHeaders = [
  ['Request-ID', '通知的唯一标识'],
  ['Wechatpay-Nonce', '数据签名使用的随机串'],
  ['Wechatpay-Serial', '微信支付公钥ID/平台证书序列号'],
  ['Wechatpay-Signature', '签名串'],
  ['Wechatpay-Signature-Type', '签名算法'],
  ['Wechatpay-Timestamp', '时间戳'],
] as const

/** The document of all notifications, in the order of their events. */
export function webhooksDocument(operations: [event: string, object: OperationObject][]): Document {
  const sorted = [...operations].sort(byKey)
  return {
    openapi: '3.1.0',
    info: { title: '微信支付 APIv3 回调通知', version: 'v3', license: { name: 'MIT', identifier: 'MIT' } },
    webhooks: Object.fromEntries(sorted.map(([event, object]) => [event, { post: object }])),
    components: { schemas: { Notification: envelope } },
  }
}

/** The name of a notification, and prefix of its types. */
export function notificationId(event: string): string {
  return `${pascal(event.toLowerCase())}Notification`
}

/** The OpenAPI operation of a notification, which is on the merchant's server. */
export function webhookObject(notification: Notification, context: Context): OperationObject {
  return {
    operationId: notificationId(notification.event),
    summary: notification.title,
    ...(context.descriptions === 'full' &&
      notification.description !== '' && { description: notification.description }),
    security: [],
    ...(notification.links[0] && { externalDocs: { url: notification.links[0] } }),
    parameters: signatureHeaders.map(
      ([name, text]): Parameter => ({
        name,
        in: 'header',
        required: true,
        description: text,
        schema: { type: 'string' },
      }),
    ),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { allOf: [{ $ref: '#/components/schemas/Notification' }, details(notification, context)] },
        },
      },
    },
    responses: reply(notification, context),
    'x-source': `${notification.file}#post`,
  }
}

// What an event adds to the envelope: its type, its original type, and the plaintext.
function details(notification: Notification, context: Context): Schema {
  const type = notification.body.find((field) => field.name === 'event_type')
  const resource = notification.body.find((field) => field.name === 'resource')?.children ?? []
  const original = resource.find((field) => field.name === 'original_type')
  const properties: Record<string, Schema> = {
    event_type: { enum: type?.description.values ?? [notification.event] },
  }
  const inner: Record<string, Schema> = {}
  if (original?.description.values)
    inner['original_type'] = { 'x-extensible-enum': original.description.values }
  const content = notification.plaintexts.map((fields) => plaintext(fields, notification, context))
  inner['ciphertext'] = {
    contentMediaType: 'application/json',
    contentSchema:
      content.length === 1 ? content[0]! : content.length > 1 ? { oneOf: content } : { type: 'object' },
  }
  properties['resource'] = { properties: inner }
  return { properties }
}

// A table of several payloads marks fields as required that only one of them has.
function plaintext(fields: Field[], notification: Notification, context: Context): Schema {
  const merged = notification.variants.length > 0
  return objectSchema(merged ? fields.map(optional) : fields, 'response', context)
}

function optional(field: Field): Field {
  return { ...field, required: false, children: field.children.map(optional) }
}

function reply(notification: Notification, context: Context): OperationObject['responses'] {
  const body = notification.reply
  const failure = body.length > 0 ? objectSchema(body, 'request', context) : undefined
  const label = (text: string) => ({
    description: text,
    ...(failure && { content: { 'application/json': { schema: failure } } }),
  })
  return { '200': label('已收到'), default: label('未处理，微信支付会再次通知') }
}
