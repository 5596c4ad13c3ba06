import { BillError } from '../errors.ts'

/**
 * Converts an amount of a bill from yuan to fen (1/100 yuan), exactly, without floating point. Zeros after the second
 * decimal, as fees have them, are ignored; a fraction of a fen is refused.
 *
 * ```ts
 * fen('12.34') // 1234n
 * fen('-0.10') // -10n
 * fen('0.00000') // 0n
 * ```
 *
 * @param yuan the bill's text
 * @throws {BillError} ERR_BILL_MALFORMED for text that is not an amount: `''`, a word, `1e2`, `1,000.00`, `¥1`, `0.005`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791866
 */
export function fen(yuan: string | undefined): bigint {
  const [, sign, whole = '', decimals = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(yuan ?? '') ?? []
  if (whole === '' || /[^0]/.test(decimals.slice(2))) {
    throw new BillError(
      'ERR_BILL_MALFORMED',
      yuan === undefined
        ? 'the amount is undefined'
        : `${JSON.stringify(yuan.slice(0, 40))} is not an amount in yuan`,
      { hint: 'Is this the right column? Amounts look like 12.34' },
    )
  }
  const amount = BigInt(whole + decimals.slice(0, 2).padEnd(2, '0'))
  return sign === '-' ? -amount : amount
}
