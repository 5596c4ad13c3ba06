import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { jsonReport } from '../../../../codegen/diff/report/json-report.ts'
import { change, hostileReview, jsapi, largeReview, review } from './support/reviews.ts'

const schema = JSON.parse(readFileSync(new URL('../../../../docs/diff.schema.json', import.meta.url), 'utf8'))
const valid = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema)

const full = review(
  [change({ before: { pointer: '/a', place: 'spec/pay.yaml:3', value: { type: 'string' } } })],
  {
    suspicions: [
      {
        rule: 'table-vanished',
        subject: jsapi,
        location: ['200'],
        message: { en: 'x', zh: 'y' },
        explains: ['1'],
      },
    ],
    accepted: [{ change: change({ n: 1 }), reason: 'announced' }],
    stale: [{ fingerprint: 'abc', rule: 'api-removed', reason: 'gone' }],
  },
)

test('reports match docs/diff.schema.json', () => {
  for (const one of [full, review([]), largeReview(50), hostileReview()]) {
    assert.ok(valid(JSON.parse(jsonReport(one))), JSON.stringify(valid.errors))
  }
})

test('the schema refuses other reports', () => {
  const report = JSON.parse(jsonReport(full))
  for (const spoil of [
    (copy: typeof report) => delete copy.summary.wire,
    (copy: typeof report) => (copy.changes[0].wire = 'bad'),
    (copy: typeof report) => (copy.changes[0].reason = 'only accepted changes have one'),
    (copy: typeof report) => delete copy.accepted[0].reason,
    (copy: typeof report) => (copy.changes[0].subject.path = '/x'),
  ]) {
    const copy = structuredClone(report)
    spoil(copy)
    assert.not.ok(valid(copy), String(spoil))
  }
})

test('the counts are by judgement and exclude accepted changes', () => {
  const { summary } = JSON.parse(jsonReport(full))
  assert.equal(summary.wire, { breaking: 1, warning: 0, info: 0 })
  assert.is(summary.accepted, 1)
})

test.run()
