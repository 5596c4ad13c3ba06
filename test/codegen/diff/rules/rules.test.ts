import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../../codegen/diff/compare/compare.ts'
import { ruleOf, rules } from '../../../../codegen/diff/rules/all-rules.ts'
import { cases } from '../support/cases.ts'

test('every rule has a case, and every case a rule', () => {
  assert.equal(cases.map(([rule]) => rule).sort(), rules.map(({ id }) => id).sort())
})

test('every rule has a mirror in the other direction, or says why not', () => {
  for (const { id, mirror, direction } of rules) {
    if ('none' in mirror) {
      assert.ok(mirror.none.length > 10, id)
      continue
    }
    assert.ok(mirror.length > 0, `${id} has no mirror`)
    for (const name of mirror) {
      const other = ruleOf(name)
      assert.is(other.direction, direction, `${id} and its mirror ${name}`)
      assert.ok(!('none' in other.mirror) && other.mirror.length > 0)
    }
  }
})

test('every rule is told in both languages, and its placeholders are the same in both', () => {
  const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()
  for (const { id, sentence, why, advice } of rules) {
    assert.equal(holes(sentence.en), holes(sentence.zh), id)
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
    assert.equal(
      changes.map((change) => change.rule),
      [id],
    )
    const [change] = changes
    assert.is(change!.wire, rule.wire)
    assert.is(change!.types, rule.types)
    assert.not.match(
      change!.message.en + change!.message.zh,
      /\{(name|in|before|after|values?|keyword|count)\}|undefined|object Object/,
    )
    assert.match(change!.fingerprint, /^[0-9a-f]{16}$/)
    assert.equal(compare(before, before).changes, [])
    const back = compare(after, before).changes
    assert.is(back.length, 1)
    assert.ok(!('none' in rule.mirror) && rule.mirror.includes(back[0]!.rule), `swapped: ${back[0]!.rule}`)
  })
}

test.run()
