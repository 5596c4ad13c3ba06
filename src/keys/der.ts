import { type Bytes, concat } from '../bytes.ts'

/** Tags of the DER elements in keys and certificates. */
export const tags = { integer: 0x02, bits: 0x03, octets: 0x04, sequence: 0x30 } as const

/** One DER element. */
interface Element {
  tag: number
  content: Uint8Array
  /** The content with its tag and length. */
  whole: Uint8Array
}

/**
 * Reads the consecutive elements in `bytes`; `undefined` when they are not DER.
 *
 * @see https://www.itu.int/rec/T-REC-X.690
 */
export function elements(bytes: Uint8Array): Element[] | undefined {
  const found: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const one = element(bytes, at)
    if (!one) return undefined
    found.push(one)
    at += one.whole.length
  }
  return found
}

/** Reads the elements of a sequence; `undefined` when `bytes` is not exactly one sequence. */
export function sequence(bytes: Uint8Array): Element[] | undefined {
  const whole = element(bytes, 0)
  return whole?.tag === tags.sequence && whole.whole.length === bytes.length
    ? elements(whole.content)
    : undefined
}

/** Writes an element whose content is `parts`, concatenated. */
export function encode(tag: number, ...parts: Uint8Array[]): Bytes {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return concat([new Uint8Array([tag, ...lengthBytes(length)]), ...parts])
}

function element(bytes: Uint8Array, start: number): Element | undefined {
  const [tag, first] = bytes.subarray(start, start + 2)
  if (tag === undefined || first === undefined) return undefined
  // No key has a length of more than four bytes.
  const more = first < 0x80 ? 0 : first - 0x80
  if (first === 0x80 || more > 4 || start + 2 + more > bytes.length) return undefined
  const contentStart = start + 2 + more
  const length =
    more === 0 ? first : bytes.subarray(start + 2, contentStart).reduce((sum, byte) => sum * 256 + byte, 0)
  const end = contentStart + length
  if (end > bytes.length) return undefined
  return { tag, content: bytes.subarray(contentStart, end), whole: bytes.subarray(start, end) }
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 + bytes.length, ...bytes]
}
