import MarkdownIt from 'markdown-it'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { escaped } from '../../../../codegen/diff/report/markdown-escape.ts'
import { markdownReport } from '../../../../codegen/diff/report/markdown-report.ts'
import { visible } from '../../../../codegen/diff/report/visible.ts'
import { change, hostile, hostileReview, largeReview, review } from './support/reviews.ts'

// Renders HTML and links, as a code host does.
const host = new MarkdownIt({ html: true, linkify: true })
// Code hosts do not link names such as `pay.md`.
host.linkify.set({ fuzzyLink: false })

test('domains are folded, except those with breaking changes', () => {
  const info = {
    wire: 'info',
    types: 'info',
    subject: { domain: 'bill', operation: 'GET /v3/bill' },
  } as const
  const html = host.render(markdownReport(review([change(), change({ n: 1, ...info })])))
  assert.match(html, /<details open><summary><b>pay<\/b>: 1 breaking<\/summary>/)
  assert.match(html, /<details><summary><b>bill<\/b>: 1 info<\/summary>/)
  assert.match(html, /<strong><code>POST \/v3\/pay\/transactions\/jsapi<\/code><\/strong> JSAPI下单/)
  assert.match(html, /<a href="https:\/\/pay\.weixin\.qq\.com[^"]*">official document<\/a>/)
  assert.match(html, /<li>🔴 breaking: the request property amount.field.0 became required/)
  assert.match(html, /<table>/)
})

test('hostile text stays text everywhere', () => {
  const html = host.render(markdownReport(hostileReview()))
  const elements = new Set([...html.matchAll(/<([a-z]\w*)/g)].map(([, name]) => name))
  assert.equal(
    [...elements].sort(),
    ['a', 'b', 'blockquote', 'br', 'code', 'details', 'h3', 'li', 'p', 'strong', 'sub', 'summary', 'ul']
      .concat('table', 'tbody', 'td', 'th', 'thead', 'tr')
      .filter((name) => elements.has(name))
      .sort(),
  )
  assert.not.match(html, /<(script|img|em|pre|ol|h1)\b/)
  assert.not.match(html, /href="(?!https:)/)
  assert.not.match(html, /onerror="/)
  const count = (pattern: RegExp) => html.match(pattern)?.length ?? 0
  assert.is(count(/<details/g), count(/<\/details>/g))
})

test('escaped text renders as the original', () => {
  for (const text of hostile.filter((one) => visible(one) === one)) {
    const html = host.renderInline(escaped(text)).replace(/<!-- -->/g, '')
    assert.not.match(html, /<(?!a )/)
    const read = html
      .replace(/<[^>]+>/g, '')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&')
    assert.is(read, text)
  }
})

test('escaped text contains no mentions, references or addresses', () => {
  const text = escaped('@everyone #1 https://example.test www.example.test a@example.test')
  assert.not.match(text, /[@#]\w|:\/\/|www\./)
})

test('a long report is cut after a whole entry, worst first, and says how many are omitted', () => {
  const large = largeReview(1000)
  for (const limit of [65_536, 20_000, 5_000]) {
    const text = markdownReport(large, { limit })
    assert.ok(text.length <= limit, `${text.length} > ${limit}`)
    assert.ok(text.length > limit * 0.8, `${text.length} of ${limit}`)
    const shown = text.match(/^- (🔴|🟡|⚪)/gm)!.length
    assert.match(text, new RegExp(`_${1000 - shown} more changes are omitted here\\._\n$`))
    // 500 are breaking, and fewer fit.
    assert.not.match(text, /^- (🟡|⚪)/m)
    assert.is(text.match(/<details/g)!.length, text.match(/<\/details>/g)!.length)
  }
})

test('accepted changes are counted and stale entries listed', () => {
  const text = markdownReport(
    review([], {
      accepted: [{ change: change(), reason: 'announced' }],
      stale: [{ fingerprint: 'abc', rule: 'api-removed', reason: 'gone' }],
    }),
  )
  assert.match(text, /1 accepted change\./)
  assert.match(text, /<code>abc<\/code> <code>api-removed<\/code> gone/)
})

test.run()
