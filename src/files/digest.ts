/** A digest that is computed piece by piece. */
export interface Digest {
  /** Takes the next bytes. It keeps none of them. */
  update(bytes: Uint8Array): void
  /** The digest of all bytes taken: hexadecimal, lower case. To be called once, at the end. */
  hex(): string
}

/** Bytes as hexadecimal in lower case. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
