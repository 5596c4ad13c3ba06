import { bare } from '../bare.ts'
import { type Bytes, toBase64 } from '../bytes.ts'
import { KeyError } from '../errors.ts'
import type { CryptoKey } from '../web-types.ts'
import { checkKey, importSigningKey } from './import.ts'
import { type BrowserOption, refuseBrowser } from './refuse-browser.ts'

/** Signs where the private key is kept, for example in a key management service or a hardware module. */
export interface Signer {
  /**
   * @param message the bytes to sign, not hashed
   * @returns their RSASSA-PKCS1-v1_5 signature with SHA-256, in base64
   */
  sign(message: Uint8Array): Promise<string>
  /**
   * Needed for responses with sensitive fields.
   *
   * @param ciphertext RSA-OAEP with SHA-1
   * @returns the plaintext
   */
  decrypt?(ciphertext: Uint8Array): Promise<Uint8Array>
}

/** A merchant's private key: PEM (PKCS#8 or PKCS#1), a CryptoKey, or a remote {@link Signer}. */
export type PrivateKey = string | CryptoKey | Signer

/**
 * Makes a signer from the merchant's private key. A key is imported once, at the first signature, because parsing one
 * takes as long as several signatures.
 *
 * @param options whether a browser may have the key
 * @param where the option's name, for messages
 * @throws {KeyError} at once for a key that is certainly wrong; one that fails to import rejects `sign`
 * @throws {ConfigError} ERR_CONFIG for a key in a browser
 */
export function signer(key: PrivateKey, options: BrowserOption = {}, where = 'privateKey'): Signer {
  if (isSigner(key)) return remote(key, where)
  refuseBrowser(options, where)
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

/** Whether it is a remote signer. */
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
        // Bare, as the error of a KMS client may hold its token.
        throw new KeyError('ERR_KEY_SIGNER', `${where}.sign() failed`, { cause: bare(cause) })
      }
      // Checked because it goes into a header.
      if (typeof signature === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return signature
      throw new KeyError('ERR_KEY_SIGNER', `${where}.sign() did not resolve to base64`, {
        hint: "It must return the signature's bytes in base64, on one line",
      })
    },
  }
}
