import { fromBase64 } from '../bytes.ts'
import { type Clock, seconds } from '../clock.ts'
import { type ErrorContext, VerificationError } from '../errors.ts'
import { brandScheme, scheme } from '../signature/authorization.ts'
import { responseMessage } from '../signature/message.ts'
import { type KeySource, verifiedBy } from './platform.ts'

const tolerance = 300

/** Headers and raw body of a response or a notification. */
export interface SignedMessage {
  headers: Headers
  /** Reads the raw body. Called only when the headers are valid. */
  body(): Promise<Uint8Array>
  /** What errors call it. Default: the response. */
  subject?: Subject | undefined
  /** Ends the wait for certificates that this message needs. */
  signal?: AbortSignal | undefined
}

/** What to do after a probe. */
const advice = {
  'the response': 'Nothing is broken. Do not use this response: call again',
  'the notification': 'Nothing is broken. Reply 4xx or 5xx, as WeChat Pay expects',
}

type Subject = keyof typeof advice

/**
 * Verifies a signature over raw bytes and returns these bytes, so that verified bytes can be obtained here only.
 *
 * The cheap checks come first. The timestamp is checked before the serial, since an unknown serial may cause certificates
 * to be fetched.
 *
 * @throws {VerificationError}
 * @throws {CertificateError} when certificates are needed and could not be fetched
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export async function verifySigned(
  message: SignedMessage,
  keys: Pick<KeySource, 'find'>,
  clock: Clock,
  context: ErrorContext,
): Promise<Uint8Array> {
  const { headers, subject = 'the response', signal } = message
  const signature = required(headers, 'Wechatpay-Signature', subject, context)
  const timestamp = required(headers, 'Wechatpay-Timestamp', subject, context)
  const nonce = required(headers, 'Wechatpay-Nonce', subject, context)
  const serial = required(headers, 'Wechatpay-Serial', subject, context)
  if (signature.startsWith('WECHATPAY/SIGNTEST/')) {
    throw new VerificationError(
      'ERR_RESPONSE_PROBE',
      'WeChat Pay sent a wrong signature on purpose, to see whether signatures are verified',
      { ...context, hint: advice[subject] },
    )
  }
  // Older responses lack this header. RSA with SHA-256 is used either way.
  const type = headers.get('Wechatpay-Signature-Type')
  if (type !== null && type !== scheme && type !== brandScheme) {
    throw new VerificationError('ERR_RESPONSE_SIGNATURE_TYPE', `${subject} is not signed with ${scheme}`, {
      ...context,
      hint: 'Only RSA is supported: is the merchant set to SM2 (国密) on the merchant platform?',
    })
  }
  const age = seconds(clock) - (/^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN)
  // Written with `!` so that NaN is refused too.
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
  if (!bytes || !(await verifiedBy(key, signed, bytes))) {
    throw new VerificationError('ERR_RESPONSE_SIGNATURE', `the signature does not match ${subject}`, {
      ...context,
      hint: 'It was changed in transit, or platform has another key under its serial',
    })
  }
  return body
}

// Functions instead of closures: every response passes here, and verifying it takes only microseconds.
function required(headers: Headers, name: string, subject: Subject, context: ErrorContext): string {
  const value = headers.get(name)
  if (value) return value
  throw new VerificationError('ERR_RESPONSE_UNSIGNED', `${subject} has no ${name} header`, {
    ...context,
    hint: 'Does a proxy or gateway on the way drop headers?',
  })
}

function untimely(age: number, subject: Subject, context: ErrorContext): VerificationError {
  const problem = Number.isNaN(age)
    ? 'Wechatpay-Timestamp is not in Unix seconds'
    : `${subject} was signed ${age > 0 ? `${age} s ago` : `${-age} s in the future`}`
  const hint = 'It may have been replayed, or the clock of this machine is wrong'
  return new VerificationError('ERR_RESPONSE_TIMESTAMP', problem, { ...context, hint })
}
