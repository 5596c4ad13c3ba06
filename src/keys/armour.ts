import { toBase64 } from '../bytes.ts'

/** What stands between a BEGIN and an END line. */
export interface Block {
  /** `PRIVATE KEY`, `CERTIFICATE`, … */
  label: string
  /** As it is, with its line ends. */
  content: string
}

/**
 * The blocks of a PEM text.
 *
 * Forgiven: a byte order mark, space and text around the blocks (`openssl pkcs12` writes some), CRLF, and
 * `\n` as two characters, as `.env` files have it: a PEM has no backslash, so nothing else can be meant.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function blocks(text: string): Block[] {
  const lines = text.replaceAll('\\r', '').replaceAll('\\n', '\n')
  const found = lines.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g)
  return [...found].map(([, label = '', content = '']) => ({ label, content }))
}

/** DER as a PEM, as `jose` expects it. */
export function armoured(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${toBase64(der)}\n-----END ${label}-----`
}
