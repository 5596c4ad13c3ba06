import { createCipheriv, randomBytes } from 'node:crypto'

/** A text encrypted with an APIv3 key, as it stands in notifications and in the list of certificates. */
export interface Sealed {
  algorithm: 'AEAD_AES_256_GCM'
  nonce: string
  associated_data: string
  /** Base64; its last 16 bytes are the tag. */
  ciphertext: string
}

/** Encrypts a text by AES-256-GCM. */
export function seal(apiV3Key: string, text: string, associatedData: string): Sealed {
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associatedData))
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return {
    algorithm: 'AEAD_AES_256_GCM',
    nonce,
    associated_data: associatedData,
    ciphertext: bytes.toString('base64'),
  }
}
