import { compare } from '../diff/compare/compare.ts'
import { loadSides } from '../diff/read/sides.ts'
import { withSourceLines } from '../diff/read/source-lines.ts'
import { type Language, words } from '../diff/report/words.ts'
import { applyAccepted, readAccepted } from '../diff/review/accepted.ts'
import type { Review } from '../diff/review/review.ts'
import { rules } from '../diff/rules/all-rules.ts'
import { compilePages } from '../run/compile-pages.ts'
import { UsageError } from './options.ts'

/** Where a reviewer's decisions are kept. */
export const acceptedFile = '.wechatpay-fetch/accepted.yaml'

/** What is to be compared. */
export interface Asked {
  before: string
  /** Absent for the spec of the working tree, or where `before` is a range. */
  after?: string
  /** The file of accepted changes. */
  accepted: string
  only?: ReadonlySet<string>
  /** For the name of the working tree. */
  language?: Language
}

/**
 * The sides that were typed: two of them, or a range of revisions.
 * @throws UsageError for anything else
 */
export function sidesOf(positionals: readonly string[]): Pick<Asked, 'before' | 'after'> {
  const [before, after, ...more] = positionals
  if (more.length > 0) throw new UsageError(`diff compares two sides: unexpected ${more.join(' ')}`)
  if (before === undefined) throw new UsageError('diff needs OLD and NEW, or a range such as v1.2.0..')
  if (after !== undefined) return { before, after }
  if (!before.includes('..'))
    throw new UsageError(`diff needs NEW beside ${before}; ${before}.. is against the working tree`)
  return { before }
}

/**
 * Reads two sides, compares them, and sorts out what was accepted.
 * @throws DiffInputError for a side that cannot be read
 */
export async function reviewOf({ before, after, accepted, only, language = 'en' }: Asked): Promise<Review> {
  const [entries, sides] = await Promise.all([
    readAccepted(accepted),
    loadSides(before, after, { compilePages }),
  ])
  const comparison = compare(sides.before.documents, sides.after.documents)
  const { changes, suspicions } = withSourceLines(comparison, sides.before, sides.after)
  const applied = applyAccepted(changes, entries)
  const asked = (domain: string) => only?.has(domain) ?? true
  const isWorkingTree = after === undefined && !/\.\.[^/]/.test(before)
  return {
    sides: {
      before: sides.before.label,
      after: isWorkingTree ? words[language].workingTree : sides.after.label,
    },
    suspicions: suspicions.filter(({ subject }) => asked(subject.domain)),
    changes: applied.changes.filter(({ subject }) => asked(subject.domain)),
    accepted: applied.accepted.filter(({ change }) => asked(change.subject.domain)),
    // An entry for another domain is not stale.
    stale: only ? [] : applied.stale,
    documents: { before: sides.before.documents, after: sides.after.documents },
    rules: new Map(rules.map((rule) => [rule.id, rule])),
  }
}
