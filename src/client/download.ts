import { type Download, type DownloadOptions, download as fetchFile } from '../files/file-download.ts'
import { internalsOf } from './internals.ts'

/**
 * Downloads the file of a `download_url` that another operation answered, with a signed GET, as a stream.
 *
 * ```ts
 * const { data } = await client.GET('/v3/bill/tradebill', { params: { query: { bill_date, tar_type: 'GZIP' } } })
 * const hash = { type: data.hash_type, value: data.hash_value }
 * const { data: file, error } = await download(client, data.download_url, { hash })
 * ```
 *
 * The stream fails at its end when the file is not what `hash` says, so what was read of it counts only once it has
 * ended well. It is unpacked where the URL says GZIP.
 *
 * @param client as `createClient` made it
 * @param url `download_url`, as it was answered; it holds for a short time
 * @throws {RequestError} ERR_DOWNLOAD_HOST for a URL that is not WeChat Pay's, before anything is signed
 * @throws {VerificationError} ERR_RESPONSE_DIGEST, as the stream's error
 * @throws {NetworkError} when no answer comes; as the stream's error when it breaks off
 * @throws {ConfigError} when the client is none
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791868
 */
export async function download(
  client: object,
  url: string,
  options: DownloadOptions = {},
): Promise<Download> {
  return fetchFile(url, options, internalsOf(client).download)
}
