import { type ErrorContext, RequestError } from '../errors.ts'
import { apiError } from '../exchange/api-error.ts'
import type { Attempted } from '../exchange/attempts.ts'
import { parseJson } from '../json.ts'
import { asNetworkError } from '../network.ts'
import type { ApiError } from '../result.ts'
import type { FileHash } from './digest-stream.ts'
import { downloadUrl } from './download-host.ts'
import { gunzip, requireGunzip } from './gunzip.ts'
import { mapStreamError } from './map-stream-error.ts'

/** Options of `download`. */
export interface DownloadOptions {
  /** The content's digest from the response that named the URL: `{ type: hash_type, value: hash_value }`. */
  hash?: FileHash | undefined
  /** Whether to decompress the file, which must be gzip then. Default: as the URL's `tartype` says. */
  gzip?: boolean | undefined
  /** Aborts the request, or the stream while it is read. */
  signal?: AbortSignal | undefined
}

/** A file as a stream, or the error that WeChat Pay returned instead. */
export type Download =
  | { data: ReadableStream<Uint8Array>; error?: never; response: Response }
  | { data?: never; error: ApiError; response: Response }

/** What a download needs of the client. */
export interface DownloadTools {
  /**
   * Sends a signed GET without following redirects. The body of a 2xx has no signature and is not verified.
   *
   * @param url signed and sent as it is
   * @param operation method and path: `GET /v3/billdownload/file`
   */
  send(url: string, operation: string, signal: AbortSignal | undefined): Promise<Attempted>
  /** The client's option. Downloads from it are allowed too. */
  baseUrl?: string | undefined
}

/**
 * The public `download`, given what it needs of a client. The file is a stream: at most a few pieces are in memory, and
 * `hash` is checked at its end.
 */
export async function download(
  url: string,
  { hash, gzip, signal }: DownloadOptions,
  { send, baseUrl }: DownloadTools,
): Promise<Download> {
  const target = downloadUrl(url, baseUrl)
  const operation = `GET ${target.pathname}`
  const context: ErrorContext = { operation }
  const compressed = gzip ?? target.searchParams.get('tartype')?.toUpperCase() === 'GZIP'
  // Both before the request, as the URL may be valid for a single download.
  if (compressed) requireGunzip(context)
  if (hash !== undefined && (typeof hash !== 'object' || hash === null)) throw notHash(context)
  const digest = hash && (await import('./digest-stream.ts')).digestStream(hash, context)
  const exchanged = await send(target.href, operation, signal)
  const { response } = exchanged
  context.requestId = response.headers.get('Request-ID') ?? undefined
  const orBrokenOff = asNetworkError(context, signal)
  if (!response.ok) {
    const text = await response.text().catch(orBrokenOff)
    return { error: await apiError(response, parseJson(text), exchanged), response }
  }
  const body = mapStreamError(response.body ?? new Blob([]).stream(), orBrokenOff)
  const content = compressed ? gunzip(body, context) : body
  return { data: digest ? content.pipeThrough(digest) : content, response }
}

// A null from a response without a hash would turn the check off unnoticed.
function notHash(context: ErrorContext): RequestError {
  return new RequestError('ERR_REQUEST', 'hash must be { type, value }', {
    ...context,
    hint: 'Leave it out for a file that has none',
  })
}
