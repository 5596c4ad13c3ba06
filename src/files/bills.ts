import { BillError } from '../errors.ts'
import { type BillRow, BillTable } from './bill-table.ts'

export type { BillRow } from './bill-table.ts'
export { fundFlowBillTitles, tradeBillTitles } from './bill-titles.ts'
export { fen } from './fen.ts'

/** What a bill is read from: a download's `data`, or what was kept of it. */
export type BillSource = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array | string

/** How a bill is read. */
export interface BillOptions<Title extends string> {
  /**
   * Columns that must be there; rows have them as `string` then, others as `string | undefined`. A bill without one
   * of them is refused before its first row.
   */
  titles?: readonly Title[]
}

/** A bill that is read row by row, once. */
export interface Bill<Title extends string = never> extends AsyncIterable<BillRow<Title>> {
  /**
   * The row of the summary, by its own titles.
   *
   * @throws {BillError} before the bill was read to its end
   */
  readonly summary: BillRow
  /** All rows of the summary, should there be several. */
  readonly summaries: readonly BillRow[]
}

/**
 * Reads a bill of WeChat Pay as it comes, in constant memory: trade, fund flow and profit-sharing bills, and statements.
 *
 * ```ts
 * import { fen, parseBill } from 'wechatpay-fetch/bills'
 *
 * let total = 0n
 * const bill = parseBill(data, { titles: ['微信订单号', '订单金额'] })
 * for await (const row of bill) total += fen(row['订单金额'])
 * if (total !== fen(bill.summary['订单总金额'])) throw new Error('the books do not balance')
 * ```
 *
 * Values are strings, exactly as they stand in the bill; {@link fen} makes amounts of them. That the bill is whole is
 * known at its end, by its summary and by the stream's digest: act on the rows only when the loop has ended well. A
 * stream that is left early is cancelled.
 *
 * @throws {BillError} ERR_BILL_MALFORMED, from the loop: for a text that is no bill, a row that does not fit the titles,
 *   a bill without its summary or with another number of rows than it tells; it names the line
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791866
 */
export function parseBill<const Title extends string = never>(
  source: BillSource,
  { titles }: BillOptions<Title> = {},
): Bill<Title> {
  const table = new BillTable(titles)
  let begun = false
  let ended = false

  async function* rows(): AsyncGenerator<BillRow<Title>, void, undefined> {
    // A bill in another encoding, or compressed, shall not become a bill full of replacement characters.
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for await (const piece of pieces(source)) {
      const text = typeof piece === 'string' ? piece : decoded(() => decoder.decode(piece, { stream: true }))
      for (const row of table.take(text)) yield row as BillRow<Title>
    }
    const rest = table.take(decoded(() => decoder.decode()))
    for (const row of [...rest, ...table.end()]) yield row as BillRow<Title>
    ended = true
  }

  return {
    [Symbol.asyncIterator]() {
      if (begun) throw new BillError('ERR_BILL_MALFORMED', 'the bill has been read: it can be read once')
      begun = true
      return rows()
    },
    get summary() {
      return this.summaries[0]!
    },
    get summaries() {
      if (!ended)
        throw new BillError('ERR_BILL_MALFORMED', 'the summary is known once the bill was read to its end')
      return table.summary
    },
  }
}

async function* pieces(source: BillSource): AsyncGenerator<Uint8Array | string, void, undefined> {
  if (typeof source === 'string' || source instanceof Uint8Array) {
    const size = 64 * 1024
    for (let at = 0; at < source.length; at += size) yield source.slice(at, at + size)
    return
  }
  // Not every platform's streams are iterable.
  if (!(source instanceof ReadableStream)) return yield* source
  const reader = source.getReader()
  let open = true
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((reason) => {
        open = false
        throw reason
      })
      if (done) {
        open = false
        return
      }
      yield value
    }
  } finally {
    if (open) await reader.cancel()
  }
}

function decoded(decode: () => string): string {
  try {
    return decode()
  } catch {
    throw new BillError('ERR_BILL_MALFORMED', 'the bill is not UTF-8 text', {
      hint: 'Is it compressed? Then download it with gzip: true. Is it encrypted? Then decrypt it first',
    })
  }
}
