import type { Clock } from '../clock.ts'
import type { Aead, Ciphertext } from '../encryption/aead.ts'
import { type ErrorContext, NotificationError } from '../errors.ts'
import { type Hooks, notify } from '../hooks.ts'
import { parseJson } from '../json.ts'
import type { Decrypter } from '../keys/decrypter.ts'
import type { KeySource } from '../verification/platform.ts'
import { verifySigned } from '../verification/verify.ts'
import type { Notification } from './notification.ts'
import { openFields } from './open-fields.ts'

/** A notification as it came. */
interface Incoming {
  headers: Headers
  /** Reads the raw body; called when the headers are in order. */
  body(): Promise<Uint8Array>
}

/** What is needed to believe and to read one. */
export interface Trust {
  keys: KeySource
  cipher: Aead
  /** For sensitive fields within a resource. */
  decrypter: Decrypter | undefined
  clock: Clock
  hooks: Hooks
}

interface Envelope {
  id: string
  create_time: string
  event_type: string
  resource_type: string
  summary: string
  resource: Ciphertext & { original_type: string; algorithm: string; associated_data?: string | null }
}

/**
 * Verifies a notification over its raw bytes; only then parses it; only then decrypts what it carries. Nothing else
 * makes a {@link Notification}: whoever has one knows that WeChat Pay sent it.
 *
 * @throws {VerificationError} when the signature is not WeChat Pay's, or a probe
 * @throws {CertificateError} when the certificates to verify it with cannot be had
 * @throws {NotificationError} when it is verified, but cannot be read
 * @throws {EncryptionError} when a sensitive field of the resource cannot be decrypted
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export async function verifiedThenDecrypted(incoming: Incoming, trust: Trust): Promise<Notification> {
  const { headers } = incoming
  const requestId = headers.get('Request-ID') ?? undefined
  if (!headers.has('Wechatpay-Signature')) await refuseXml(incoming)
  const { keys, clock, hooks } = trust
  const bytes = await verifySigned({ ...incoming, subject: 'the notification' }, keys, clock, { requestId })
  const serial = headers.get('Wechatpay-Serial')!
  notify(hooks.key, { use: 'verify', serial, operation: 'notification' })
  return opened(parsed(bytes, { requestId }), trust, requestId)
}

/** APIv2 has no such headers: its signature is in the body. Said here, as "unsigned" would lead astray. */
async function refuseXml({ body }: Incoming): Promise<void> {
  const start = new TextDecoder().decode((await body()).subarray(0, 64))
  if (!start.trimStart().startsWith('<')) return
  throw new NotificationError('ERR_NOTIFICATION_MALFORMED', 'this is XML, a notification of APIv2', {
    hint: 'What was begun with APIv2 is notified with APIv2: give it a notify_url of its own',
  })
}

function parsed(bytes: Uint8Array, context: ErrorContext): Envelope {
  const envelope = parseJson(bytes) as Partial<Envelope> | undefined
  const { algorithm, ciphertext, nonce, associated_data } = (envelope?.resource ??
    {}) as Partial<Ciphertext> & Record<string, unknown>
  const texts = [envelope?.id, envelope?.event_type, ciphertext, nonce, associated_data ?? '']
  if (!texts.every((text) => typeof text === 'string')) {
    throw new NotificationError(
      'ERR_NOTIFICATION_MALFORMED',
      'the body is not a notification of APIv3',
      context,
    )
  }
  if (algorithm !== 'AEAD_AES_256_GCM') {
    throw new NotificationError(
      'ERR_NOTIFICATION_MALFORMED',
      'the resource is encrypted with another algorithm than AEAD_AES_256_GCM',
      context,
    )
  }
  return envelope as Envelope
}

async function opened(
  envelope: Envelope,
  trust: Trust,
  requestId: string | undefined,
): Promise<Notification> {
  const { id, create_time, event_type, resource_type, summary, resource: sealed } = envelope
  const context = { operation: event_type, requestId }
  const { ciphertext, nonce, associated_data, original_type } = sealed
  const plain = await trust.cipher
    .decrypt({ ciphertext, nonce, associated_data: associated_data ?? '' })
    .catch((cause) => {
      throw new NotificationError('ERR_NOTIFICATION_DECRYPT', 'the resource does not open with apiV3Key', {
        ...context,
        hint: 'Is apiV3Key the one set on the merchant platform? A new one counts from the moment it is set',
        cause,
      })
    })
  const data = parseJson(plain)
  if (typeof data !== 'object' || data === null) {
    throw new NotificationError('ERR_NOTIFICATION_MALFORMED', 'the resource is not a JSON object', context)
  }
  const resource = await openFields(data, event_type, trust.decrypter, context)
  return { id, create_time, event_type, resource_type, summary, original_type, resource } as Notification
}
