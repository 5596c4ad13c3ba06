/**
 * Bytes that WebCrypto takes. Written this way because TypeScript 5.7 and later want
 * `Uint8Array<ArrayBuffer>`, which earlier versions cannot read.
 */
export type Bytes = ReturnType<InstanceType<typeof TextEncoder>['encode']>

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

/** Bytes to lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Text to UTF-8. */
export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes to base64. By hand, as `btoa` takes a text, and several times as long. */
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

/** Base64 to bytes, or nothing when it is not base64. */
export function fromBase64(text: string): Bytes | undefined {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    return undefined
  }
  // A loop, as a callback for each byte costs several times as much, and every answer pays it.
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}
