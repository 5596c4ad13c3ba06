import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fen } from '../../../src/files/fen.ts'
import { BillError } from '../../../src/index.ts'

const amounts: [text: string, value: bigint][] = [
  ['12.34', 1234n],
  ['0.01', 1n],
  ['0.29', 29n],
  ['1.15', 115n],
  ['0', 0n],
  ['0.0', 0n],
  ['0.00000', 0n],
  ['0.10000', 10n],
  ['-0.10', -10n],
  ['-10.5', -1050n],
  ['+3', 300n],
  ['-0.00', 0n],
  ['007.00', 700n],
  ['90071992547409.93', 9007199254740993n],
  ['99999999999999999999999.99', 9999999999999999999999999n],
]

for (const [text, value] of amounts) {
  test(`${text} is ${value} fen`, () => {
    assert.is(fen(text), value)
  })
}

const refused = [
  undefined,
  '',
  ' ',
  ' 1.00',
  '1.00 ',
  '1.00\n',
  '`1.00',
  '.5',
  '1.',
  '-',
  '--1',
  '1e2',
  '0x10',
  '1,000.00',
  '¥1.00',
  '1.00元',
  '0.60%',
  '0.005',
  '0.00600',
  '1.2.3',
  '１.00',
  'NaN',
  'SUCCESS',
]

for (const text of refused) {
  test(`${JSON.stringify(text)} is not an amount`, () => {
    assert.throws(
      () => fen(text),
      (error: unknown) => error instanceof BillError && error.code === 'ERR_BILL_MALFORMED',
    )
  })
}

test('any amount in fen, written as yuan, reads back the same', () => {
  const zeros = fc.nat({ max: 4 }).map((count) => '0'.repeat(count))
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), zeros, (value, more) => {
      const digits = String(value < 0n ? -value : value).padStart(3, '0')
      const text = `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}${more}`
      assert.is(fen(text), value)
    }),
  )
})

test('any text is refused, or gives what BigInt makes of its digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[+-]?\d{1,6}\.?\d{0,5}$/), (text) => {
      const [whole = '', decimals = ''] = text.split('.')
      const thousandths = BigInt(`${whole.replace(/^[+-]/, '')}${decimals.padEnd(5, '0')}`)
      const exact = thousandths % 1000n === 0n && !text.endsWith('.')
      if (!exact) assert.throws(() => fen(text))
      else assert.is(fen(text), (thousandths / 1000n) * (text.startsWith('-') ? -1n : 1n))
    }),
  )
})

test.run()
