import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../codegen/diff/compare/compare.ts'
import { type CompiledPage, type Documentation, readDocumentation } from '../../../codegen/docs/read.ts'
import type { Document } from '../../../codegen/openapi/document.ts'
import { compile } from '../../../codegen/spec/compile.ts'

// Real changes of real pages: each is told as its story, and nothing else is.
const docs = process.env['DOCS']
const history = docs && join(docs, '../docs-history')
const whole = docs && history && existsSync(history) ? await readDocumentation(docs) : undefined

type Told = [rule: string, wire: string, types: string, operation: string, location: string, sentence: string]

const stories: Record<string, Told[]> = {
  'request-field-removed': [
    [
      'request-property-removed',
      'warning',
      'breaking',
      'POST /v3/fund-app/mch-transfer/transfer-bills/transfer',
      'body openid',
      'The request property `openid` was removed',
    ],
  ],
  'required-query-added': [
    [
      'new-required-request-parameter',
      'breaking',
      'breaking',
      'GET /v3/merchantfund/partner/income-records',
      'query date',
      'The query parameter `date` is new and required',
    ],
  ],
  'response-enum-widened': [
    [
      'response-property-extensible-enum-value-added',
      'warning',
      'info',
      'GET /v3/marketing/busifavor/users/{openid}/coupons/{coupon_code}/appids/{appid}',
      '200 coupon_state',
      'The response property `coupon_state` may also be `DEACTIVATED`, `DELETED`, `PENDING_REDEEM`, `REDEEM_CONFIRMING`, `REDEEM_EXPIRED`, `REDEEM_FAILED`',
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
      'The request property `user_card_code` was removed',
    ],
    // The same commit gave two neighbours their official document.
    [
      'api-link-changed',
      'info',
      'info',
      'GET /v3/brand/partner/card-member/user-cards',
      '',
      'The official document is https://pay.weixin.qq.com/doc/v3/partner/4015336984, not none',
    ],
    [
      'api-link-changed',
      'info',
      'info',
      'POST /v3/brand/partner/card-member/user-cards/{user_card_code}/invalidate',
      '',
      'The official document is https://pay.weixin.qq.com/doc/v3/partner/4015336983, not none',
    ],
  ],
}

test('the stories are told where the documentation is at hand', () => {
  assert.is(Object.keys(stories).length, 4)
})

for (const [name, told] of whole ? Object.entries(stories) : [])
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
      told.map((one) => one.slice(0, 5)),
    )
    changes.forEach(({ message }, index) => {
      assert.is(message.en, told[index]![5])
    })
  })

async function compiled(name: string, side: string): Promise<Map<string, Document>> {
  const { pages } = await readDocumentation(join(history!, name, side))
  return compile(replaced(whole!, pages, name)).documents
}

function replaced(documentation: Documentation, pages: CompiledPage[], name: string): Documentation {
  // Today's pages have the new operation: before the change there was none.
  const isStory = (file: string) => name === 'operation-renamed' && file.includes('/card-member/')
  const others = documentation.pages.filter(
    ({ file }) => !isStory(file) && !pages.some((page) => page.file === file),
  )
  return { ...documentation, pages: [...others, ...pages] }
}

test.run()
