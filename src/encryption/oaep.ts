import { type Bytes, fromBase64, toBase64, utf8 } from '../bytes.ts'
import { EncryptionError, type ErrorContext } from '../errors.ts'
import { bare } from '../network.ts'

/** A sensitive field, for messages: they name it and never quote it. */
export interface Field extends Omit<ErrorContext, 'hint' | 'cause'> {
  /** The way to it: `receivers[0].name`. */
  readonly place?: string | undefined
}

/**
 * Encrypts a sensitive field for WeChat Pay: RSAES-OAEP with SHA-1 and MGF1-SHA-1 over UTF-8. The same text gives
 * another cipher text each time.
 *
 * @param key for RSA-OAEP with SHA-1, as `importEncryptionKey` makes it
 * @param field what messages say of it
 * @returns base64
 * @throws {EncryptionError} ERR_ENCRYPT_TOO_LONG above 214 bytes for a key of 2048 bits; ERR_ENCRYPT_VALUE for text
 *   that is not Unicode
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function encryptOaep(key: CryptoKey, text: string, field: Field = {}): Promise<string> {
  const { place = 'the text', ...context } = field
  if (/\p{Surrogate}/u.test(text)) {
    throw new EncryptionError('ERR_ENCRYPT_VALUE', `${place} holds half of a surrogate pair`, {
      ...context,
      hint: 'The text was cut in the middle of a character',
    })
  }
  const bytes = utf8(text)
  // RFC 8017, 7.1.1: two SHA-1 digests and two bytes go to the padding.
  const limit = (key.algorithm as RsaHashedKeyAlgorithm).modulusLength / 8 - 42
  if (bytes.length > limit) {
    throw new EncryptionError(
      'ERR_ENCRYPT_TOO_LONG',
      `${place} has ${bytes.length} bytes, and ${limit} can be encrypted`,
      {
        ...context,
        hint: /^[A-Za-z0-9+/]{342}==$/.test(text)
          ? 'It looks encrypted already; give the plain text'
          : 'Shorten it; a Chinese character takes three bytes',
      },
    )
  }
  return toBase64(new Uint8Array(await crypto.subtle.encrypt('RSA-OAEP', key, bytes)))
}

/**
 * Decrypts a sensitive field that WeChat Pay encrypted for the merchant.
 *
 * @param key for RSA-OAEP with SHA-1, as `importDecryptionKey` makes it
 * @param base64 the cipher text
 * @param field what messages say of it
 * @throws {EncryptionError} ERR_DECRYPT
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export function decryptOaep(key: CryptoKey, base64: string, field?: Field): Promise<string> {
  return decryptBy((cipher) => crypto.subtle.decrypt('RSA-OAEP', key, cipher), base64, field)
}

/**
 * Decrypts by whatever holds the key.
 *
 * @throws {EncryptionError} ERR_DECRYPT; `cause` is what `decrypt` failed with
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
      hint: 'Does privateKey belong to the merchant API certificate that WeChat Pay has? It encrypts for that one',
    })
  const cipher = fromBase64(base64)
  if (!cipher?.length) throw refuse('is not cipher text in base64')
  let plain: ArrayBuffer | Uint8Array
  try {
    plain = await decrypt(cipher)
  } catch (cause) {
    throw refuse('does not decrypt', cause)
  }
  // Nothing at all would be decoded to an empty text.
  if (!isBytes(plain)) throw refuse('does not decrypt to bytes')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    throw refuse('does not decrypt to text')
  }
}

function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]'
}
