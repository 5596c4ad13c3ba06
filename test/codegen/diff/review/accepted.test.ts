import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../../codegen/diff/compare/compare.ts'
import { DiffInputError } from '../../../../codegen/diff/read/input-error.ts'
import {
  applyAccepted,
  parseAccepted,
  readAccepted,
  withAccepted,
} from '../../../../codegen/diff/review/accepted.ts'
import { object, requesting } from '../support/spec.ts'

const text = { type: 'string' }
const { changes } = compare(
  requesting(object({ a: text, b: text })),
  requesting(object({ a: { type: 'integer' } })),
)
const [one, other] = changes

test('accepted changes are separated; entries that match nothing are stale', () => {
  const written = withAccepted('', one!, 'the page was wrong: "x"')
  const entries = parseAccepted(written, 'accepted.yaml')
  assert.is(entries[0]!.reason, 'the page was wrong: "x"')
  const gone = { fingerprint: '0'.repeat(16), rule: 'endpoint-added', reason: 'old' }
  const applied = applyAccepted(changes, [...entries, gone])
  assert.equal(applied.changes, [other])
  assert.equal(applied.accepted, [{ change: one, reason: 'the page was wrong: "x"' }])
  assert.equal(applied.stale, [gone])
})

test('accepting keeps comments and other entries', () => {
  const first = `# ours\n${withAccepted('', one!, 'first')}  # after\n`
  const second = withAccepted(first, other!, 'second')
  assert.match(second, /# ours/)
  assert.match(second, /# after/)
  assert.equal(
    parseAccepted(second, 'accepted.yaml').map(({ reason }) => reason),
    ['first', 'second'],
  )
  assert.equal(applyAccepted(changes, parseAccepted(second, 'x')).changes, [])
})

test('a fingerprint of digits stays a string', () => {
  const change = { ...one!, fingerprint: '1234567890123456' }
  assert.is(parseAccepted(withAccepted('', change, 'r'), 'x')[0]!.fingerprint, change.fingerprint)
  const exponent = { ...one!, fingerprint: '12345678901234e5' }
  assert.is(parseAccepted(withAccepted('', exponent, 'r'), 'x')[0]!.fingerprint, exponent.fingerprint)
})

test('without a file nothing is accepted', async () => {
  assert.equal(await readAccepted('/nowhere/accepted.yaml'), [])
  assert.equal(parseAccepted('# nothing yet\n', 'x'), [])
})

for (const [name, content, expected] of [
  ['invalid YAML', '- a: [', /accepted\.yaml:\d+ is not valid YAML/],
  ['not a list', 'a: 1', /accepted\.yaml:1 must be a list/],
  ['a word', '# x\n- word', /has no fingerprint/],
  ['no reason', `# x\n- fingerprint: "${'a'.repeat(16)}"\n  rule: x\n`, /accepted\.yaml:2 has no reason/],
  ['short fingerprint', '- { fingerprint: abc, rule: x, reason: y }', /:1 has the fingerprint abc/],
  [
    'twice',
    `- { fingerprint: ${'a'.repeat(16)}, rule: x, reason: y }\n`.repeat(2),
    /:2 accepts a{16} again: see line 1/,
  ],
] as const)
  test(`malformed: ${name}`, () => {
    try {
      parseAccepted(content, 'accepted.yaml')
      assert.unreachable()
    } catch (error) {
      assert.instance(error, DiffInputError)
      assert.is((error as DiffInputError).code, 'ERR_DIFF_ACCEPTED')
      assert.match((error as DiffInputError).message, expected)
    }
  })

test.run()
