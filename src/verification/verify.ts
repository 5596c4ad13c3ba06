import { fromBase64 } from '../bytes.ts'
import { type Clock, seconds } from '../clock.ts'
import { type ErrorContext, VerificationError, type VerificationErrorCode } from '../errors.ts'
import { scheme } from '../signature/authorization.ts'
import { responseMessage } from '../signature/message.ts'
import type { KeySource } from './platform.ts'

const tolerance = 300

/** Headers and raw body, of an answer or of a notification. */
export interface SignedMessage {
  headers: Headers
  /** Reads the raw body; called only when the headers are in order. */
  body(): Promise<Uint8Array>
}

/**
 * Verifies a signature over raw bytes and returns these bytes: whoever has them knows they are verified.
 *
 * The checks go from what costs nothing to what costs most. A timestamp is judged before the serial,
 * since an unknown serial may one day be a reason to fetch certificates.
 *
 * @throws {VerificationError}
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export async function verified(
  message: SignedMessage,
  keys: KeySource,
  clock: Clock,
  context: ErrorContext,
): Promise<Uint8Array> {
  const refuse = (code: VerificationErrorCode, problem: string, hint?: string): never => {
    throw new VerificationError(code, problem, { ...context, hint })
  }
  const header = (name: string): string =>
    message.headers.get(name) ||
    refuse(
      'ERR_RESPONSE_UNSIGNED',
      `the answer has no ${name} header`,
      'Does a proxy or gateway in between drop headers?',
    )
  const signature = header('Wechatpay-Signature')
  const timestamp = header('Wechatpay-Timestamp')
  const nonce = header('Wechatpay-Nonce')
  const serial = header('Wechatpay-Serial')
  if (signature.startsWith('WECHATPAY/SIGNTEST/')) {
    refuse(
      'ERR_RESPONSE_PROBE',
      'WeChat Pay sent a signature that is wrong on purpose, to see whether it is verified; it was',
      'Nothing is broken. Do not use this answer: call again',
    )
  }
  // Answers have not always carried this one; RSA with SHA-256 is used whether or not they do.
  const type = message.headers.get('Wechatpay-Signature-Type')
  if (type !== null && type !== scheme) {
    refuse('ERR_RESPONSE_SIGNATURE_TYPE', `the answer is signed with another algorithm than ${scheme}`)
  }
  const age = seconds(clock) - (/^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN)
  // Asked this way round so that NaN is refused as well.
  if (!(Math.abs(age) < tolerance)) {
    refuse(
      'ERR_RESPONSE_TIMESTAMP',
      Number.isNaN(age)
        ? 'Wechatpay-Timestamp is not in unix seconds'
        : `the answer was signed ${described(age)}`,
      'It may have been replayed, or the clock of this machine is wrong',
    )
  }
  const key = await keys.find(serial)
  if (!key) {
    return refuse(
      'ERR_RESPONSE_SERIAL',
      'the answer is signed with a key that is not in platform: see its Wechatpay-Serial header',
      "Add that serial's key to platform; it is a PUB_KEY_ID_… or the serial of a platform certificate",
    )
  }
  const body = await message.body()
  const bytes = fromBase64(signature)
  const signed = responseMessage({ timestamp, nonce, body })
  if (!bytes || !(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, bytes, signed))) {
    refuse(
      'ERR_RESPONSE_SIGNATURE',
      'the signature does not fit the answer',
      `It was changed on its way, or the key under its serial in platform is another`,
    )
  }
  return body
}

function described(age: number): string {
  return age > 0 ? `${age} s ago` : `${-age} s in the future`
}
