import { fromBase64, utf8 } from '../bytes.ts'
import { decryptGcm } from '../encryption/decrypt-gcm.ts'
import { EncryptionError, type ErrorContext, RequestError, VerificationError } from '../errors.ts'

/** The key of one encrypted file, from the response that named its `download_url`. */
export interface FileKey {
  /** `encrypt_key` as the client returned it, which is decrypted: 32 characters. */
  readonly key: string
  /** `nonce` as WeChat Pay returned it. */
  readonly nonce: string
}

const asReturned = 'Pass nonce as WeChat Pay returned it: its characters are the bytes, it is not hexadecimal'

/**
 * Decrypts an encrypted bill as a stream, and fails at its end when it does not match its tag. By then the reader has
 * seen all bytes: act on them only after the stream has ended without an error.
 *
 * The bytes of key and nonce are their characters, even where these look like hexadecimal.
 *
 * @param context for messages
 * @throws {VerificationError} ERR_RESPONSE_DIGEST, as the stream's error
 * @throws {EncryptionError} ERR_DECRYPT_KEY, at once, for a key or nonce that cannot be right; it quotes neither
 * @throws {RequestError} ERR_REQUEST, at once, for something else than `{ key, nonce }`
 */
export function decryption(fileKey: FileKey, context: ErrorContext): TransformStream<Uint8Array, Uint8Array> {
  // A null from a response without a key would turn decryption off unnoticed.
  if (typeof fileKey !== 'object' || fileKey === null) {
    throw new RequestError('ERR_REQUEST', 'decrypt must be { key, nonce }', {
      ...context,
      hint: 'Leave it out for a file that is not encrypted',
    })
  }
  const { key, nonce } = fileKey
  const finding = wrongKey(key) ?? wrongNonce(nonce)
  if (finding) throw new EncryptionError('ERR_DECRYPT_KEY', finding[0], { ...context, hint: finding[1] })
  return decryptGcm(utf8(key), utf8(nonce), () => wrongTag(context))
}

function wrongTag(context: ErrorContext): VerificationError {
  return new VerificationError('ERR_RESPONSE_DIGEST', 'the encrypted file does not match its tag', {
    ...context,
    hint: 'Do not use it: it is incomplete, was changed, or has another key or nonce. Download it again',
  })
}

type Finding = readonly [problem: string, hint: string] | undefined

function wrongKey(key: unknown): Finding {
  const hint = 'Pass encrypt_key as the client returned it: 32 characters'
  if (typeof key !== 'string') return [`decrypt.key must be a string, but is ${described(key)}`, hint]
  const { length } = utf8(key)
  if (length === 32) return undefined
  if (length === 16) {
    return [
      'decrypt.key has 16 characters, so the file is encrypted with SM4_GCM, which is not supported',
      'Ask for the bill with AEAD_AES_256_GCM, as algorithm or encryption_algorithm',
    ]
  }
  if (length > 64 && fromBase64(key)) {
    return [
      'decrypt.key is encrypted itself',
      "The client's call decrypts encrypt_key. With another client, decrypt it with the merchant's private key first",
    ]
  }
  return [`decrypt.key must be 32 characters, but has ${length}`, hint]
}

function wrongNonce(nonce: unknown): Finding {
  if (typeof nonce !== 'string') {
    return [`decrypt.nonce must be a string, but is ${described(nonce)}`, asReturned]
  }
  if (nonce === '') return ['decrypt.nonce is empty', asReturned]
  // A dozen letters and digits or more, written as hexadecimal.
  if (/^(3\d|[46][1-9a-f]|[57][\da]){12,}$/i.test(nonce)) {
    return ['decrypt.nonce is hexadecimal for another text', asReturned]
  }
  return undefined
}

function described(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  return value instanceof Uint8Array ? 'bytes' : `a ${typeof value}`
}
