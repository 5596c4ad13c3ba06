import type { Exchange } from '../exchange/exchange.ts'
import { type BillOptions, type BillParts, downloadParts } from '../files/bill-parts.ts'
import {
  type Download,
  type DownloadOptions,
  type DownloadTools,
  download as fetchFile,
} from '../files/file-download.ts'
import type { KnownOperations } from '../operations/operation.ts'
import { retryPolicy } from '../retry/policy.ts'
import type { Only, ThrowsOnError, Unsaid, WithThrowOnError } from '../throw-on-error.ts'
import { checkCallOptions } from './call-options.ts'
import { internalsOf } from './internals.ts'
import type { CommonOptions } from './options.ts'
import { dataOf } from './result.ts'
import { withSettled } from './settled.ts'

/**
 * Downloads the file of a `download_url` that another operation returned, with a signed GET, as a stream.
 *
 * ```ts
 * const { data } = await client.GET('/v3/bill/tradebill', { params: { query: { bill_date, tar_type: 'GZIP' } } })
 * const hash = { type: data.hash_type, value: data.hash_value }
 * const { data: file, error } = await download(client, data.download_url, { hash })
 * ```
 *
 * The stream fails at its end when the file does not match `hash`, or the tag of an encrypted one, so use what was read
 * only after it has ended without an error. It is unpacked when the URL says GZIP. For encrypted bills, see
 * {@link downloadBills}.
 *
 * @param client made by `createClient`
 * @param url `download_url` as returned; it is valid for a short time
 * @throws {RequestError} ERR_DOWNLOAD_HOST for a URL that is not WeChat Pay's, before anything is signed
 * @throws {VerificationError} ERR_RESPONSE_DIGEST, as the stream's error
 * @throws {EncryptionError} ERR_DECRYPT_KEY for a `decrypt` that cannot be right, before anything is sent
 * @throws {NetworkError} when no response comes; as the stream's error when it breaks off
 * @throws {ResponseError} with `throwOnError`, for an error of the API
 * @throws {ConfigError} when `client` was not made by `createClient`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791868
 */
export async function download<C extends object>(
  client: C,
  url: string,
  options?: DownloadOptions & Unsaid,
): Promise<C extends ThrowsOnError ? ReadableStream<Uint8Array> : Download>
export async function download<T extends boolean | undefined = undefined>(
  client: object,
  url: string,
  options: WithThrowOnError<DownloadOptions, T>,
  ...only: Only<T>
): Promise<T extends true ? ReadableStream<Uint8Array> : Download>
export async function download(
  client: object,
  url: string,
  options: DownloadOptions = {},
  ..._: unknown[]
): Promise<Download | ReadableStream<Uint8Array>> {
  const { download: tools } = internalsOf(client)
  return ended(await fetchFile(url, options, tools), url, options, tools)
}

/**
 * Downloads an encrypted bill (AEAD_AES_256_GCM), decrypts and unpacks it: one stream of all its files in the order of
 * `bill_sequence`. A bill of more than about 16 GB has several, whose URLs are valid for five minutes, so all downloads
 * start at once, and the later ones wait until they are read.
 *
 * ```ts
 * const { data } = await client.GET('/v3/bill/sub-merchant-fundflowbill', {
 *   params: { query: { sub_mchid, bill_date, account_type: 'BASIC', algorithm: 'AEAD_AES_256_GCM', tar_type: 'GZIP' } },
 * })
 * const { data: file, error } = await downloadBills(client, data)
 * for await (const row of parseBill(file)) …
 * ```
 *
 * **Rows come before the file they are in is checked.** The tag and the digest of a file are known at its end only, and
 * the stream fails there when one does not match. Then everything that was read before must be thrown away, so act on it
 * only after the stream has ended without an error.
 *
 * @param client made by `createClient`
 * @param bill the data of `GET /v3/bill/sub-merchant-fundflowbill`, `GET /v3/ecommerce/bill/fundflowbill` or
 *   `GET /v3/payscore/merchant-bill`, with `encrypt_key` decrypted, as the client returns it
 * @returns the stream, or the error that WeChat Pay returned for one of the files; `response` is that of the first file,
 *   or of the one with the error
 * @throws {VerificationError} ERR_RESPONSE_MALFORMED, before anything is sent, when a file is missing or listed twice; as
 *   the stream's error for a file that is neither gzip nor text after decryption. ERR_RESPONSE_DIGEST, as the stream's
 *   error, for a file that does not match its tag or digest
 * @throws {EncryptionError} ERR_DECRYPT_KEY, before anything is sent, for a key or nonce that cannot be right, and for a
 *   key of SM4_GCM, which is not supported
 * @throws {RequestError} ERR_DOWNLOAD_HOST, as for {@link download}
 * @throws {NetworkError} when no response comes; as the stream's error when one breaks off
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012760697
 */
export async function downloadBills<C extends object>(
  client: C,
  bill: BillParts,
  options?: BillOptions & Unsaid,
): Promise<C extends ThrowsOnError ? ReadableStream<Uint8Array> : Download>
export async function downloadBills<T extends boolean | undefined = undefined>(
  client: object,
  bill: BillParts,
  options: WithThrowOnError<BillOptions, T>,
  ...only: Only<T>
): Promise<T extends true ? ReadableStream<Uint8Array> : Download>
export async function downloadBills(
  client: object,
  bill: BillParts,
  options: BillOptions = {},
  ..._: unknown[]
): Promise<Download | ReadableStream<Uint8Array>> {
  const { download: tools } = internalsOf(client)
  const url = bill?.download_bill_list?.[0]?.download_url ?? ''
  return ended(await downloadParts(bill, options, tools), url, options, tools)
}

async function ended(
  file: Download,
  url: string,
  options: DownloadOptions,
  { throwOnError, operationAt }: DownloadTools,
): Promise<Download | ReadableStream<Uint8Array>> {
  if (!(options.throwOnError ?? throwOnError)) return file
  return file.error ? dataOf(file, await operationAt(new URL(url))) : file.data
}

/** What {@link download} needs of a client. */
export function downloadTools(
  exchange: Exchange,
  operations: KnownOperations,
  options: CommonOptions,
): DownloadTools {
  const { baseUrl, headers, fetch, hooks, throwOnError } = options
  return {
    ...(baseUrl !== undefined && { baseUrl }),
    ...(throwOnError && { throwOnError }),
    check: checkCallOptions,
    // Loaded here, as most apps download few files.
    operationAt: async (url) => (await import('../operations/at-url.ts')).operationAt(url, operations),
    settled: (run) => withSettled(hooks, 'GET', run),
    send: (url, name, { signal, ...own }, progress) =>
      exchange(
        { method: 'GET', url, headers: new Headers(headers), signal },
        {
          // Files are not signed. Their digest is checked when the caller gives it.
          operation: { name, traits: { file: true, unsigned: true }, downloaded: true },
          entryPoints: [new URL(url).origin],
          policy: retryPolicy(own, options),
          fetch,
          progress,
        },
      ),
  }
}
