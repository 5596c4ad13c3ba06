import { bare } from '../bare.ts'
import { type Bytes, fromBase64, toBase64, utf8 } from '../bytes.ts'
import { EncryptionError, type ErrorContext } from '../errors.ts'

/** What messages say about a sensitive field. They name it and never quote it. */
export interface Field extends Omit<ErrorContext, 'hint' | 'cause'> {
  /** Its path, for example `receivers[0].name`. */
  readonly place?: string | undefined
}

/**
 * Encrypts a sensitive field for WeChat Pay, as UTF-8, by RSAES-OAEP with SHA-1 and MGF1-SHA-1. The ciphertext differs
 * each time.
 *
 * @param key for RSA-OAEP with SHA-1, as `importEncryptionKey` returns it
 * @param field for messages
 * @returns base64
 * @throws {EncryptionError} ERR_ENCRYPT_TOO_LONG for more than 214 bytes (with a key of 2048 bits); ERR_ENCRYPT_VALUE for
 *   text with an unpaired surrogate
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function encryptOaep(key: CryptoKey, text: string, field: Field = {}): Promise<string> {
  const { place = 'the text', ...context } = field
  if (/\p{Surrogate}/u.test(text)) {
    throw new EncryptionError('ERR_ENCRYPT_VALUE', `${place} has an unpaired surrogate`, {
      ...context,
      hint: 'The text was cut in the middle of a character',
    })
  }
  const bytes = utf8(text)
  // RFC 8017, 7.1.1: the padding takes two SHA-1 digests and two bytes.
  const limit = (key.algorithm as RsaHashedKeyAlgorithm).modulusLength / 8 - 42
  if (bytes.length > limit) {
    throw new EncryptionError(
      'ERR_ENCRYPT_TOO_LONG',
      `${place} has ${bytes.length} bytes, but at most ${limit} can be encrypted`,
      {
        ...context,
        hint: /^[A-Za-z0-9+/]{342}==$/.test(text)
          ? 'It looks encrypted already: pass the plain text'
          : 'Shorten it; a Chinese character takes three bytes',
      },
    )
  }
  return toBase64(new Uint8Array(await crypto.subtle.encrypt('RSA-OAEP', key, bytes)))
}

/**
 * Decrypts a sensitive field that WeChat Pay encrypted for the merchant.
 *
 * @param key for RSA-OAEP with SHA-1, as `importDecryptionKey` returns it
 * @param base64 the ciphertext
 * @param field for messages
 * @throws {EncryptionError} ERR_DECRYPT
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function decryptOaep(key: CryptoKey, base64: string, field?: Field): Promise<string> {
  return decryptBy((cipher) => crypto.subtle.decrypt('RSA-OAEP', key, cipher), base64, field)
}

/**
 * Decrypts a sensitive field with a function, for example of a remote signer.
 *
 * @throws {EncryptionError} ERR_DECRYPT; its `cause` is the error of `decrypt`
 */
export async function decryptBy(
  decrypt: (cipher: Bytes) => Promise<ArrayBuffer | Uint8Array>,
  base64: string,
  { place = 'the text', ...context }: Field = {},
): Promise<string> {
  const refuse = (problem: string, cause?: unknown) =>
    new EncryptionError('ERR_DECRYPT', `${place} ${problem}`, {
      ...context,
      cause: bare(cause),
      hint: 'WeChat Pay encrypts for the merchant API certificate: does privateKey belong to it?',
    })
  const cipher = fromBase64(base64)
  if (!cipher?.length) throw refuse('is not ciphertext in base64')
  let plain: ArrayBuffer | Uint8Array
  try {
    plain = await decrypt(cipher)
  } catch (cause) {
    throw refuse('cannot be decrypted', cause)
  }
  // A TextDecoder would turn `undefined` into an empty text.
  if (!isBytes(plain)) throw refuse('was not decrypted to bytes')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    throw refuse('was not decrypted to UTF-8 text')
  }
}

function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]'
}
