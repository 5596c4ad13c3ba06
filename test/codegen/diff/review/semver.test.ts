import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../../codegen/diff/compare/compare.ts'
import { versionFacts } from '../../../../codegen/diff/review/semver.ts'
import { object, post, requesting } from '../support/spec.ts'

const text = { type: 'string' }
const one = requesting(object({ a: text }))
const breaking = compare(one, requesting(object({ a: text, b: text }))).changes
const added = compare(one, requesting(object({ a: text, 'b?': text }))).changes
const retitled = compare(post({ summary: 'a' }), post({ summary: 'b' })).changes

for (const [version, changes, next] of [
  ['1.4.2', breaking, '2.0.0'],
  ['1.4.2', added, '1.5.0'],
  ['1.4.2', retitled, '1.4.3'],
  ['0.4.2', breaking, '0.5.0'],
  ['0.4.2', added, '0.4.3'],
  ['0.4.2', retitled, '0.4.3'],
  ['1.4.2', [], '1.4.2'],
] as const)
  test(`${version} becomes ${next}`, () => {
    const facts = versionFacts(changes, version)
    assert.is(facts.next, next)
    assert.is(facts.breaking.length + facts.added.length + facts.other.length, changes.length)
  })

test('a change that breaks only the wire does not require a major version', () => {
  const encrypted = compare(one, requesting(object({ a: { ...text, 'x-encrypted': 'wechatpay' } }))).changes
  assert.is(encrypted[0]!.wire, 'breaking')
  assert.is(versionFacts(encrypted, '1.0.0').bump, 'patch')
})

test.run()
