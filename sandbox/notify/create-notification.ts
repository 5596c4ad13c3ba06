import { randomUUID } from 'node:crypto'
import type { Account } from '../keys/accounts.ts'
import { sealedFor } from '../keys/accounts.ts'
import { seal } from '../keys/apiv3-key.ts'
import type { Keyring } from '../keys/keyring.ts'
import { chinese } from '../respond/platform-certificates.ts'
import { sample } from '../respond/sample-value.ts'
import { type SignedWith, signatureHeaders } from '../respond/signed-response.ts'
import { type Document, dereference, type Schema } from '../spec/spec-types.ts'
import { walk } from '../spec/visit-fields.ts'

/** What {@link Sandbox.notification} may be told. */
export interface NotificationOptions extends SignedWith {
  /** The resource that the notification is about, before it is encrypted; made from the schema by default. */
  resource?: unknown
  /** The notification's own id; a new one by default. */
  id?: string
  /** Whom it is for: merchant number or brand's id; the first account with an APIv3 key by default. */
  account?: string
  summary?: string
  originalType?: string
  associatedData?: string
}

/** A notification as it goes to an app: `new Request(url, { method: 'POST', ...notification })`. */
export interface Notification {
  headers: Record<string, string>
  /** The bytes that are signed, as text. */
  body: string
}

/**
 * Makes a notification: its resource encrypted with the account's APIv3 key, the whole signed by WeChat Pay.
 *
 * @param webhooks the document whose `webhooks` tell what the resource looks like
 * @throws {RangeError} for an event that the document does not have, when no resource is given
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export function notification(
  eventType: string,
  given: NotificationOptions,
  account: Account,
  webhooks: Document,
  keys: Keyring,
  now: () => number,
): Notification {
  const { apiV3Key } = account
  if (!apiV3Key) throw new RangeError('the account has no apiV3Key')
  const event = resourceSchema(webhooks, eventType)
  if (!event && given.resource === undefined) {
    throw new RangeError(`there is no event ${eventType}: give its resource`)
  }
  const { schema = {}, originalType = 'resource', summary = eventType } = event ?? {}
  const resource = walk(webhooks, schema, given.resource ?? sample(webhooks, schema), '', {
    encrypted: (text) => sealedFor(account, text),
    embedded: (text, _place, _schema, inside) => JSON.stringify(inside(JSON.parse(text))),
  })
  const original = given.originalType ?? originalType
  const body = JSON.stringify({
    id: given.id ?? randomUUID(),
    create_time: chinese(new Date(now())),
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: given.summary ?? summary,
    resource: {
      original_type: original,
      ...seal(apiV3Key, JSON.stringify(resource), given.associatedData ?? original),
    },
  })
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'Mozilla/4.0',
    'Request-ID': randomUUID(),
    ...signatureHeaders(Buffer.from(body), keys, now, given),
  }
  return { headers, body }
}

interface EventResource {
  schema: Schema
  originalType?: string
  summary?: string
}

/** What an event's document tells of the resource within its cipher text. */
function resourceSchema(webhooks: Document, eventType: string): EventResource | undefined {
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
