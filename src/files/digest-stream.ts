import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../bytes.ts'
import { type ErrorContext, VerificationError } from '../errors.ts'
import { type Digest, sm3 } from './sm3.ts'

/** The digest of a file, from the response that named its `download_url`. */
export interface FileHash {
  /** `hash_type`: `SHA1` for bills, `SHA256` or `SM3` for electronic receipts. Case and hyphens are ignored. */
  readonly type: string
  /** `hash_value`: hexadecimal, computed over the uncompressed content. */
  readonly value: string
}

/**
 * The algorithms of `hash_type`, each with the length of its value in hexadecimal digits. None is WebCrypto's, which
 * cannot digest a stream.
 *
 * SHA-1 only shows that a bill arrived complete. It is too weak against forgery, which TLS prevents.
 */
export const digests: Readonly<Record<string, { create: () => Digest; length: number }>> = {
  SHA1: { create: sha1.create, length: 40 },
  SHA256: { create: sha256.create, length: 64 },
  SM3: { create: sm3, length: 64 },
}

/**
 * Passes bytes through, and fails at their end when they do not match the digest. By then the reader has seen all
 * bytes: act on them only after the stream has ended without an error.
 *
 * @param context for messages
 * @throws {VerificationError} ERR_RESPONSE_DIGEST: as the stream's error when the content does not match; at once when
 *   `hash` has an unknown type, or a value that is not hexadecimal of the right length
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791868
 */
export function digestStream(
  hash: FileHash,
  context: ErrorContext = {},
): TransformStream<Uint8Array, Uint8Array> {
  const type = String(hash.type).toUpperCase().replaceAll('-', '')
  const algorithm = Object.hasOwn(digests, type) ? digests[type] : undefined
  const value = String(hash.value).toLowerCase()
  if (!algorithm) {
    throw new VerificationError(
      'ERR_RESPONSE_DIGEST',
      `hash.type must be one of ${Object.keys(digests).join(', ')}`,
      { ...context, hint: 'Pass hash_type as WeChat Pay returned it' },
    )
  }
  if (value.length !== algorithm.length || !/^[\da-f]+$/.test(value)) {
    throw new VerificationError(
      'ERR_RESPONSE_DIGEST',
      `hash.value must be ${algorithm.length} hexadecimal digits (${type})`,
      { ...context, hint: 'Pass hash_value as WeChat Pay returned it' },
    )
  }
  const digest = algorithm.create()
  return new TransformStream({
    transform(bytes, controller) {
      digest.update(bytes)
      controller.enqueue(bytes)
    },
    flush() {
      if (toHex(digest.digest()) === value) return
      throw new VerificationError('ERR_RESPONSE_DIGEST', `the file does not match hash.value (${type})`, {
        ...context,
        hint: 'Do not use it: it is incomplete, or not the file that WeChat Pay made. Download it again, with decrypt if it has an encrypt_key',
      })
    },
  })
}
