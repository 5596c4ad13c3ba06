import type { ApiError } from '../../generated/shared.ts'
import type { ErrorContext } from '../errors.ts'
import { apiError } from '../exchange/api-error.ts'
import type { Attempted } from '../exchange/attempts.ts'
import { parseJson } from '../json.ts'
import { asNetworkError } from '../network.ts'
import type { FileHash } from './digest-stream.ts'
import { downloadUrl } from './download-host.ts'
import { gunzip, requireGunzip } from './gunzip.ts'
import { mapStreamError } from './map-stream-error.ts'

/** How a file is downloaded. */
export interface DownloadOptions {
  /** What the answer that named the URL says of the content: `{ type: hash_type, value: hash_value }`. */
  hash?: FileHash | undefined
  /** Whether the file is gzip and shall be unpacked; as the URL's own `tartype` says, by default. */
  gzip?: boolean | undefined
  /** Aborts the request, and later the stream. */
  signal?: AbortSignal | undefined
}

/** A file as it comes, or what WeChat Pay answered instead. */
export type Download =
  | { data: ReadableStream<Uint8Array>; error?: never; response: Response }
  | { data?: never; error: ApiError; response: Response }

/** What a download needs of the client. */
export interface DownloadTools {
  /**
   * Sends a signed GET. It follows no redirect, and leaves the body of a 2xx as it comes: it carries no signature.
   *
   * @param url to be signed and sent as it is
   * @param operation method and path: `GET /v3/billdownload/file`
   */
  send(url: string, operation: string, signal: AbortSignal | undefined): Promise<Attempted>
  /** The client's own, which may be downloaded from as well. */
  baseUrl?: string | undefined
}

/**
 * Downloads the file of a `download_url`, with a signed GET, as a stream: nothing is read before it is asked for, and
 * no more is held than a few pieces.
 *
 * ```ts
 * const { data: bill } = await client.GET('/v3/bill/tradebill', { params: { query: { bill_date, tar_type: 'GZIP' } } })
 * const hash = { type: bill.hash_type, value: bill.hash_value }
 * const { data, error } = await download(bill.download_url, { hash }, tools)
 * ```
 *
 * The stream fails when the file is not what `hash` says. That is known at its end, so what was read of it counts only
 * once it has ended well.
 *
 * @param url `download_url`, as it was answered; it holds for a short time
 * @throws {RequestError} ERR_DOWNLOAD_HOST for a URL that is not WeChat Pay's, before anything is signed
 * @throws {VerificationError} ERR_RESPONSE_DIGEST or ERR_RESPONSE_MALFORMED, as the stream's error; the first before
 *   anything is signed for a `hash` that cannot be compared with
 * @throws {NetworkError} as the stream's error, when it breaks off
 * @throws {ConfigError} ERR_CONFIG_RUNTIME before anything is sent, for gzip in a runtime that cannot unpack it
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791868
 */
export async function download(
  url: string,
  { hash, gzip, signal }: DownloadOptions,
  { send, baseUrl }: DownloadTools,
): Promise<Download> {
  const target = downloadUrl(url, baseUrl)
  const operation = `GET ${target.pathname}`
  const context: ErrorContext = { operation }
  const packed = gzip ?? target.searchParams.get('tartype')?.toUpperCase() === 'GZIP'
  // Before anything is sent: the URL holds for a short time, and may hold for one download.
  if (packed) requireGunzip(context)
  // Made first: a digest that cannot be compared with shall not cost a download.
  const digest = hash && (await import('./digest-stream.ts')).digestStream(hash, context)
  const exchanged = await send(target.href, operation, signal)
  const { response } = exchanged
  context.requestId = response.headers.get('Request-ID') ?? undefined
  const orBrokenOff = asNetworkError(context, signal)
  if (!response.ok) {
    const text = await response.text().catch(orBrokenOff)
    return { error: apiError(response, parseJson(text), exchanged), response }
  }
  const body = mapStreamError(response.body ?? new Blob([]).stream(), orBrokenOff)
  const content = packed ? gunzip(body, context) : body
  return { data: digest ? content.pipeThrough(digest) : content, response }
}
