import type { Bytes } from '../bytes.ts'
import type { WrittenForm } from '../files/form.ts'

/** A request before it is sealed and signed. */
export interface Outgoing {
  method: string
  url: string
  /** Its own: each attempt sets its signature in them. */
  headers: Headers
  /** A JSON text, or the bytes of a form. */
  body?: string | Bytes | undefined
  signal?: AbortSignal | undefined
}

/** A request without plain sensitive fields, ready to be signed. */
export interface SealedRequest extends Outgoing {
  /** The key that sensitive fields are encrypted for and that the response should be signed with. */
  platformSerial?: string | undefined
  /** Signed instead of the body: the text of a form's signed part. */
  signedText?: string | undefined
}

/** A written form whose sensitive fields are encrypted. */
export interface SealedForm extends Omit<WrittenForm, 'signed'> {
  /** Signed instead of the body. */
  signedText: string
  /** The key that its fields are encrypted for, if it has any. */
  platformSerial: string | undefined
}

/**
 * Stands in for `Request` in openapi-fetch while no middleware sees it. A `Request` copies headers and wraps the body
 * into a stream, and the signed request would be a second one.
 */
export class Draft implements Outgoing {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: string | Bytes | undefined
  readonly signal: AbortSignal | undefined

  constructor(url: string, { method, headers, body, signal }: Omit<Outgoing, 'url'>) {
    if (body !== undefined && method === 'GET') throw new TypeError('a GET has no body')
    this.method = method
    this.url = new URL(url).href
    // openapi-fetch has just made them.
    this.headers = headers instanceof Headers ? headers : new Headers(headers)
    this.body = body
    this.signal = signal ?? undefined
  }
}

/** Reads the request that the middleware returned. */
export async function outgoingOf(request: Request, binary: boolean): Promise<Outgoing> {
  const { method, url, headers, signal } = request
  const body = binary ? new Uint8Array(await request.arrayBuffer()) : await request.text()
  // A copy, as the middleware must not see the signature.
  return { method, url, headers: new Headers(headers), ...(body.length > 0 && { body }), signal }
}
