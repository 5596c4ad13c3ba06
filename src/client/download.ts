import type { Exchange } from '../exchange/exchange.ts'
import {
  type Download,
  type DownloadOptions,
  type DownloadTools,
  download as fetchFile,
} from '../files/file-download.ts'
import { retryPolicy } from '../retry/policy.ts'
import { internalsOf } from './internals.ts'
import type { CommonOptions } from './options.ts'

/**
 * Downloads the file of a `download_url` that another operation returned, with a signed GET, as a stream.
 *
 * ```ts
 * const { data } = await client.GET('/v3/bill/tradebill', { params: { query: { bill_date, tar_type: 'GZIP' } } })
 * const hash = { type: data.hash_type, value: data.hash_value }
 * const { data: file, error } = await download(client, data.download_url, { hash })
 * ```
 *
 * The stream fails at its end when the file does not match `hash`, so use what was read only after it has ended without
 * an error. It is unpacked when the URL says GZIP.
 *
 * @param client made by `createClient`
 * @param url `download_url` as returned; it is valid for a short time
 * @throws {RequestError} ERR_DOWNLOAD_HOST for a URL that is not WeChat Pay's, before anything is signed
 * @throws {VerificationError} ERR_RESPONSE_DIGEST, as the stream's error
 * @throws {NetworkError} when no response comes; as the stream's error when it breaks off
 * @throws {ConfigError} when `client` was not made by `createClient`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791868
 */
export async function download(
  client: object,
  url: string,
  options: DownloadOptions = {},
): Promise<Download> {
  return fetchFile(url, options, internalsOf(client).download)
}

/** What {@link download} needs of a client. */
export function downloadTools(exchange: Exchange, options: CommonOptions): DownloadTools {
  const { baseUrl, headers, fetch } = options
  return {
    ...(baseUrl !== undefined && { baseUrl }),
    send: (url, name, signal) =>
      exchange(
        { method: 'GET', url, headers: new Headers(headers), signal },
        {
          // Files are not signed. Their digest is checked when the caller gives it.
          operation: { name, traits: { file: true, unsigned: true }, downloaded: true },
          entryPoints: [new URL(url).origin],
          policy: retryPolicy(options),
          fetch,
        },
      ),
  }
}
