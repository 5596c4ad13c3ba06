import { type ErrorContext, VerificationError } from '../errors.ts'
import type { Digest } from './digest.ts'
import { sha1 } from './sha1.ts'
import { sha256 } from './sha256.ts'
import { sm3 } from './sm3.ts'

/** The digest of a file, as the answer that names its `download_url` gives it. */
export interface FileHash {
  /** `hash_type`: `SHA1` for bills, `SHA256` or `SM3` for electronic receipts. Case and hyphens do not matter. */
  readonly type: string
  /** `hash_value`: hexadecimal, over the content as it is uncompressed. */
  readonly value: string
}

const digests: Readonly<Record<string, { make: () => Digest; length: number }>> = {
  SHA1: { make: sha1, length: 40 },
  SHA256: { make: sha256, length: 64 },
  SM3: { make: sm3, length: 64 },
}

/**
 * Passes bytes on as they come, and fails at their end when they are not those that the digest was made of.
 * Whoever reads has seen all bytes by then: act on them only once the stream has ended well.
 *
 * @param context for messages
 * @throws {VerificationError} ERR_RESPONSE_DIGEST, as the stream's error; at once when there is nothing to compare with:
 *   an algorithm that is not known, a value that is not its hexadecimal
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791868
 */
export function digestStream(
  hash: FileHash,
  context: ErrorContext = {},
): TransformStream<Uint8Array, Uint8Array> {
  const type = String(hash.type).toUpperCase().replaceAll('-', '')
  const known = Object.hasOwn(digests, type) ? digests[type] : undefined
  const value = String(hash.value).toLowerCase()
  if (!known) {
    throw new VerificationError(
      'ERR_RESPONSE_DIGEST',
      'the file’s digest is of an algorithm that is not known',
      {
        ...context,
        hint: `hash.type is hash_type as it was answered: ${Object.keys(digests).join(', ')}`,
      },
    )
  }
  if (value.length !== known.length || !/^[\da-f]+$/.test(value)) {
    throw new VerificationError('ERR_RESPONSE_DIGEST', `the file’s digest is not a ${type} in hexadecimal`, {
      ...context,
      hint: 'hash.value is hash_value as it was answered',
    })
  }
  const digest = known.make()
  return new TransformStream({
    transform(bytes, controller) {
      digest.update(bytes)
      controller.enqueue(bytes)
    },
    flush() {
      if (digest.hex() === value) return
      throw new VerificationError('ERR_RESPONSE_DIGEST', `the file’s ${type} is not the one that was told`, {
        ...context,
        hint: 'Do not use it: it is not whole, or not what WeChat Pay made. Download it again',
      })
    },
  })
}
