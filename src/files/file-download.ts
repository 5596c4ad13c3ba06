import { type ErrorContext, RequestError } from '../errors.ts'
import { type Answered, apiError } from '../exchange/api-error.ts'
import type { Progress } from '../hooks.ts'
import { parseJson } from '../json.ts'
import { asNetworkError } from '../network.ts'
import { keepBody } from '../raw-body.ts'
import type { Judged } from '../response.ts'
import type { ApiError } from '../result.ts'
import type { RetryOptions } from '../retry/policy.ts'
import type { FileKey } from './decrypt-file.ts'
import type { FileHash } from './digest-stream.ts'
import { downloadUrl } from './download-host.ts'
import { requireGunzip } from './gunzip.ts'
import { mapStreamError } from './map-stream-error.ts'
import { unpack } from './unpack.ts'

/** Options of `download`. */
export interface DownloadOptions {
  /**
   * The content's digest from the response that named the URL: `{ type: hash_type, value: hash_value }`. It is that of
   * the decrypted and decompressed content.
   */
  hash?: FileHash | undefined
  /**
   * Decrypts an encrypted bill (AEAD_AES_256_GCM): `{ key: encrypt_key, nonce }` of the response that named the URL. Its
   * tag is checked, with or without `hash`.
   */
  decrypt?: FileKey | undefined
  /**
   * Whether to decompress the file. One that is plain text already is passed on as it is. Default: as the URL's `tartype`
   * says, and for an encrypted bill as its first bytes say.
   */
  gzip?: boolean | undefined
  /** Aborts the request, or the stream while it is read. */
  signal?: AbortSignal | undefined
  /** Milliseconds for each attempt until the file begins, instead of the client's. */
  timeout?: number | undefined
  /** Milliseconds until the file begins, with all attempts, instead of the client's. */
  deadline?: number | undefined
  /** How the request is retried, instead of the client's; `false` makes a single attempt. */
  retry?: RetryOptions | false | undefined
  /** `true` returns the stream alone and throws a `ResponseError` for an error of the API. */
  throwOnError?: boolean | undefined
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
  send(
    url: string,
    operation: string,
    options: Pick<DownloadOptions, 'signal' | 'timeout' | 'deadline' | 'retry'>,
    progress: Progress,
  ): Promise<Answered & Judged>
  /** Method and template path of a URL. */
  operationAt(url: URL): Promise<string>
  /** @throws {RequestError} ERR_REQUEST for an option that is malformed */
  check(options: DownloadOptions, operation: string): void
  /** Runs one download and reports its end. */
  settled(run: (progress: Progress) => Promise<Download>): Promise<Download>
  /** The client's option. */
  throwOnError?: boolean
  /** The client's option. Downloads from it are allowed too. */
  baseUrl?: string | undefined
}

/**
 * The public `download`, given what it needs of a client. The file is a stream: at most a few pieces are in memory, and
 * `hash` and the tag are checked at its end.
 */
export async function download(
  url: string,
  options: DownloadOptions,
  tools: DownloadTools,
): Promise<Download> {
  return tools.settled(async (progress) => (await prepareDownload(url, options, tools))(progress))
}

/**
 * Checks everything that can be checked before a request, as the URL may be valid for a single download.
 *
 * @returns sends the request
 */
export async function prepareDownload(
  url: string,
  options: DownloadOptions,
  { send, check, operationAt, baseUrl }: DownloadTools,
): Promise<(progress: Progress) => Promise<Download>> {
  const { hash, decrypt, gzip, signal } = options
  const target = downloadUrl(url, baseUrl)
  const operation = await operationAt(target)
  check(options, operation)
  const context: ErrorContext = { operation }
  const compressed = gzip ?? target.searchParams.get('tartype')?.toUpperCase() === 'GZIP'
  if (compressed) requireGunzip(context)
  if (hash !== undefined && (typeof hash !== 'object' || hash === null)) throw notHash(context)
  const decryption =
    decrypt === undefined ? undefined : (await import('./decrypt-file.ts')).decryption(decrypt, context)
  const digest = hash && (await import('./digest-stream.ts')).digestStream(hash, context)
  return async (progress) => {
    progress.operation = operation
    const exchanged = await send(target.href, operation, options, progress)
    const { response, bytes } = exchanged
    context.requestId = response.headers.get('Request-ID') ?? undefined
    const orBrokenOff = asNetworkError(context, signal)
    if (!response.ok) {
      const text = new TextDecoder().decode(bytes)
      const result = { error: await apiError(response, parseJson(text), exchanged), response }
      keepBody(result, bytes)
      keepBody(result.error, bytes)
      return result
    }
    const body = mapStreamError(response.body ?? new Blob([]).stream(), orBrokenOff)
    const file = decryption ? body.pipeThrough(decryption) : body
    const content =
      compressed || (decryption && gzip === undefined)
        ? unpack(file, decryption !== undefined, context)
        : file
    return { data: digest ? content.pipeThrough(digest) : content, response }
  }
}

// A null from a response without a hash would turn the check off unnoticed.
function notHash(context: ErrorContext): RequestError {
  return new RequestError('ERR_REQUEST', 'hash must be { type, value }', {
    ...context,
    hint: 'Leave it out for a file that has none',
  })
}
