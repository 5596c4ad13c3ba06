import {
  type BillRow,
  type BillSource,
  fundFlowBillTitles,
  parseBill,
  tradeBillTitles,
} from '../../../src/files/bills.ts'

/** A partner's trade bill with two payments and a refund; one name has a comma and a quote. */
export const trade = [
  tradeBillTitles.join(','),
  '`2026-01-02 18:13:12,`wxd678efh567hg6787,`1900007291,`1900000109,`,`4200000145202601022300523655,`T1,`oDod-TXcp_FfrHVR9K,`NATIVE,`SUCCESS,`CMB_DEBIT,`CNY,`0.02,`0.00,`0,`0,`0.00,`0.00,`,`,`铅笔, 2B "硬",`{"a":1,"b":[2,3]},`0.00000,`0.60%,`0.02,`0.00,`',
  '`2026-01-02 18:13:13,`wxd678efh567hg6787,`1900007291,`1900000109,`,`4200000145202601022300523656,`T2,`oDod-TXcp_FfrHVR9K,`JSAPI,`SUCCESS,`OTHERS,`CNY,`100.00,`1.50,`0,`0,`0.00,`0.00,`,`,`橡皮,`,`0.60000,`0.60%,`101.50,`0.00,`活动费率',
  '`2026-01-02 19:00:00,`wxd678efh567hg6787,`1900007291,`1900000109,`,`4200000145202601022300523656,`T2,`oDod-TXcp_FfrHVR9K,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`50300806962026010205978994968,`R1,`100.00,`1.50,`ORIGINAL,`SUCCESS,`橡皮,`,`-0.60000,`0.60%,`0.00,`101.50,`',
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
  '`3,`100.02,`100.00,`1.50,`0.00000,`101.52,`101.50',
]

/** A fund flow bill with one refund. */
export const fundFlow = [
  fundFlowBillTitles.join(','),
  '`2026-02-01 13:54:01,`50300806962026020105978994968,`4200000920202602197964319284,`退款,`退款,`支出,`0.01,`0.22,`1900007291API,`退款总金额0.01元;含手续费0.00元,`S20260201135356381941',
  '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
  '`1,`0,`0.00,`1,`0.01',
]

/** Reads a bill to its end. */
export async function readBill(source: BillSource) {
  const bill = parseBill(source)
  const rows: BillRow[] = []
  for await (const row of bill) rows.push(row)
  return { rows, summary: bill.summary, summaries: bill.summaries }
}
