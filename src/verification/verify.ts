import { fromBase64 } from '../bytes.ts'
import { type Clock, seconds } from '../clock.ts'
import { type ErrorContext, VerificationError } from '../errors.ts'
import { brandScheme, scheme } from '../signature/authorization.ts'
import { responseMessage } from '../signature/message.ts'
import type { KeySource } from './platform.ts'

const tolerance = 300

/** Headers and raw body, of an answer or of a notification. */
export interface SignedMessage {
  headers: Headers
  /** Reads the raw body; called only when the headers are in order. */
  body(): Promise<Uint8Array>
  /** What messages call it; an answer unless told. */
  subject?: Subject | undefined
  /** Ends the wait for certificates that are fetched because of this message. */
  signal?: AbortSignal | undefined
}

/** What to do about a probe. */
const advice = {
  'the answer': 'Nothing is broken. Do not use this answer: call again',
  'the notification': 'Nothing is broken. Answer 4xx or 5xx, as WeChat Pay expects',
}

type Subject = keyof typeof advice

/**
 * Verifies a signature over raw bytes and returns these bytes: whoever has them knows they are verified.
 *
 * The checks go from what costs nothing to what costs most. A timestamp is judged before the serial,
 * since an unknown serial may be a reason to fetch certificates.
 *
 * @throws {VerificationError}
 * @throws {CertificateError} when certificates are needed and cannot be had
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export async function verifySigned(
  message: SignedMessage,
  keys: Pick<KeySource, 'find'>,
  clock: Clock,
  context: ErrorContext,
): Promise<Uint8Array> {
  const { headers, subject = 'the answer', signal } = message
  const signature = required(headers, 'Wechatpay-Signature', subject, context)
  const timestamp = required(headers, 'Wechatpay-Timestamp', subject, context)
  const nonce = required(headers, 'Wechatpay-Nonce', subject, context)
  const serial = required(headers, 'Wechatpay-Serial', subject, context)
  if (signature.startsWith('WECHATPAY/SIGNTEST/')) {
    throw new VerificationError(
      'ERR_RESPONSE_PROBE',
      'WeChat Pay sent a signature that is wrong on purpose, to see whether it is verified; it was',
      { ...context, hint: advice[subject] },
    )
  }
  // Answers have not always carried this one; RSA with SHA-256 is used whether or not they do.
  const type = headers.get('Wechatpay-Signature-Type')
  if (type !== null && type !== scheme && type !== brandScheme) {
    throw new VerificationError(
      'ERR_RESPONSE_SIGNATURE_TYPE',
      `${subject} is signed with another algorithm than ${scheme}`,
      context,
    )
  }
  const age = seconds(clock) - (/^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN)
  // Asked this way round so that NaN is refused as well.
  if (!(Math.abs(age) < tolerance)) throw untimely(age, subject, context)
  const key = await keys.find(serial, signal)
  if (!key) {
    throw new VerificationError(
      'ERR_RESPONSE_SERIAL',
      `${subject} is signed with a key that is not in platform: see its Wechatpay-Serial header`,
      {
        ...context,
        hint: "Add that serial's key to platform; it is a PUB_KEY_ID_… or the serial of a platform certificate",
      },
    )
  }
  const body = await message.body()
  const bytes = fromBase64(signature)
  const signed = responseMessage({ timestamp, nonce, body })
  if (!bytes || !(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bytes, signed))) {
    throw new VerificationError('ERR_RESPONSE_SIGNATURE', `the signature does not fit ${subject}`, {
      ...context,
      hint: 'It was changed on its way, or the key under its serial in platform is another',
    })
  }
  return body
}

// Functions and not closures: every answer passes here, and its signature takes only microseconds.
function required(headers: Headers, name: string, subject: Subject, context: ErrorContext): string {
  const value = headers.get(name)
  if (value) return value
  throw new VerificationError('ERR_RESPONSE_UNSIGNED', `${subject} has no ${name} header`, {
    ...context,
    hint: 'Does a proxy or gateway in between drop headers?',
  })
}

function untimely(age: number, subject: Subject, context: ErrorContext): VerificationError {
  const problem = Number.isNaN(age)
    ? 'Wechatpay-Timestamp is not in unix seconds'
    : `${subject} was signed ${age > 0 ? `${age} s ago` : `${-age} s in the future`}`
  const hint = 'It may have been replayed, or the clock of this machine is wrong'
  return new VerificationError('ERR_RESPONSE_TIMESTAMP', problem, { ...context, hint })
}
