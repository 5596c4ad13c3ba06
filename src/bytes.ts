/**
 * Bytes that WebCrypto takes. Written this way because TypeScript 5.7 and later want
 * `Uint8Array<ArrayBuffer>`, which earlier versions cannot read.
 */
export type Bytes = ReturnType<TextEncoder['encode']>

const encoder = new TextEncoder()

/** Text to UTF-8. */
export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

/** Bytes to base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  // As many at once as an engine surely takes as arguments.
  for (let start = 0; start < bytes.length; start += 4096)
    text += String.fromCharCode(...bytes.subarray(start, start + 4096))
  return btoa(text)
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
