import { tradeBillTitles } from '../../src/files/bills.ts'

/** Titles of a trade bill, with the line's end. */
export const head = `\uFEFF${tradeBillTitles.join(',')}\r\n`

/** Rows as trade bills have them, each with its own numbers. */
export function rows(count: number): string {
  return Array.from({ length: count }, row).join('')
}

/** Titles and row of the summary. */
export function summary(count: number): string {
  const titles =
    '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
  return `${titles}\r\n\`${count},\`0.00,\`0.00,\`0.00,\`0.00000,\`0.00,\`0.00\r\n`
}

function row(): string {
  const amount = (Math.random() * 1000).toFixed(2)
  const values = [
    `2026-01-${digits(1)}${digits(1)} 12:${digits(1)}5:${digits(1)}7`,
    'wxdf9968af00e458e0',
    '1900007291',
    '0',
    '',
    `42000004${digits(20)}`,
    `order${digits(16)}`,
    `o1gswuOe${digits(20)}`,
    'JSAPI',
    'SUCCESS',
    'OTHERS',
    'CNY',
    amount,
    '0.00',
    '0',
    '0',
    '0.00',
    '0.00',
    '',
    '',
    '一件商品, 蓝色',
    '',
    '0.01000',
    '0.60%',
    amount,
    '0.00',
    '',
  ]
  return `\`${values.join(',`')}\r\n`
}

function digits(length: number): string {
  return Array.from({ length }, () => Math.floor(Math.random() * 10)).join('')
}
