import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { thrownBy } from '../../support/thrown.ts'
import { readBill, trade } from './bill-samples.ts'
import { streamOf } from './read-all.ts'

test('any bill reads back the same, split into any pieces', async () => {
  const title = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
    .filter((text) => !/[\s,`{<[\uFEFF]|__proto__/.test(text))
  const value = fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('`', ',', '``', 'a,b', '字, 字', '"', "'"),
    )
    .map((text) =>
      text
        .replaceAll(/[\r\n]/g, ' ')
        .replaceAll(',`', ', ')
        .replace(/,$/, ''),
    )
  const bill = fc
    .uniqueArray(title, { minLength: 2, maxLength: 8, selector: (text) => text.trim() })
    .chain((titles) => {
      const row = fc.array(value, { minLength: titles.length, maxLength: titles.length })
      return fc.record({ titles: fc.constant(titles), rows: fc.array(row, { maxLength: 8 }) })
    })
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(bill, fc.constantFrom('\n', '\r\n'), cuts, async ({ titles, rows }, end, sizes) => {
      const print = (values: string[]) => values.map((text) => `\`${text}`).join(',')
      const lines = [
        titles.join(','),
        ...rows.map(print),
        '总交易单数,订单总金额',
        print([`${rows.length}`, '1.00']),
      ]
      const bytes = new TextEncoder().encode(lines.join(end) + end)
      const pieces: Uint8Array[] = []
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = sizes[i % sizes.length]!
        pieces.push(bytes.subarray(at, at + size))
        at += size
      }
      const read = await readBill(streamOf(...pieces).stream)
      const expected = rows.map((values) => Object.fromEntries(titles.map((name, i) => [name, values[i]])))
      assert.equal(read.rows, expected)
      assert.is(read.summary['订单总金额'], '1.00')
    }),
    { numRuns: 300 },
  )
})

test('a bill cut anywhere before its last value is never read as complete', async () => {
  const bytes = Buffer.from(trade.join('\r\n'))
  const last = bytes.lastIndexOf('`')
  for (let length = 0; length <= last; length++) {
    const error = await thrownBy(() => readBill(bytes.subarray(0, length)))
    assert.is(error.code, 'ERR_BILL_MALFORMED', `${length} bytes`)
  }
})

test.run()
