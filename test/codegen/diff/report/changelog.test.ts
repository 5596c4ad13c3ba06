import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { changelogDraft, withDraft } from '../../../../codegen/diff/report/changelog.ts'
import { change, hostileReview, review } from './support/reviews.ts'

const info = { wire: 'info', types: 'info' } as const

test('changes that break apps come first; additions within an operation are counted', () => {
  const draft = changelogDraft(
    review([
      change({ n: 1, ...info, rule: 'response-optional-property-added' }),
      change({ n: 2, ...info, rule: 'response-optional-property-added' }),
      change({ n: 3, ...info, rule: 'endpoint-added', message: { en: '`GET /v3/new` was added', zh: '' } }),
      change({ n: 4, wire: 'breaking', types: 'warning' }),
      change({ n: 5 }),
    ]),
    '1.2.0',
  )
  assert.is(
    draft,
    `### API

The changes of the documentation require a major version, 2.0.0.

Breaking for apps that upgrade:

- \`POST /v3/pay/transactions/jsapi\`: the request property amount.field_5 became required.

May affect apps that upgrade:

- \`POST /v3/pay/transactions/jsapi\`: the request property amount.field_4 became required.

New operations and notifications:

- \`POST /v3/pay/transactions/jsapi\`: \`GET /v3/new\` was added.

Harmless:

- 2 × \`response-optional-property-added\``,
  )
})

const changelog = `# Changelog

## Unreleased

### Added

- An entry written by hand.

## 0.1.0
`

test('the draft is inserted below Unreleased, once, and keeps what is there', () => {
  const written = withDraft(changelog, '### API\n\nA draft.')
  assert.is(written, changelog.replace('## Unreleased\n', '## Unreleased\n\n### API\n\nA draft.\n'))
  assert.is(withDraft(written, '### API\n\nA draft.'), written)
})

test('a changelog without Unreleased is refused', () => {
  assert.throws(() => withDraft('# Changelog\n', 'x'), /no heading "## Unreleased"/)
})

test('markup of a page does not reach the changelog', () => {
  const draft = changelogDraft(hostileReview(), '0.1.0')
  assert.not.match(draft, /<|\]\(/)
  for (const line of draft.split('\n').slice(4)) assert.match(line, /^$|^- |^[A-Z][\w ]+:$/)
})

test.run()
