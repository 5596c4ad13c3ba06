import { createCipheriv, randomBytes } from 'node:crypto'

/** A text encrypted with an APIv3 key, as in notifications and the list of platform certificates. */
export interface EncryptedResource {
  algorithm: 'AEAD_AES_256_GCM'
  nonce: string
  associated_data: string
  /** Base64; the last 16 bytes are the tag. */
  ciphertext: string
}

/** Encrypts a text with AES-256-GCM. */
export function encryptWithApiV3Key(
  apiV3Key: string,
  text: string,
  associatedData: string,
): EncryptedResource {
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
