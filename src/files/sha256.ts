import { sha256 as create } from '@noble/hashes/sha2.js'
import { type Digest, toHex } from './digest.ts'

/** SHA-256 piece by piece, in constant memory, for streams. What is in memory is WebCrypto's. */
export function sha256(): Digest {
  const hash = create.create()
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => toHex(hash.digest()),
  }
}
