import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { changelogDraft, withDraft } from '../../../../codegen/diff/report/changelog.ts'
import { change, hostileReview, review } from './support/reviews.ts'

const info = { wire: 'info', types: 'info' } as const

test('what breaks for those who upgrade stands first; what is new within an operation is a number', () => {
  const draft = changelogDraft(
    review([
      change({ n: 1, ...info, rule: 'response-property-added' }),
      change({ n: 2, ...info, rule: 'response-property-added' }),
      change({ n: 3, ...info, rule: 'endpoint-added', message: { en: '`GET /v3/new` is new', zh: '' } }),
      change({ n: 4, wire: 'breaking', types: 'warning' }),
      change({ n: 5 }),
    ]),
    '1.2.0',
  )
  assert.is(
    draft,
    `### API

What the documentation changed asks for a major version, 2.0.0.

Breaking for apps that upgrade:

- \`POST /v3/pay/transactions/jsapi\`: the request property amount.field_5 became required.

To be looked at:

- \`POST /v3/pay/transactions/jsapi\`: the request property amount.field_4 became required.

Operations and notifications:

- \`POST /v3/pay/transactions/jsapi\`: \`GET /v3/new\` is new.

Harmless:

- 2 × \`response-property-added\``,
  )
})

const changelog = `# Changelog

## Unreleased

### Added

- Something that was written by hand.

## 0.1.0
`

test('the draft goes below Unreleased, and what stands there stays', () => {
  const written = withDraft(changelog, '### API\n\nA draft.')
  assert.is(written, changelog.replace('## Unreleased\n', '## Unreleased\n\n### API\n\nA draft.\n'))
  assert.is(withDraft(written, '### API\n\nA draft.'), written)
})

test('a changelog without Unreleased is not touched', () => {
  assert.throws(() => withDraft('# Changelog\n', 'x'), /no heading "## Unreleased"/)
})

test('no markup of a page in the changelog', () => {
  const draft = changelogDraft(hostileReview(), '0.1.0')
  assert.not.match(draft, /<|\]\(/)
  for (const line of draft.split('\n').slice(4)) assert.match(line, /^$|^- |^[A-Z][\w ]+:$/)
})

test.run()
