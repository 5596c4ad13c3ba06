import type { Clock } from '../clock.ts'
import { type ErrorContext, VerificationError } from '../errors.ts'
import { asNetworkError } from '../network.ts'
import type { Operation } from '../operations/operation.ts'
import { defaultMaxBytes, type Judged, type Received, readBody } from '../response.ts'
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
  /** The largest body that is read, in bytes; files have no limit. Default: 4 MiB. */
  maxBytes?: number | undefined
}

/**
 * Verifies a response before anything parses it. A 2xx is verified by what its operation signs: the body, the digest of
 * a file, or nothing. An error response passes unverified: it is a diagnosis, never proof of an order's state.
 *
 * @returns the response, and the bytes that were verified
 * @throws {VerificationError}
 * @throws {NetworkError} when the response breaks off
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 */
export async function verifyResponse(received: Received, context: ResponseContext): Promise<Judged> {
  try {
    return await verified(received, context)
  } catch (refused) {
    // Nobody reads the rest of a refused response, and its connection stays open until somebody does.
    if (received.cancel) received.cancel()
    else received.response.body?.cancel().catch(() => {})
    throw refused
  }
}

async function verified(
  received: Received,
  { operation, keys, clock, signal, hold, maxBytes = defaultMaxBytes }: ResponseContext,
): Promise<Judged> {
  const { name, traits } = operation
  const { response } = received
  const { headers } = response
  const context = { operation: name, requestId: headers.get('Request-ID') ?? undefined }
  refuseRedirect(response, context)
  if (!response.ok) return { response, bytes: await errorBody(received, signal, maxBytes) }
  // Only files are unsigned, whatever the table says: JSON is verified. Their digest, if there is one, came in a signed
  // response.
  const unsigned = operation.downloaded || (traits.unsigned && traits.file && !isJson(headers))
  if (unsigned || traits.digest) {
    // Loaded here, as most operations answer JSON.
    const { unverifiedFile, verifiedFile } = await import('./verify-file.ts')
    const file = { response, context, signal, hold }
    return {
      response: unsigned ? unverifiedFile(file) : await verifiedFile(file, traits.digest!, keys, clock),
    }
  }
  const body = async () =>
    (await readBody(received, maxBytes).catch(asNetworkError(context, signal))) ?? tooLarge(maxBytes, context)
  return { response, bytes: await verifySigned({ headers, body, signal }, keys, clock, context) }
}

function isJson(headers: Headers): boolean {
  return /^[^;]*[/+]json\b/i.test(headers.get('Content-Type') ?? '')
}

// Read within the attempt's time limit. If the body breaks off or is too large, the status alone is reported.
async function errorBody(
  received: Received,
  signal: AbortSignal | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const bytes = await readBody(received, maxBytes).catch(() => {
    signal?.throwIfAborted()
    return undefined
  })
  return bytes ?? new Uint8Array()
}

function tooLarge(maxBytes: number, context: ErrorContext): never {
  throw new VerificationError('ERR_RESPONSE_TOO_LARGE', `the response is longer than ${maxBytes} bytes`, {
    ...context,
    hint: 'Raise maxResponseBytes if the operation really returns that much',
  })
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
