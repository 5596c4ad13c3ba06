import { createHash } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { htmlReport } from '../../../../codegen/diff/report/html-report.ts'
import { change, hostile, hostileReview, largeReview, review } from './support/reviews.ts'

// test/browser tests it in a browser.
const dataOf = (html: string) =>
  JSON.parse(/<script type="application\/json" id="data">(.*)<\/script>/.exec(html)![1]!)

test('1,000 changes stay below 2 MB', () => {
  const html = htmlReport(largeReview(1000))
  assert.ok(Buffer.byteLength(html) < 2_000_000, `${Buffer.byteLength(html)}`)
  assert.is(dataOf(html).changes.length, 1000)
})

test('the policy contains the hash of the script and of the style', () => {
  const html = htmlReport(review([change()]))
  for (const [element, directive] of [
    ['script', 'script-src'],
    ['style', 'style-src'],
  ] as const) {
    const [, text] = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(html)!
    const hash = createHash('sha256').update(text!).digest('base64')
    assert.ok(html.includes(`${directive} 'sha256-${hash}'`), element)
  }
  assert.not.match(html, /unsafe-/)
})

test('nothing is loaded from other files or hosts', () => {
  const html = htmlReport(review([]))
  assert.not.match(html, /<link|<img|<iframe|@import|url\(|src="|fetch\(/)
})

test('the data contains every text, without `<`', () => {
  const html = htmlReport(hostileReview())
  const [, data] = /id="data">(.*)\n?<\/script>\n<script>/.exec(html)!
  assert.not.match(data!, /</)
  assert.is(dataOf(html).changes.length, hostile.length)
  assert.ok(dataOf(html).changes.some(({ en }: { en: string }) => en === hostile[1]))
})

test('links: only http and https; pages and spec files below the given addresses', () => {
  const side = { pointer: '/x', place: 'spec/pay.yaml:120' }
  const html = htmlReport(review([change({ before: side, after: side })]), {
    links: { pages: 'https://docs.test/', spec: '../' },
  })
  const { subjects, changes } = dataOf(html)
  assert.equal(subjects[0].page[1], 'https://docs.test/openapi/v3/pay/transactions/jsapi.md#post')
  assert.equal(changes[0].after, ['spec/pay.yaml:120', '../spec/pay.yaml#L120'])
  for (const subject of dataOf(htmlReport(hostileReview())).subjects) assert.is(subject.link, undefined)
})

test('the same review gives the same bytes', () => {
  assert.is(htmlReport(largeReview(20)), htmlReport(largeReview(20)))
})

test.run()
