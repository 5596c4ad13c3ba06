import { type Bytes, concat, toHex, utf8 } from '../bytes.ts'

/** A part of a form. */
interface Part {
  readonly name: string
  readonly filename?: string | undefined
  /** Media type. */
  readonly type: string
  readonly content: Uint8Array
}

/**
 * Writes a form as `multipart/form-data`. Unlike with `FormData`, its bytes are known before it is sent, so the signature
 * covers exactly what is sent.
 *
 * @param newBoundary returns a new candidate at each call. Default: random
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export function writeMultipart(
  parts: readonly Part[],
  newBoundary: () => string = randomBoundary,
): { body: Bytes; contentType: string } {
  let boundary = newBoundary()
  while (parts.some(({ content }) => occursIn(content, utf8(boundary)))) boundary = newBoundary()
  const pieces = parts.flatMap((part) => [utf8(head(part, boundary)), part.content, utf8('\r\n')])
  pieces.push(utf8(`--${boundary}--\r\n`))
  return { body: concat(pieces), contentType: `multipart/form-data; boundary=${boundary}` }
}

function head({ name, filename, type }: Part, boundary: string): string {
  const file = filename === undefined ? '' : `; filename="${escaped(filename)}"`
  return (
    `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${file}\r\n` +
    `Content-Type: ${type}\r\n\r\n`
  )
}

/** Escapes as browsers do, since a quote or a line break would end the name and could start another header. */
function escaped(name: string): string {
  return name.replace(/["\r\n]/g, (char) => ({ '"': '%22', '\r': '%0D', '\n': '%0A' })[char]!)
}

function randomBoundary(): string {
  return `wechatpay-fetch-${toHex(crypto.getRandomValues(new Uint8Array(16)))}`
}

/** Boyer–Moore–Horspool search, which skips ahead by the last byte of each candidate. */
function occursIn(content: Uint8Array, needle: Uint8Array): boolean {
  const last = needle.length - 1
  const skip = new Uint8Array(256).fill(needle.length)
  for (let i = 0; i < last; i++) skip[needle[i]!] = last - i
  for (let at = last; at < content.length; at += skip[content[at]!]!) {
    let i = 0
    while (i <= last && content[at - i] === needle[last - i]) i++
    if (i > last) return true
  }
  return false
}
