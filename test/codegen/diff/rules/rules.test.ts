import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../../codegen/diff/compare/compare.ts'
import { type RuleId, ruleOf, rules } from '../../../../codegen/diff/rules/all-rules.ts'
import { cases } from '../support/cases.ts'

test('every rule has a case, and every case a rule', () => {
  assert.equal(cases.map(([rule]) => rule).sort(), rules.map(({ id }) => id).sort())
})

test('a misspelt rule id does not compile', () => {
  const misspelt: RuleId[] = [
    // @ts-expect-error: no such rule
    'request-property-became-requierd',
    // @ts-expect-error: no such facet
    'response-property-enum-values-added',
    // @ts-expect-error: no such family
    'webhook-property-enum-value-added',
    // @ts-expect-error: requests have no such rule
    'request-optional-property-added',
  ]
  assert.not.ok(rules.some(({ id }) => misspelt.includes(id)))
})

test('every rule has a mirror in the same direction', () => {
  for (const { id, mirror, direction } of rules) {
    assert.ok(mirror.length > 0, `${id} has no mirror`)
    for (const name of mirror) assert.is(ruleOf(name).direction, direction, `${id} and its mirror ${name}`)
  }
})

test('every rule is in both languages, with the same placeholders', () => {
  const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
  for (const { id, sentence, why, advice } of rules) {
    assert.equal(placeholders(sentence.en), placeholders(sentence.zh), id)
    for (const { en, zh } of [sentence, why, advice]) {
      assert.ok(en.length > 5 && zh.length > 2, id)
      assert.match(zh, /[一-龥]/, id)
      assert.not.match(en, /[一-龥]/, id)
    }
  }
})

for (const [id, before, after] of cases) {
  test(`${id}`, () => {
    const rule = ruleOf(id)
    const { changes } = compare(before, after)
    // What a reviewer must confirm of a new operation is reported beside the operation.
    const beside = id.startsWith('endpoint-added-') ? ['endpoint-added'] : []
    assert.equal(
      changes.map((change) => change.rule),
      [id, ...beside],
    )
    const [change] = changes
    assert.is(change!.wire, rule.wire)
    assert.is(change!.types, rule.types)
    assert.not.match(
      change!.message.en + change!.message.zh,
      /\{(name|in|before|after|values?|keyword|count)\}|undefined|null，|object Object/,
    )
    assert.match(change!.fingerprint, /^[0-9a-f]{16}$/)
    assert.equal(compare(before, before).changes, [])
    const back = compare(after, before).changes
    assert.is(back.length, 1)
    assert.ok(rule.mirror.includes(back[0]!.rule), `swapped: ${back[0]!.rule}`)
  })
}

test.run()
