import { visibleJson } from '../../hidden.ts'
import { type Review, tally } from '../review/review.ts'

/** A review as JSON, described by `docs/diff.schema.json`. */
export function jsonReport({ sides, suspicions, changes, accepted, stale }: Review): string {
  const report = {
    version: 1,
    sides,
    summary: {
      wire: tally(changes, 'wire'),
      types: tally(changes, 'types'),
      suspicions: suspicions.length,
      accepted: accepted.length,
      stale: stale.length,
    },
    suspicions,
    changes,
    accepted: accepted.map(({ change, reason }) => ({ ...change, reason })),
    stale: stale.map(({ fingerprint, rule, reason }) => ({ fingerprint, rule, reason })),
  }
  return `${visibleJson(report)}\n`
}
