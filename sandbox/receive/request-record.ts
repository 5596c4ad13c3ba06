import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** A request that the sandbox received, with what it found in it. */
export interface RequestRecord {
  method: string
  /** Path with query, exactly as in the request line. */
  target: string
  headers: IncomingHttpHeaders
  /** Names and values in turn, exactly as received. */
  rawHeaders: string[]
  body: Buffer
  /** The operation, such as `POST /v3/refund/domestic/refunds`; set once the caller is authenticated. */
  operation?: string
  /** The caller's merchant number or brand id; set once the caller is authenticated. */
  account?: string
  /**
   * The decrypted sensitive fields by their place: `/payer/name` in a JSON body or in the `meta` part of a form,
   * `mobile` in a query.
   */
  decrypted: Record<string, string>
  /** The body, or the `meta` part of a form, with sensitive fields decrypted and embedded JSON parsed. */
  value?: unknown
  /** The file of an upload. */
  file?: File
  /** Status of the response. */
  status?: number
}

/** Reads a request to its end. */
export async function readRequest(incoming: IncomingMessage): Promise<RequestRecord> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const { method = '', url: target = '', headers, rawHeaders } = incoming
  return { method, target, headers, rawHeaders, body: Buffer.concat(chunks), decrypted: {} }
}
