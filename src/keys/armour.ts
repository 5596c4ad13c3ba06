import { fromBase64, toBase64 } from '../bytes.ts'

/** One block of a PEM text. */
export interface Block {
  /** `PRIVATE KEY`, `CERTIFICATE`, … */
  label: string
  /** The text between the BEGIN and END lines, with its line breaks. */
  content: string
}

/**
 * Finds the blocks of a PEM text.
 *
 * Accepts a byte order mark, text around the blocks (`openssl pkcs12` writes some), CRLF, `\n` written as characters, as in
 * `.env` files, once or several times escaped, and the whole in base64 once more, as for an environment variable of one
 * line. That is unambiguous, because a PEM has no backslash, and base64 of a key alone does not begin like this.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function blocks(text: string): Block[] {
  const lines = unwrapped(text).replace(/\\+r/g, '').replace(/\\+n/g, '\n')
  const found = lines.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g)
  return [...found].map(([, label = '', content = '']) => ({ label, content }))
}

// The base64 of `-----BEGIN`, whichever character follows it.
function unwrapped(text: string): string {
  const compact = text.replace(/[\s"']|\\+[rn]/g, '')
  const bytes = /^LS0tLS1CRUdJT[g-v]/.test(compact) ? fromBase64(compact) : undefined
  return bytes ? new TextDecoder().decode(bytes) : text
}

/** Writes DER as a PEM, in the form that `jose` expects. */
export function armoured(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${toBase64(der)}\n-----END ${label}-----`
}
