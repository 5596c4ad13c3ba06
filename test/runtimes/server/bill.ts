import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'

/** A trade bill of 5,000 payments, as it is downloaded plain and packed. */
export interface Bill {
  plain: Buffer
  packed: Buffer
  /** Hexadecimal. */
  sha1: string
}

const titles = ['交易时间', '商户号', '微信订单号', '商户订单号', '商品名称', '订单金额']
const summary = ['总交易单数', '订单总金额']
const count = 5000

/** @param fen what each payment is of */
export function tradeBill(fen: number): Bill {
  const yuan = (amount: number) => (amount / 100).toFixed(2)
  const row = (values: readonly string[]) => values.map((value) => `\`${value}`).join(',')
  const rows = Array.from({ length: count }, (_, index) => {
    const number = String(4_200_000_145_202_601 + index * 7919)
    return row(['2026-01-31 18:13:12', '1900007291', number, `T${index}`, '铅笔, 2B', yuan(fen)])
  })
  const lines = [titles.join(','), ...rows, summary.join(','), row([String(count), yuan(count * fen)])]
  const plain = Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`)
  return { plain, packed: gzipSync(plain), sha1: createHash('sha1').update(plain).digest('hex') }
}
