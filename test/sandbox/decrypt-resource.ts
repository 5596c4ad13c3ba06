import { createDecipheriv } from 'node:crypto'
import { apiV3Key } from '../support/platform-keys.ts'

/** Decrypts a certificate or the resource of a notification with the APIv3 key. */
export function decryptResource({ ciphertext, nonce, associated_data }: Record<string, string>): string {
  const bytes = Buffer.from(ciphertext!, 'base64')
  const cipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce!)
  cipher.setAAD(Buffer.from(associated_data!)).setAuthTag(bytes.subarray(-16))
  return cipher.update(bytes.subarray(0, -16), undefined, 'utf8') + cipher.final('utf8')
}
