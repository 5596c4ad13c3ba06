import { constants, privateDecrypt, publicEncrypt } from 'node:crypto'
import { type Account, publicKeyOf } from './accounts.ts'
import type { PlatformKey } from './keyring.ts'

// RSAES-OAEP with SHA-1, which APIv3 uses for sensitive fields.
const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }

/** Encrypts a sensitive field for an account, in base64. */
export function encryptFor(account: Account, text: string): string {
  return publicEncrypt({ key: publicKeyOf(account), ...oaep }, Buffer.from(text)).toString('base64')
}

/** Decrypts a sensitive field. Returns `undefined` when it was not encrypted for this key. */
export function decryptWith({ privateKey }: PlatformKey, cipher: Buffer): string | undefined {
  try {
    const bytes = privateDecrypt({ key: privateKey as string, ...oaep }, cipher)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
