import { utf8 } from '../bytes.ts'
import type { Clock } from '../clock.ts'
import { type ErrorContext, VerificationError } from '../errors.ts'
import { digestStream } from '../files/digest-stream.ts'
import { mapStreamError } from '../files/map-stream-error.ts'
import { asNetworkError } from '../network.ts'
import { withBody } from '../response.ts'
import type { Hold } from '../retry/time-limit.ts'
import type { KeySource } from './platform.ts'
import { verifySigned } from './verify.ts'

/** A response that is a file: a stream, which nobody reads here. */
interface FileResponse {
  response: Response
  context: ErrorContext
  signal: AbortSignal | undefined
  /** Keeps the signal connected until the file is read. */
  hold: Hold | undefined
}

/** A file that nothing signs. Its digest, if there is one, came in a signed response. */
export function unverifiedFile(file: FileResponse): Response {
  return withBody(file.response, contentOf(file))
}

/**
 * A file whose digest is signed. The stream fails at its end when the content does not match.
 *
 * @param digest the header with it
 * @throws {VerificationError} when the digest is missing, or not signed
 */
export async function verifiedFile(
  file: FileResponse,
  digest: string,
  keys: KeySource,
  clock: Clock,
): Promise<Response> {
  const { response, context, signal } = file
  const { headers } = response
  const sha1 = headers.get(digest)
  if (!sha1)
    throw new VerificationError('ERR_RESPONSE_UNSIGNED', `the response has no ${digest} header`, {
      ...context,
      hint: 'Does a proxy or gateway on the way drop headers?',
    })
  const signed = async () => utf8(JSON.stringify({ sha1 }))
  await verifySigned({ headers, signal, body: signed }, keys, clock, context)
  return withBody(response, contentOf(file).pipeThrough(digestStream({ type: 'SHA1', value: sha1 }, context)))
}

function contentOf({ response, context, signal, hold }: FileResponse): ReadableStream<Uint8Array> {
  const content = response.body ?? new Blob([]).stream()
  return mapStreamError(content, asNetworkError(context, signal), hold?.())
}
