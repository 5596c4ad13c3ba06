import type { Clock } from '../clock.ts'
import type { Aead, Ciphertext } from '../encryption/aead.ts'
import { type ErrorContext, NotificationError } from '../errors.ts'
import { type Hooks, notify } from '../hooks.ts'
import { parseJson } from '../json.ts'
import type { Decrypter } from '../keys/decrypter.ts'
import type { Places } from '../operations/traits.ts'
import type { KeySource } from '../verification/platform.ts'
import { verifySigned } from '../verification/verify.ts'
import type { AnyNotification } from './notification.ts'

/** A notification as received. */
interface Incoming {
  headers: Headers
  /** Reads the raw body. Called only when the headers are valid. */
  body(): Promise<Uint8Array>
}

/** What is needed to verify and decrypt notifications. */
export interface ReceiveParts {
  keys: KeySource
  /** Where a decrypted resource still has encrypted fields or JSON text, by `event_type`. */
  places: Readonly<Record<string, Places>>
  cipher: Aead
  /** For sensitive fields in a resource. */
  decrypter: () => Promise<Decrypter | undefined>
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
 * Verifies a notification over its raw bytes, then parses it, then decrypts its resource. Nothing else creates a
 * notification, so each one is known to come from WeChat Pay.
 *
 * @throws {VerificationError} when the signature is not WeChat Pay's, or is a probe
 * @throws {CertificateError} when certificates are needed and could not be fetched
 * @throws {NotificationError} when it is verified, but cannot be parsed or decrypted
 * @throws {EncryptionError} when a sensitive field of the resource cannot be decrypted
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 */
export async function verifyThenDecrypt<Resources>(
  incoming: Incoming,
  parts: ReceiveParts,
): Promise<AnyNotification<Resources>> {
  const { headers } = incoming
  const requestId = headers.get('Request-ID') ?? undefined
  if (!headers.has('Wechatpay-Signature')) await refuseXml(incoming)
  const { keys, clock, hooks } = parts
  const bytes = await verifySigned({ ...incoming, subject: 'the notification' }, keys, clock, { requestId })
  const serial = headers.get('Wechatpay-Serial')!
  notify(hooks.key, { use: 'verify', serial, operation: 'notification' })
  return decrypt(parse(bytes, { requestId }), parts, requestId)
}

/** Refuses a notification of APIv2, whose signature is in the body, as the error for a missing header would mislead. */
async function refuseXml({ body }: Incoming): Promise<void> {
  const start = new TextDecoder().decode((await body()).subarray(0, 64))
  if (!start.trimStart().startsWith('<')) return
  throw new NotificationError('ERR_NOTIFICATION_MALFORMED', 'the body is XML, a notification of APIv2', {
    hint: 'Orders created with APIv2 are notified with APIv2: give them another notify_url',
  })
}

function parse(bytes: Uint8Array, context: ErrorContext): Envelope {
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
      'the resource is not encrypted with AEAD_AES_256_GCM',
      context,
    )
  }
  return envelope as Envelope
}

async function decrypt<Resources>(
  envelope: Envelope,
  parts: ReceiveParts,
  requestId: string | undefined,
): Promise<AnyNotification<Resources>> {
  const { id, create_time, event_type, resource_type, summary, resource: encrypted } = envelope
  const context = { operation: event_type, requestId }
  const { ciphertext, nonce, associated_data, original_type } = encrypted
  const plain = await parts.cipher
    .decrypt({ ciphertext, nonce, associated_data: associated_data ?? '' })
    .catch((cause) => {
      throw new NotificationError(
        'ERR_NOTIFICATION_DECRYPT',
        'the resource cannot be decrypted with apiV3Key',
        {
          ...context,
          hint: 'Is apiV3Key the one set on the merchant platform? A new one takes effect at once',
          cause,
        },
      )
    })
  const data = parseJson(plain)
  if (typeof data !== 'object' || data === null) {
    throw new NotificationError('ERR_NOTIFICATION_MALFORMED', 'the resource must be a JSON object', context)
  }
  // Loaded here, as few events have such fields.
  const resource = Object.hasOwn(parts.places, event_type)
    ? await (await import('./open-fields.ts')).openFields(
        data,
        parts.places[event_type]!,
        await parts.decrypter(),
        context,
      )
    : data
  return {
    id,
    create_time,
    event_type,
    resource_type,
    summary,
    original_type,
    resource,
  } as AnyNotification<Resources>
}
