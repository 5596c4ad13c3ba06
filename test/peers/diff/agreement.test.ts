import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { compare } from '../../../codegen/diff/compare/compare.ts'
import { cases } from '../../codegen/diff/support/cases.ts'
import { schemaPair } from '../../codegen/diff/support/random-schema.ts'
import { answering, object, requesting } from '../../codegen/diff/support/spec.ts'
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
const told = cases.map(([rule, before, after]) => ({ rule, opinions: opinions(before, after, oasdiff) }))

test('each disagreement on the pair of a rule has its reason', () => {
  for (const { rule, opinions } of told)
    for (const peer of peers)
      if (breaks(opinions[peer]) !== breaks(opinions.ours))
        assert.ok(reasonOf(peer, [rule]), `${rule}: ours ${opinions.ours}, ${peer} ${opinions[peer]}`)
})

test('each reason has its disagreement', () => {
  assert.equal(
    disagreements.filter((one) => !used.has(one)).map(({ peer, rules }) => `${peer} ${rules}`),
    [],
  )
})

test('the three that matter', () => {
  const of = (rule: string) => told.find((one) => one.rule === rule)!.opinions
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

test('on generated pairs a disagreement comes from a rule on which the peers disagree', () => {
  // Forms are matched otherwise by each tool, and no other looks into a text that holds JSON.
  const isPlain = (pair: object) => !/"oneOf"|"contentSchema"/.test(JSON.stringify(pair))
  const pairs = fc.sample(schemaPair, { seed: 3, numRuns: 300 }).filter(isPlain)
  assert.ok(pairs.length > 50, `${pairs.length} pairs`)
  for (const place of [requesting, answering])
    for (const { before, after, edits } of pairs) {
      const [old, now] = [place(object({ value: before })), place(object({ value: after }))]
      const rules = compare(old, now).changes.map(({ rule }) => rule)
      const said = opinions(old, now, oasdiff)
      for (const peer of peers) {
        if (breaks(said[peer]) === breaks(said.ours)) continue
        const known =
          reasonOf(peer, rules) ?? onGenerated.find((one) => one.peer === peer && edits.includes(one.edit))
        assert.ok(
          known,
          `${edits}: ours ${said.ours}, ${peer} ${said[peer]}, ${rules}\n${JSON.stringify([before, after])}`,
        )
      }
    }
})

test('agreement.md is the table of it; UPDATE=1 writes it anew', () => {
  const text = markdown()
  if (process.env['UPDATE']) writeFileSync(table, text)
  assert.ok(readFileSync(table, 'utf8') === text, 'run the peers with UPDATE=1')
})

function markdown(): string {
  const agree = (peer: Peer) =>
    told.filter(({ opinions }) => breaks(opinions[peer]) === breaks(opinions.ours)).length
  const head = peers.map((peer) => `${peer} agrees on ${agree(peer)} of ${told.length}`).join(', ')
  const rows = told.map(
    ({ rule, opinions }) =>
      `| \`${rule}\` | ${opinions.ours} | ${cell(rule, opinions, 'oasdiff')} | ${cell(rule, opinions, 'api-smart-diff')} |`,
  )
  const reasons = [...disagreements, ...onGenerated].map(
    ({ peer, reason }, index) => `${index + 1}. ${peer}: ${reason}`,
  )
  return `# Agreement with peers

Does a change break a deployed app (\`wire\`)? One pair of tiny specs a rule. ${head}. Numbers are reasons, below.

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
