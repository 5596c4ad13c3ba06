import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { pemBlock } from '../keys/pem.ts'
import { unreadableKey } from '../keys/unreadable-key.ts'
import type { Verifier } from '../verification/platform.ts'

/**
 * Verifies with `node:crypto` in the calling thread, which takes a third of the CPU that WebCrypto takes, as that hands
 * each response to another thread and back:
 *
 * ```ts
 * const client = createClient({ …, platform: { 'PUB_KEY_ID_…': nodeVerifier(pem) } })
 * ```
 *
 * @param publicKey a key of WeChat Pay in PEM: an RSA public key of 2048 bits, or a certificate
 * @returns what `platform` takes
 * @throws {KeyError} that says what was passed instead
 * @see https://nodejs.org/docs/latest-v20.x/api/crypto.html#cryptoverifyalgorithm-data-key-signature-callback
 */
export function nodeVerifier(publicKey: string): Verifier {
  const key = imported(pemBlock(publicKey, 'public', 'publicKey'))
  return {
    publicKey,
    verify: (message, signature) => verify('sha256', message, key, signature),
  }
}

function imported(pem: string): KeyObject {
  try {
    return createPublicKey(pem)
  } catch {
    throw unreadableKey('publicKey')
  }
}
