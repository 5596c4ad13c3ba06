import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../codegen/diff/compare/compare.ts'
import { cases } from '../../codegen/diff/support/cases.ts'
import { schemaPair } from '../../codegen/diff/support/random-schema.ts'
import { object, requesting, responding } from '../../codegen/diff/support/spec.ts'
import { type Disagreement, disagreements, onGenerated } from './disagreements.ts'
import { Oasdiff } from './oasdiff.ts'
import { type Opinions, opinions, type Peer, peers } from './peers.ts'

const oasdiff = new Oasdiff()
test.after(() => oasdiff.dispose())

const table = new URL('agreement.md', import.meta.url)
const used = new Set<Disagreement>()

function reasonOf(peer: Peer, rules: string[]): Disagreement | undefined {
  const found = disagreements.find((one) => one.peer === peer && rules.some((rule) => one.rules.test(rule)))
  if (found) used.add(found)
  return found
}

const breaks = (opinion: string) => opinion === 'breaking'
const judged = cases.map(([rule, before, after]) => ({ rule, opinions: opinions(before, after, oasdiff) }))

test('every disagreement on the case of a rule has a reason', () => {
  for (const { rule, opinions } of judged)
    for (const peer of peers)
      if (breaks(opinions[peer]) !== breaks(opinions.ours))
        assert.ok(reasonOf(peer, [rule]), `${rule}: ours ${opinions.ours}, ${peer} ${opinions[peer]}`)
})

test('every reason has a disagreement', () => {
  assert.equal(
    disagreements.filter((one) => !used.has(one)).map(({ peer, rules }) => `${peer} ${rules}`),
    [],
  )
})

test('the most important cases', () => {
  const of = (rule: string) => judged.find((one) => one.rule === rule)!.opinions
  assert.equal(of('response-property-type-changed'), {
    ours: 'breaking',
    oasdiff: 'breaking',
    'api-smart-diff': 'not breaking',
  })
  assert.equal(of('response-property-became-nullable'), {
    ours: 'breaking',
    oasdiff: 'breaking',
    'api-smart-diff': 'not breaking',
  })
  const removed = of('notification-required-property-removed')
  assert.is(removed.ours, 'breaking')
  assert.is.not(removed.oasdiff, 'breaking')
})

test('every disagreement on generated pairs comes from a rule with a known disagreement', () => {
  // Each tool matches alternatives differently, and only ours parses JSON in strings.
  const isPlain = (pair: object) => !/"oneOf"|"contentSchema"/.test(JSON.stringify(pair))
  const pairs = fc.sample(schemaPair, { seed: 3, numRuns: 300 }).filter(isPlain)
  assert.ok(pairs.length > 50, `${pairs.length} pairs`)
  for (const specWith of [requesting, responding])
    for (const { before, after, edits } of pairs) {
      const [old, now] = [specWith(object({ value: before })), specWith(object({ value: after }))]
      const rules = compare(old, now).changes.map(({ rule }) => rule)
      const asked = opinions(old, now, oasdiff)
      for (const peer of peers) {
        if (breaks(asked[peer]) === breaks(asked.ours)) continue
        const known =
          reasonOf(peer, rules) ?? onGenerated.find((one) => one.peer === peer && edits.includes(one.edit))
        assert.ok(
          known,
          `${edits}: ours ${asked.ours}, ${peer} ${asked[peer]}, ${rules}\n${JSON.stringify([before, after])}`,
        )
      }
    }
})

test('agreement.md is up to date; UPDATE=1 rewrites it', () => {
  const text = markdown()
  if (process.env['UPDATE']) writeFileSync(table, text)
  assert.ok(readFileSync(table, 'utf8') === text, 'run the peer tests with UPDATE=1')
})

function markdown(): string {
  const agree = (peer: Peer) =>
    judged.filter(({ opinions }) => breaks(opinions[peer]) === breaks(opinions.ours)).length
  const head = peers.map((peer) => `${peer} agrees on ${agree(peer)} of ${judged.length}`).join(', ')
  const rows = judged.map(
    ({ rule, opinions }) =>
      `| \`${rule}\` | ${opinions.ours} | ${cell(rule, opinions, 'oasdiff')} | ${cell(rule, opinions, 'api-smart-diff')} |`,
  )
  const reasons = [...disagreements, ...onGenerated].map(
    ({ peer, reason }, index) => `${index + 1}. ${peer}: ${reason}`,
  )
  return `# Agreement with peers

Does a change break a deployed app (\`wire\`)? One pair of small specs per rule. ${head}. The numbers refer to the reasons below.

| rule | ours | oasdiff | api-smart-diff |
| --- | --- | --- | --- |
${rows.join('\n')}

## Reasons

${reasons.join('\n')}
`
}

function cell(rule: string, opinions: Opinions, peer: Peer): string {
  if (breaks(opinions[peer]) === breaks(opinions.ours)) return opinions[peer]
  const index = disagreements.indexOf(reasonOf(peer, [rule])!)
  return `**${opinions[peer]}** (${index + 1})`
}

test.run()
