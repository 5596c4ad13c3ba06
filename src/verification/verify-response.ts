import { type Bytes, utf8 } from '../bytes.ts'
import type { Clock } from '../clock.ts'
import { type ErrorContext, VerificationError } from '../errors.ts'
import { mapStreamError } from '../files/map-stream-error.ts'
import { asNetworkError } from '../network.ts'
import type { Operation } from '../operation.ts'
import type { Hold } from '../retry/time-limit.ts'
import type { KeySource } from './platform.ts'
import { verifySigned } from './verify.ts'

/** What a response is verified with. */
export interface ResponseContext {
  operation: Operation
  keys: KeySource
  clock: Clock
  signal?: AbortSignal | undefined
  /** Keeps the signal connected until a file is read. */
  hold?: Hold | undefined
}

/**
 * Verifies a response before anything parses it. A 2xx is verified by what its operation signs: the body, the digest of
 * a file, or nothing. An error response passes unverified: it is a diagnosis, never proof of an order's state.
 *
 * @returns a response whose body is what was verified
 * @throws {VerificationError}
 * @throws {NetworkError} when the response breaks off
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export async function verifyResponse(response: Response, context: ResponseContext): Promise<Response> {
  try {
    return await verified(response, context)
  } catch (refused) {
    // Nobody reads the rest of a refused response, and its connection stays open until somebody does.
    response.body?.cancel().catch(() => {})
    throw refused
  }
}

async function verified(
  response: Response,
  { operation, keys, clock, signal, hold }: ResponseContext,
): Promise<Response> {
  const { name, traits } = operation
  const { status, statusText, headers } = response
  const context = { operation: name, requestId: headers.get('Request-ID') ?? undefined }
  const file = () => mapStreamError(content(response), asNetworkError(context, signal), hold?.())
  refuseRedirect(response, context)
  if (!response.ok) return errorResponse(response, signal)
  // Only files are unsigned. Their digest, if there is one, came in a signed response.
  if (traits.unsigned) return fileResponse(response, file())
  if (traits.digest) {
    // Loaded here, as only two operations need it.
    const { digestStream } = await import('../files/digest-stream.ts')
    const sha1 = headers.get(traits.digest)
    if (!sha1)
      throw new VerificationError(
        'ERR_RESPONSE_UNSIGNED',
        `the response has no ${traits.digest} header`,
        context,
      )
    const signed = async () => utf8(JSON.stringify({ sha1 }))
    await verifySigned({ headers, signal, body: signed }, keys, clock, context)
    return fileResponse(response, file().pipeThrough(digestStream({ type: 'SHA1', value: sha1 }, context)))
  }
  const body = () =>
    response.arrayBuffer().then((bytes) => new Uint8Array(bytes), asNetworkError(context, signal))
  const bytes = await verifySigned({ headers, body, signal }, keys, clock, context)
  // A new response, so that the caller reads the verified bytes. A 204 or 205 must not have a body.
  return new Response(bytes.length > 0 ? (bytes as Bytes) : null, { status, statusText, headers })
}

// Read within the attempt's time limit. If the body breaks off, the status alone is reported.
async function errorResponse(response: Response, signal: AbortSignal | undefined): Promise<Response> {
  const { status, statusText, headers } = response
  const bytes = await response.arrayBuffer().catch(() => {
    signal?.throwIfAborted()
    return new ArrayBuffer(0)
  })
  return new Response(bytes.byteLength > 0 ? bytes : null, { status, statusText, headers })
}

function content({ body }: Response): ReadableStream<Uint8Array> {
  return body ?? new Blob([]).stream()
}

function fileResponse({ status, statusText, headers }: Response, body: ReadableStream<Uint8Array>): Response {
  return new Response(body as ReadableStream, { status, statusText, headers })
}

function refuseRedirect(response: Response, context: ErrorContext): void {
  const { status, type, redirected } = response
  if (!redirected && type !== 'opaqueredirect' && (status < 300 || status > 399)) return
  throw new VerificationError(
    'ERR_RESPONSE_REDIRECT',
    redirected ? 'fetch followed a redirect' : `the response redirects elsewhere (HTTP ${status})`,
    { ...context, hint: 'WeChat Pay does not redirect: check baseUrl and any proxy on the way' },
  )
}
