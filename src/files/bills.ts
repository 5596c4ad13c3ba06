import { BillError } from '../errors.ts'
import { type BillRow, BillTable } from './bill-table.ts'

export type { BillRow } from './bill-table.ts'
export { fundFlowBillTitles, tradeBillTitles } from './bill-titles.ts'
export { fen } from './fen.ts'

/** A bill's content: the `data` of a download, or its bytes or text. */
export type BillSource = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array | string

/** Options of {@link parseBill}. */
export interface BillOptions<Title extends string> {
  /**
   * Required columns. In the type of a row they are `string`, and others `string | undefined`. A bill without one of
   * them is refused before its first row.
   */
  titles?: readonly Title[]
}

/** A bill, to be read once, row by row. */
export interface Bill<Title extends string = never> extends AsyncIterable<BillRow<Title>> {
  /**
   * The row of the summary, by column title.
   *
   * @throws {BillError} until the bill has been read to its end
   */
  readonly summary: BillRow
  /** All rows of the summary; a few bills have several. */
  readonly summaries: readonly BillRow[]
}

/**
 * Parses a bill of WeChat Pay row by row, in constant memory: trade, fund flow and profit-sharing bills, and statements.
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
 * Values are strings, exactly as in the bill; {@link fen} converts amounts. A name, note or description may contain the
 * separator `` ,` ``; where two such columns follow each other, all of it is read as the first one's. Whether the bill is complete is known only at
 * its end, from its summary and the stream's digest: act on the rows only after the loop has ended without an error.
 * Leaving the loop early cancels the stream.
 *
 * @param source a stream, bytes, or text
 * @returns an async iterable of rows, and the summary once they are read
 * @throws {BillError} ERR_BILL_MALFORMED, thrown by the loop, for text that is not a bill, a row that does not match the
 *   titles, a missing summary, or a summary with another number of rows; it names the line
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
    // `fatal`, so that compressed data or another encoding is an error, not a bill full of replacement characters.
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for await (const piece of pieces(source)) {
      const text = typeof piece === 'string' ? piece : decoded(() => decoder.decode(piece, { stream: true }))
      for (const row of table.add(text)) yield row as BillRow<Title>
    }
    const rest = table.add(decoded(() => decoder.decode()))
    for (const row of [...rest, ...table.end()]) yield row as BillRow<Title>
    ended = true
  }

  return {
    [Symbol.asyncIterator]() {
      if (begun)
        throw new BillError('ERR_BILL_MALFORMED', 'the bill has been read already; it can only be read once')
      begun = true
      return rows()
    },
    get summary() {
      return this.summaries[0]!
    },
    get summaries() {
      if (!ended)
        throw new BillError(
          'ERR_BILL_MALFORMED',
          'the summary is known only after the bill has been read to its end',
        )
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
  // Streams are not iterable on every platform.
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
      hint: 'If it is compressed, download it with gzip: true. If it has an encrypt_key, use downloadBills',
    })
  }
}
