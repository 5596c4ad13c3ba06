import { randomUUID } from 'node:crypto'
import type { Account } from '../keys/accounts.ts'
import { encryptWithApiV3Key } from '../keys/apiv3-key.ts'
import type { Keyring } from '../keys/keyring.ts'
import { encryptFor } from '../keys/oaep-fields.ts'
import { schemeOf } from '../keys/signature-scheme.ts'
import { chinaTime } from '../respond/china-time.ts'
import { sampleValue } from '../respond/sample-value.ts'
import { type SignatureOptions, signatureHeaders } from '../respond/sign-response.ts'
import { dereference } from '../spec/dereference.ts'
import type { Document, Schema } from '../spec/spec-types.ts'
import { visitFields } from '../spec/visit-fields.ts'

/** Options of {@link Sandbox.notification}. */
export interface NotificationOptions extends SignatureOptions {
  /** The resource, before encryption; made from the schema by default. */
  resource?: unknown
  /** Id of the notification; a new one by default. */
  id?: string
  /** The receiver, by merchant number or brand id; the first account with an APIv3 key by default. */
  account?: string
  summary?: string
  originalType?: string
  associatedData?: string
}

/** A notification, ready to send: `new Request(url, { method: 'POST', ...notification })`. */
export interface Notification {
  headers: Record<string, string>
  /** The signed text. */
  body: string
}

/**
 * Creates a notification, with its resource encrypted with the account's APIv3 key and its body signed.
 *
 * @param webhooks the document whose `webhooks` describe the resources
 * @throws {RangeError} for an event that the document does not have, unless `options.resource` is set
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function createNotification(
  eventType: string,
  options: NotificationOptions,
  account: Account,
  webhooks: Document,
  keys: Keyring,
  now: () => number,
): Notification {
  const { apiV3Key } = account
  if (!apiV3Key) throw new RangeError('notification: the account needs an `apiV3Key`')
  const event = eventResource(webhooks, eventType)
  if (!event && options.resource === undefined) {
    throw new RangeError(`notification: no event is named ${eventType}; check the name or pass \`resource\``)
  }
  const { schema = {}, originalType = 'resource', summary = eventType } = event ?? {}
  const resource = visitFields(webhooks, schema, options.resource ?? sampleValue(webhooks, schema), '', {
    encrypted: (text) => encryptFor(account, text),
    embedded: (text, _pointer, _schema, visitInner) => JSON.stringify(visitInner(JSON.parse(text))),
  })
  const resourceType = options.originalType ?? originalType
  const body = JSON.stringify({
    id: options.id ?? randomUUID(),
    create_time: chinaTime(new Date(now())),
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: options.summary ?? summary,
    resource: {
      original_type: resourceType,
      ...encryptWithApiV3Key(apiV3Key, JSON.stringify(resource), options.associatedData ?? resourceType),
    },
  })
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'Mozilla/4.0',
    'Request-ID': randomUUID(),
    ...signatureHeaders(Buffer.from(body), keys, now, { ...signatureFor(account, keys), ...options }),
  }
  return { headers, body }
}

function signatureFor(account: Account, keys: Keyring): SignatureOptions {
  const serial = 'mchid' in account ? undefined : keys.publicKey()?.serial
  return { type: schemeOf(account), ...(serial !== undefined && { serial }) }
}

interface EventResource {
  schema: Schema
  originalType?: string
  summary?: string
}

/** The documented resource of an event, as it is inside the ciphertext. */
function eventResource(webhooks: Document, eventType: string): EventResource | undefined {
  const all = webhooks.webhooks ?? {}
  const operation = Object.hasOwn(all, eventType) ? all[eventType]?.post : undefined
  const requestBody = operation?.requestBody && dereference(webhooks, operation.requestBody)
  const body = requestBody?.content?.['application/json']?.schema
  if (!body) return undefined
  const parts = [body, ...(body.allOf ?? [])].map((part) => dereference(webhooks, part))
  const resources = parts.flatMap((part) => part.properties?.['resource'] ?? [])
  const fields = resources.map((one) => dereference(webhooks, one).properties ?? {})
  const schema = fields.map((one) => one['ciphertext']?.contentSchema).find(Boolean)
  if (!schema) return undefined
  const [type] = fields.flatMap((one) => one['original_type']?.['x-extensible-enum'] ?? [])
  return {
    schema,
    ...(typeof type === 'string' && { originalType: type }),
    ...(operation?.summary && { summary: operation.summary }),
  }
}
