import { type Bytes, concat, toHex, utf8 } from '../bytes.ts'

/** One part of a form. */
interface Part {
  readonly name: string
  readonly filename?: string | undefined
  /** Media type. */
  readonly type: string
  readonly content: Uint8Array
}

/**
 * Writes a form. Unlike the platform's own, it can be told byte for byte before it is sent, so that the text that is
 * signed is the text that goes out.
 *
 * @param newBoundary gives another candidate each time; a random one by default
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

/** As browsers write it: a quote or a line break in a name would end it, and begin a header of its own. */
function escaped(name: string): string {
  return name.replace(/["\r\n]/g, (char) => ({ '"': '%22', '\r': '%0D', '\n': '%0A' })[char]!)
}

function randomBoundary(): string {
  return `wechatpay-fetch-${toHex(crypto.getRandomValues(new Uint8Array(16)))}`
}

/** Looks at the last byte of each place where it could stand, and skips as far as that byte allows (Horspool). */
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
