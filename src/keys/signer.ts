import { type Bytes, toBase64 } from '../bytes.ts'
import { KeyError } from '../errors.ts'
import { bare } from '../network.ts'
import type { CryptoKey } from './crypto-key.ts'
import { checkKey, importSigningKey } from './import.ts'

/** Makes signatures where the private key lives: a key management service, a hardware module. */
export interface Signer {
  /**
   * @param message the bytes to sign, not yet hashed
   * @returns RSASSA-PKCS1-v1_5 with SHA-256 over them, in base64
   */
  sign(message: Uint8Array): Promise<string>
  /**
   * Needed for answers with sensitive fields.
   *
   * @param cipher RSA-OAEP with SHA-1
   * @returns the plain bytes
   */
  decrypt?(cipher: Uint8Array): Promise<Uint8Array>
}

/** A merchant's private key: PEM (PKCS#8 or PKCS#1), a CryptoKey, or a remote {@link Signer}. */
export type PrivateKey = string | CryptoKey | Signer

/**
 * Makes a signer of whatever holds the private key. A key is imported once, at the first signature:
 * parsing one costs as much as several signatures.
 *
 * @throws {KeyError} when the key is certainly wrong; what only an import can tell rejects `sign`
 */
export function signer(key: PrivateKey, where = 'privateKey'): Signer {
  if (isSigner(key)) return remote(key, where)
  checkKey(key, 'private', where)
  let imported: Promise<CryptoKey> | undefined
  return {
    async sign(message) {
      imported ??= importSigningKey(key, where)
      const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', await imported, message as Bytes)
      return toBase64(new Uint8Array(signature))
    },
  }
}

/** Is it remote? */
export function isSigner(key: unknown): key is Signer {
  return typeof key === 'object' && key !== null && 'sign' in key && typeof key.sign === 'function'
}

function remote(key: Signer, where: string): Signer {
  return {
    async sign(message) {
      let signature: unknown
      try {
        signature = await key.sign(message)
      } catch (cause) {
        // What a client of a KMS throws may carry its own token.
        throw new KeyError('ERR_KEY_SIGNER', `${where}.sign() failed`, { cause: bare(cause) })
      }
      // It goes into a header, so nothing but base64 may pass.
      if (typeof signature === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return signature
      throw new KeyError('ERR_KEY_SIGNER', `${where}.sign() did not resolve to base64`, {
        hint: "Return the signature's bytes in base64, on one line",
      })
    },
  }
}
