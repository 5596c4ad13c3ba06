import { toBase64 } from '../bytes.ts'

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
 * Accepts a byte order mark, text around the blocks (`openssl pkcs12` writes some), CRLF, and `\n` written as two
 * characters, as in `.env` files. That is unambiguous, because a PEM has no backslash.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function blocks(text: string): Block[] {
  const lines = text.replaceAll('\\r', '').replaceAll('\\n', '\n')
  const found = lines.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g)
  return [...found].map(([, label = '', content = '']) => ({ label, content }))
}

/** Writes DER as a PEM, in the form that `jose` expects. */
export function armoured(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${toBase64(der)}\n-----END ${label}-----`
}
