import { byCodeUnit } from '../../by-code-unit.ts'
import type { Document } from '../../openapi/document.ts'
import { type Change, type Level, levels, type Subject, type Suspicion } from '../compare/change.ts'
import type { Rule } from '../rules/rule.ts'

/** Who is asked: a deployed app, an app that upgrades, or whichever of them fares worse. */
export type Judgement = 'wire' | 'types' | 'either'

/** What stands behind a rule, for those who want to know more than its sentence. */
export type RuleHelp = Pick<Rule, 'why' | 'advice'>

/** An entry of the file of accepted changes. */
export interface AcceptedEntry {
  fingerprint: string
  rule: string
  reason: string
}

/** Documents of one side, by the name of their domain. */
export type Documents = ReadonlyMap<string, Document>

/** A comparison with what the reviewer said of it: what every report tells. */
export interface Review {
  /** What the reader calls the two sides: `main`, `spec`. */
  sides: { before: string; after: string }
  suspicions: Suspicion[]
  /** What nobody accepted yet. */
  changes: Change[]
  accepted: { change: Change; reason: string }[]
  /** Accepted entries that match no change any more. */
  stale: AcceptedEntry[]
  /** What the reports show excerpts of. */
  documents?: { before: Documents; after: Documents }
  /** By id of the rule. */
  rules?: ReadonlyMap<string, RuleHelp>
}

/** Number of changes by level. */
export type Tally = Record<Level, number>

/** The level of a change for a judgement. */
export function levelOf(change: Pick<Change, 'wire' | 'types'>, judgement: Judgement = 'either'): Level {
  if (judgement !== 'either') return change[judgement]
  return rank(change.wire) <= rank(change.types) ? change.wire : change.types
}

/** 0 for the worst level. */
export function rank(level: Level): number {
  return levels.indexOf(level)
}

/** Counts changes by level. */
export function tally(changes: readonly Change[], judgement: Judgement = 'either'): Tally {
  const counted: Tally = { breaking: 0, warning: 0, info: 0 }
  for (const change of changes) counted[levelOf(change, judgement)]++
  return counted
}

/** The changes of one operation, worst first. */
export interface OperationGroup {
  subject: Subject
  changes: Change[]
}

/** The operations of one domain, worst first. */
export interface DomainGroup {
  domain: string
  operations: OperationGroup[]
  changes: Change[]
}

/** Changes by domain and operation; at each step the worst first, then by name. */
export function grouped(changes: readonly Change[]): DomainGroup[] {
  return [...by(changes, ({ subject }) => subject.domain)]
    .map(([domain, own]) => ({
      domain,
      changes: own,
      operations: [...by(own, ({ subject }) => subject.operation ?? '')]
        .map(([name, ofOne]) => ({ name, subject: ofOne[0]!.subject, changes: [...ofOne].sort(worse) }))
        .sort((a, b) => worse(a.changes[0]!, b.changes[0]!) || byCodeUnit(a.name, b.name)),
    }))
    .sort((a, b) => worst(a.changes) - worst(b.changes) || byCodeUnit(a.domain, b.domain))
}

/** Rank of the worst among changes, of which there is one at least. */
export function worst(changes: readonly Change[]): number {
  return Math.min(...changes.map((change) => rank(levelOf(change))))
}

/** Orders by the worse judgement, then by the other. */
export function worse(a: Change, b: Change): number {
  return rank(levelOf(a)) - rank(levelOf(b)) || rank(a.wire) + rank(a.types) - (rank(b.wire) + rank(b.types))
}

function by<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
