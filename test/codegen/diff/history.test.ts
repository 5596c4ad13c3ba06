import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../codegen/diff/compare/compare.ts'
import type { RuleId } from '../../../codegen/diff/rules/all-rules.ts'
import type { Level } from '../../../codegen/diff/rules/level.ts'
import { type CompiledPage, type Documentation, readDocumentation } from '../../../codegen/docs/read.ts'
import type { Document } from '../../../codegen/openapi/document.ts'
import { compile } from '../../../codegen/spec/compile.ts'

// Real changes of real pages: exactly the expected changes are reported.
const docs = process.env['DOCS']
const history = docs && join(docs, '../docs-history')
const whole = docs && history && existsSync(history) ? await readDocumentation(docs) : undefined

type Expected = [
  rule: RuleId,
  wire: Level,
  types: Level,
  operation: string,
  location: string,
  message: string,
]

const stories: Record<string, Expected[]> = {
  'request-field-removed': [
    [
      'request-property-removed',
      'warning',
      'breaking',
      'POST /v3/fund-app/mch-transfer/transfer-bills/transfer',
      'body openid',
      'Request property `openid` was removed',
    ],
  ],
  'required-query-added': [
    [
      'new-required-request-parameter',
      'breaking',
      'breaking',
      'GET /v3/merchantfund/partner/income-records',
      'query date',
      'Required query parameter `date` was added',
    ],
  ],
  'response-enum-widened': [
    [
      'response-property-extensible-enum-value-added',
      'warning',
      'info',
      'GET /v3/marketing/busifavor/users/{openid}/coupons/{coupon_code}/appids/{appid}',
      '200 coupon_state',
      'Response property `coupon_state` can now also be `DEACTIVATED`, `DELETED`, `PENDING_REDEEM`, `REDEEM_CONFIRMING`, `REDEEM_EXPIRED`, `REDEEM_FAILED`',
    ],
  ],
  'operation-renamed': [
    [
      'endpoint-renamed',
      'breaking',
      'breaking',
      'POST /v3/brand/partner/card-member/pre-auth-tokens',
      '',
      '`POST /v3/brand/partner/card-member/open-user-card-tokens` is now `POST /v3/brand/partner/card-member/pre-auth-tokens`',
    ],
    [
      'request-property-removed',
      'warning',
      'breaking',
      'POST /v3/brand/partner/card-member/pre-auth-tokens',
      'body user_card_code',
      'Request property `user_card_code` was removed',
    ],
    // The same commit added the link to the official document of two other operations.
    [
      'api-link-changed',
      'info',
      'info',
      'GET /v3/brand/partner/card-member/user-cards',
      '',
      'The link to the official document changed from none to https://pay.weixin.qq.com/doc/v3/partner/4015336984',
    ],
    [
      'api-link-changed',
      'info',
      'info',
      'POST /v3/brand/partner/card-member/user-cards/{user_card_code}/invalidate',
      '',
      'The link to the official document changed from none to https://pay.weixin.qq.com/doc/v3/partner/4015336983',
    ],
  ],
}

test('there are four stories, tested if DOCS is set', () => {
  assert.is(Object.keys(stories).length, 4)
})

for (const [name, expected] of whole ? Object.entries(stories) : [])
  test(name, async () => {
    const [before, after] = [await compiled(name, 'before'), await compiled(name, 'after')]
    const { changes, suspicions } = compare(before, after)
    assert.equal(suspicions, [])
    assert.equal(
      changes.map(({ rule, wire, types, subject, location }) => [
        rule,
        wire,
        types,
        subject.operation,
        location.join(' '),
      ]),
      expected.map((one) => one.slice(0, 5)),
    )
    changes.forEach(({ message }, index) => {
      assert.is(message.en, expected[index]![5])
    })
  })

async function compiled(name: string, side: string): Promise<Map<string, Document>> {
  const { pages } = await readDocumentation(join(history!, name, side))
  return compile(replaced(whole!, pages, name)).documents
}

function replaced(documentation: Documentation, pages: CompiledPage[], name: string): Documentation {
  // The current pages contain the new operation, which did not exist before the change.
  const isRenamed = (file: string) => name === 'operation-renamed' && file.includes('/card-member/')
  const others = documentation.pages.filter(
    ({ file }) => !isRenamed(file) && !pages.some((page) => page.file === file),
  )
  return { ...documentation, pages: [...others, ...pages] }
}

test.run()
