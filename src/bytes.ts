/**
 * Bytes that WebCrypto takes. Written this way because TypeScript 5.7 and later want
 * `Uint8Array<ArrayBuffer>`, which earlier versions cannot read.
 */
export type Bytes = ReturnType<TextEncoder['encode']>

/** Text to UTF-8. */
export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text)
}

/** Bytes to base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** Base64 to bytes, or nothing when it is not base64. */
export function fromBase64(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}
