import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** A request as it came over the socket, for whoever judges it. */
export interface RequestRecord {
  method: string
  /** Path with query, byte for byte as in the request line. */
  target: string
  headers: IncomingHttpHeaders
  /** Names and values in turn, as they came. */
  rawHeaders: string[]
  body: Buffer
  /** `POST /v3/…`, the template, once the sandbox knows it. */
  operation?: string
  /** Who called, once the Authorization is verified: a merchant number or a brand's id. */
  account?: string
  /**
   * The texts of the sensitive fields, decrypted, by place: `/payer/name` in a JSON body or in a form's
   * `meta`, `mobile` in a query.
   */
  opened: Record<string, string>
  /** What came, as a reader would have it: decrypted, and embedded JSON parsed. The body, or a form's `meta`. */
  value?: unknown
  /** The file of an upload. */
  file?: File
  /** What the sandbox answered. */
  status?: number
}

/** Reads a request to its end. */
export async function record(incoming: IncomingMessage): Promise<RequestRecord> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const { method = '', url: target = '', headers, rawHeaders } = incoming
  return { method, target, headers, rawHeaders, body: Buffer.concat(chunks), opened: {} }
}
