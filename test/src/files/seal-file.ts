import { createCipheriv } from 'node:crypto'

/** Encrypts a file as WeChat Pay does, by OpenSSL in Node: the characters of key and nonce, and the tag at the end. */
export function sealFile(content: Uint8Array, key: string | Uint8Array, nonce: string | Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

/** Cuts bytes into pieces of these sizes, and the rest. */
export function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return [...pieces, bytes.subarray(at)]
}
