import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../../codegen/docs/diagnostics.ts'
import { readDocumentation } from '../../../codegen/docs/read.ts'
import { compile } from '../../../codegen/spec/compile.ts'

/** The real pages, if there is a copy of them: `DOCS=../website/docs node --import tsx test/codegen/docs/corpus.test.ts`. */
const docs = process.env['DOCS']

/** The known faults of the pages: rule, page, line, and a part of that line. */
const known: [rule: string, page: string, line: number, text: string][] = [
  // Nine pages whose sources of the path disagree.
  ['path-slash', 'openapi/v3/applyment4sub/applyment/index.md', 6, '{#post}'],
  ['path-slash', 'openapi/v3/ecommerce/applyments/index.md', 6, '{#post}'],
  ['variable-missing', 'openapi/v3/bank-transfer/batches/out-batch-no/{out_batch_no}.md', 6, '{#get}'],
  ['variable-missing', 'openapi/v3/global/merchants/{sub_mchid}.md', 147, '{#patch}'],
  ['variable-missing', 'openapi/v3/global/papay/transactions/out-trade-no/{out_trade_no}.md', 6, '{#get}'],
  ['root-unused', 'openapi/v3/global/papay/transactions/out-trade-no/{out_trade_no}.md', 6, '{#get}'],
  ['variable-missing', 'openapi/v3/merchant/fund/withdraw/bill-type/{bill_type}.md', 6, '{#get}'],
  [
    'variable-missing',
    'openapi/v3/offlinefacemch/organizations/{organization_id}/users/user-id/{user_id}/terminate-contract.md',
    6,
    '{#post}',
  ],
  [
    'root-unused',
    'openapi/v3/offlinefacemch/organizations/{organization_id}/users/user-id/{user_id}/terminate-contract.md',
    6,
    '{#post}',
  ],
  [
    'variable-missing',
    'openapi/v3/payscore/users/{openid}/permissions/{service_id}/terminate.md',
    6,
    '{#post}',
  ],
  [
    'variable-missing',
    'openapi/v3/payscore/users/{openid}/permissions/{service_id}/terminate.md',
    6,
    '{#post}',
  ],
  ['sample-call', 'openapi/v3/new-tax-control-fapiao/download.md', 6, '{#get}'],
  // Tables.
  ['enum-duplicate', 'openapi/v3/global/merchant/h5/permission/{sub_mchid}.md', 81, 'authorization_state'],
  ['enum-blank', 'openapi/v3/global/merchants.md', 429, 'verification_status'],
  ['enum-blank', 'openapi/v3/merchants.md', 391, 'verification_status'],
  ['enum-type', 'openapi/v3/gov/subsidy/zhejiang/authcode/try.md', 126, 'discount_mode'],
  ['name-blank', 'openapi/v3/global/micropay/transactions/pay.md', 396, 'payer _currency'],
  ['name-blank', 'openapi/v3/transactions/micropay.md', 402, 'payer _currency'],
  ['container-unclosed', 'openapi/v3/new-tax-control-fapiao/download.md', 29, '::: code-group'],
  ['encryption-code', 'openapi/v3/eduschoolpay/contracts/presign.md', 23, 'credential_type'],
  // Notifications.
  ['line-owner-order', 'webhook/v3/ECOMMERCE_ENTRUST.SIGN.md', 37, 'original_type'],
  ['line-owner-order', 'webhook/v3/ECOMMERCE_ENTRUST.TERMINATE.md', 37, 'original_type'],
  ['row-extra-cell', 'webhook/v3/MCHTRANSFER.BILL.FINISHED.md', 50, 'payment_method_type'],
  ['field-alternatives', 'webhook/v3/MCHWITHDRAW.CHANGE.md', 55, 'original_data'],
  ['field-alternatives', 'webhook/v3/MCHWITHDRAW.CHANGE.md', 72, 'original_data'],
  ['field-alternatives', 'webhook/v3/RECHARGE.FUND_RETURNED.md', 54, 'detail'],
  ['parent-scalar-repaired', 'webhook/v3/RECHARGE.CLOSED.md', 58, 'openid'],
  ['indent-lost', 'webhook/v3/RECHARGE.CLOSED.md', 59, 'online_bank_recharge_info'],
  ['indent-lost', 'webhook/v3/RECHARGE.CLOSED.md', 70, 'available_recharge_channels'],
]

if (docs === undefined) {
  test('the real pages are read where DOCS names a copy of them', () => {})
} else {
  const documentation = await readDocumentation(docs)
  const findings = [...documentation.findings, ...compile(documentation).findings]
  const of = (rule: string): Diagnostic[] => findings.filter((finding) => finding.rule === rule)

  test('every page compiles', () => {
    const { pages } = documentation
    assert.equal(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    )
    assert.is(pages.flatMap(({ operations }) => operations).length, 1018)
    assert.is(pages.flatMap(({ notifications }) => notifications).length, 102)
    assert.is(of('page-moved').length, 6)
    assert.is(of('operation-merged').length, 1)
  })

  test('every operation and field has its place in the page', () => {
    for (const { file, operations, notifications } of documentation.pages) {
      if (operations.length + notifications.length === 0) continue
      const lines = readFileSync(join(docs, file), 'utf8').split('\n')
      for (const { line, method } of operations) assert.match(lines[line - 1]!, `{#${method}}`)
      const fields = [
        ...operations.flatMap(({ query, headers, json }) => [
          ...query,
          ...headers,
          ...(json?.children ?? []),
        ]),
        ...notifications.flatMap(({ plaintexts }) => plaintexts.flat()),
      ]
      for (const { name, line, column } of fields) {
        const from = lines[line - 1]!.slice(column - 1)
        assert.ok(
          from.replace(' ', '').startsWith(name) || from.startsWith(name),
          `${file}:${line}:${column}`,
        )
      }
    }
  })

  test('cipher text without a mark, and modes that exclude each other, are counted', () => {
    assert.equal(
      [...new Set(of('encryption-unmarked').map(({ message }) => message.split(' ')[0]))],
      ['user_chosen_values'],
    )
    assert.is(of('encryption-unmarked').length, 11)
    assert.is(of('mode-required').length, 108)
  })

  test('samples that contradict their table are counted', () => {
    assert.is(of('sample-type').length, 29)
    assert.is(of('sample-enum').length, 15)
  })

  test('each known error of the pages is found at its place, and no other of its kind', () => {
    const found = findings
      .filter(({ rule }) => known.some(([one]) => one === rule))
      .map(({ rule, file, line }) => `${file}:${line} ${rule}`)
    assert.equal(found.sort(), known.map(([rule, file, line]) => `${file}:${line} ${rule}`).sort())
    for (const [, file, line, text] of known)
      assert.match(readFileSync(join(docs, file), 'utf8').split('\n')[line - 1]!, text)
  })
}

test.run()
