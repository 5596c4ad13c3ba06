import { byCodeUnit } from '../../by-code-unit.ts'
import { groupBy } from '../../group-by.ts'
import type { Document } from '../../openapi/document.ts'
import type { Change, Subject, Suspicion } from '../compare/change.ts'
import { type Level, levels } from '../rules/level.ts'
import type { Rule } from '../rules/rule.ts'
import { concernsTrust } from '../rules/trust.ts'
import type { Accepted, AcceptedChange } from './accepted.ts'

/** Whose level counts: that of a deployed app, of an app that upgrades, or the worse of the two. */
export type Judgement = 'wire' | 'types' | 'either'

/** What a rule says besides its sentence. */
export type RuleHelp = Pick<Rule, 'why' | 'advice'>

/** The documents of one side by domain. */
export type Documents = ReadonlyMap<string, Document>

/** A comparison and a reviewer's decisions about it: the input of every report. */
export interface Review {
  /** The names of the two sides: `main`, `spec`. */
  sides: { before: string; after: string }
  suspicions: Suspicion[]
  /** Changes that are not accepted. */
  changes: Change[]
  accepted: AcceptedChange[]
  /** Accepted entries that no longer match a change. */
  stale: Accepted[]
  /** For excerpts. */
  documents?: { before: Documents; after: Documents }
  /** By rule id. */
  rules?: ReadonlyMap<string, RuleHelp>
}

/** The level of a change for a judgement. */
export function levelOf(change: Pick<Change, 'wire' | 'types'>, judgement: Judgement = 'either'): Level {
  if (judgement !== 'either') return change[judgement]
  return rank(change.wire) <= rank(change.types) ? change.wire : change.types
}

/** 0 for the worst level. */
export function rank(level: Level): number {
  return levels.indexOf(level)
}

/** The number of changes of each level. */
export function tally(changes: readonly Change[], judgement: Judgement = 'either'): Record<Level, number> {
  const counts = { breaking: 0, warning: 0, info: 0 }
  for (const change of changes) counts[levelOf(change, judgement)]++
  return counts
}

interface OperationGroup {
  subject: Subject
  changes: Change[]
}

interface DomainGroup {
  domain: string
  operations: OperationGroup[]
  changes: Change[]
}

/**
 * Changes by domain and operation. Domains, operations and changes are sorted worst first, then by name. What decides
 * where a request goes and who may read or change it precedes everything else.
 */
export function grouped(changes: readonly Change[]): DomainGroup[] {
  return [...groupBy(changes, ({ subject }) => subject.domain)]
    .map(([domain, own]) => ({
      domain,
      changes: own,
      operations: [...groupBy(own, ({ subject }) => subject.operation ?? '')]
        .map(([name, ofOne]) => ({
          name,
          subject: ofOne[0]!.subject,
          changes: [...ofOne].sort(compareLevels),
        }))
        .sort((a, b) => compareLevels(a.changes[0]!, b.changes[0]!) || byCodeUnit(a.name, b.name)),
    }))
    .sort((a, b) => worstRank(a.changes) - worstRank(b.changes) || byCodeUnit(a.domain, b.domain))
}

/** Changes in the order of `grouped`. */
export function ordered(changes: readonly Change[]): Change[] {
  return grouped(changes).flatMap(({ operations }) => operations.flatMap((own) => own.changes))
}

function worstRank(changes: readonly Change[]): number {
  return changes.reduce<number>((worst, change) => Math.min(worst, placeOf(change)), levels.length)
}

// Before the worst level.
function placeOf(change: Change): number {
  return concernsTrust(change.rule) ? -1 : rank(levelOf(change))
}

/** Compares changes: trust first, then by the worse judgement, then by the other. */
export function compareLevels(a: Change, b: Change): number {
  return placeOf(a) - placeOf(b) || rank(a.wire) + rank(a.types) - (rank(b.wire) + rank(b.types))
}
