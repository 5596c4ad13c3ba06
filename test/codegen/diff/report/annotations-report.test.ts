import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { annotationsReport } from '../../../../codegen/diff/report/annotations-report.ts'
import { change, hostileReview, review } from './support/reviews.ts'

const side = { pointer: '/x', place: 'spec/pay.yaml:120' }

test('errors with file and line for breaking changes, then warnings, then one notice with the counts', () => {
  const lines = annotationsReport(
    review([
      change({ n: 1, wire: 'warning', types: 'info', after: side }),
      change({ n: 2, after: side }),
      change({ n: 3, wire: 'info', types: 'info', after: side }),
    ]),
  )
    .trimEnd()
    .split('\n')
  assert.is(lines.length, 3)
  assert.match(
    lines[0]!,
    /^::error file=spec\/pay\.yaml,line=120,title=POST \/v3.*::the request property amount\.field_2/,
  )
  assert.match(lines[1]!, /^::warning file=spec\/pay\.yaml,line=120,title=/)
  assert.match(
    lines[2]!,
    /^::notice title=API review::wire: 1 breaking, 1 warning, 1 info; types: 1 breaking, 0 /,
  )
})

test('only one judgement', () => {
  const one = review([change({ wire: 'breaking', types: 'info', after: side })])
  assert.match(annotationsReport(one, { judgement: 'wire' }), /^::error /m)
  assert.not.match(annotationsReport(one, { judgement: 'types' }), /^::error /m)
})

test('hostile text cannot add commands or properties', () => {
  const text = annotationsReport(hostileReview())
  for (const line of text.trimEnd().split('\n')) {
    const [, properties, data] = /^::(?:error|warning|notice) ([^\r\n]*?)::([^\r\n]*)$/.exec(line) ?? []
    assert.ok(properties !== undefined && data !== undefined, line)
    for (const one of properties.split(',')) assert.match(one, /^(file|line|title)=[^:]*$/, line)
    assert.not.match(properties + data, /%(?!25|0A|0D|3A|2C)/)
  }
  assert.match(text, /%250A/)
})

test.run()
