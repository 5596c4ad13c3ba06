import { RequestError, VerificationError } from '../errors.ts'
import { type Download, type DownloadOptions, type DownloadTools, prepareDownload } from './file-download.ts'

/** A file of an encrypted bill, as WeChat Pay lists it. */
export interface BillPart {
  /** From 1, in the order in which the files belong together. */
  readonly bill_sequence: number
  readonly download_url: string
  /** 32 characters: decrypted, as the client returns it. */
  readonly encrypt_key: string
  readonly nonce: string
  readonly hash_type?: string | undefined
  readonly hash_value?: string | undefined
}

/**
 * The response of an operation that returns an encrypted bill: `GET /v3/bill/sub-merchant-fundflowbill`,
 * `GET /v3/ecommerce/bill/fundflowbill` and `GET /v3/payscore/merchant-bill`.
 */
export interface BillParts {
  readonly download_bill_count: number
  readonly download_bill_list?: readonly BillPart[] | undefined
}

/** Options of `downloadBills`. */
export type BillOptions = Omit<DownloadOptions, 'hash' | 'decrypt' | 'gzip'>

/** The public `downloadBills`, given what it needs of a client. */
export async function downloadParts(
  bill: BillParts,
  options: BillOptions,
  tools: DownloadTools,
): Promise<Download> {
  const prepared = await prepare(bill, options, tools).catch((thrown) => {
    // Nothing is sent, so the end of the whole call is all there is to report.
    return [async () => Promise.reject(thrown)]
  })
  const sent = prepared.map((send) => tools.settled(send))
  const discard = () => {
    for (const one of sent) one.then(({ data }) => data?.cancel()).catch(() => {})
  }
  const downloads = await Promise.all(sent).catch((reason) => {
    discard()
    throw reason
  })
  const failed = downloads.find(({ error }) => error)
  if (failed) {
    discard()
    return failed
  }
  return { data: joined(downloads.map(({ data }) => data!)), response: downloads[0]!.response }
}

type Send = Awaited<ReturnType<typeof prepareDownload>>

/** Checks all files before the first is requested. */
async function prepare(bill: BillParts, options: BillOptions, tools: DownloadTools): Promise<Send[]> {
  const { signal, timeout, deadline, retry, throwOnError } = options
  const prepared: Send[] = []
  for (const part of inOrder(bill)) {
    const { download_url, encrypt_key: key, nonce, hash_type: type, hash_value: value } = part
    const hash = type && value ? { type, value } : undefined
    const own = { hash, decrypt: { key, nonce }, signal, timeout, deadline, retry, throwOnError }
    prepared.push(await prepareDownload(download_url, own, tools))
  }
  return prepared
}

/**
 * The files in the order of `bill_sequence`.
 *
 * @throws {VerificationError} ERR_RESPONSE_MALFORMED when one is missing or listed twice
 * @throws {RequestError} ERR_REQUEST for something else than such a response
 */
function inOrder(bill: BillParts): BillPart[] {
  const { download_bill_count: count, download_bill_list: list = [] } = bill ?? {}
  if (typeof count !== 'number' || !Array.isArray(list)) {
    throw new RequestError('ERR_REQUEST', 'downloadBills needs download_bill_count and download_bill_list', {
      hint: 'Pass the data of the response that lists the files of an encrypted bill',
    })
  }
  const numbers = list.map((part: BillPart | null) => part?.bill_sequence)
  const parts = list.map((_, i): BillPart | undefined => list[numbers.indexOf(i + 1)])
  if (parts.length > 0 && parts.length === count && parts.every((part) => part !== undefined)) return parts
  throw new VerificationError(
    'ERR_RESPONSE_MALFORMED',
    `the response lists the files ${numbers.join(', ') || 'of no bill'}, but download_bill_count is ${count}`,
    { hint: 'Do not use them: they are not the whole bill. Request it again' },
  )
}

/** The streams one after the other. Nothing is read ahead; an error of one, and cancelling, cancel those after it. */
function joined(streams: readonly ReadableStream<Uint8Array>[]): ReadableStream<Uint8Array> {
  const rest = streams.map((stream) => stream.getReader())
  // One may have failed already, also while it waited. That is no error for a reader who leaves.
  const cancel = async (reason: unknown) => {
    await Promise.allSettled(rest.map((reader) => reader.cancel(reason)))
  }
  return new ReadableStream(
    {
      async pull(controller) {
        for (;;) {
          const [reader] = rest
          if (!reader) return controller.close()
          const { done, value } = await reader.read().catch((reason) => {
            cancel(reason)
            throw reason
          })
          if (!done) return controller.enqueue(value)
          rest.shift()
        }
      },
      cancel,
    },
    { highWaterMark: 0 },
  )
}
