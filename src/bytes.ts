/**
 * Bytes that WebCrypto accepts. TypeScript 5.7 and later require `Uint8Array<ArrayBuffer>` there, which earlier
 * versions cannot parse; this type is right in both.
 */
export type Bytes = ReturnType<Uint8Array['slice']>

const encoder = new TextEncoder()

/** Joins byte arrays into a new one. */
export function concat(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Whether two byte arrays are equal. Not in constant time. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

/** Bytes to lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Text to UTF-8. */
export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes to base64. Hand-written because `btoa` needs a string first and takes several times as long. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length; index += 3) {
    const [a, b, c] = [bytes[index]!, bytes[index + 1], bytes[index + 2]]
    text += alphabet[a >> 2]! + alphabet[((a & 3) << 4) | ((b ?? 0) >> 4)]
    text += b === undefined ? '=' : alphabet[((b & 15) << 2) | ((c ?? 0) >> 6)]
    text += c === undefined ? '=' : alphabet[c & 63]
  }
  return text
}

/** Base64 to bytes, or `undefined` when it is not base64. */
export function fromBase64(text: string): Bytes | undefined {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    return undefined
  }
  // A loop, because a callback per byte takes several times as long, and every response is read this way.
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}
