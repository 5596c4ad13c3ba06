import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Row, sideBySide } from '../../../../codegen/diff/report/line-diff.ts'

test('differences are side by side with two lines of context; other lines become a number', () => {
  const before = ['total:', '  a', '  b', '  c', '  type: string', '  d', '  e', '  f', '  g']
  const after = before.with(4, '  type: integer')
  assert.equal(sideBySide(before, after), [
    ...['total:', '  a', '  b', '  c'],
    ['  type: string', '  type: integer'],
    ...['  d', '  e', 2],
  ])
})

test('equal texts give no rows', () => assert.equal(sideBySide(['a', 'b'], ['a', 'b']), []))

test('a side without lines', () => {
  assert.equal(sideBySide([], ['a', 'b']), [
    [null, 'a'],
    [null, 'b'],
  ])
})

test('each side can be read back from the rows', () => {
  const line = fc.constantFrom('a', 'b', 'c', 'd')
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.array(line, { maxLength: 12 }), (before, after) => {
      const rows = sideBySide(before, after)
      if (rows.length === 0) return assert.equal(before, after)
      for (const [index, side] of [before, after].entries()) assert.ok(reads(rows, index as 0 | 1, side))
    }),
  )
})

function reads(rows: Row[], index: 0 | 1, lines: string[]): boolean {
  let at = 0
  for (const row of rows) {
    if (typeof row === 'number') at += row
    else if (typeof row === 'string' && lines[at++] !== row) return false
    else if (typeof row === 'object' && row[index] !== null && lines[at++] !== row[index]) return false
  }
  return at === lines.length
}

test('long texts end in a number', () => {
  const rows = sideBySide(
    [],
    Array.from({ length: 500 }, (_, n) => `line ${n}`),
  )
  assert.is(rows.length, 49)
  assert.is(rows.at(-1), 452)
})

test.run()
