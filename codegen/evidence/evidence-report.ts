import { groupBy } from '../group-by.ts'
import { classes, type Disagreement } from './disagreements.ts'
import type { Judged, Judgement } from './judgements.ts'

interface Evidence {
  judged: Judged[]
  open: Disagreement[]
  stale: Judgement[]
}

/**
 * The disagreements for a person: those that are open, by operation; then what was judged, by class and reason; then
 * judgements that cover nothing any more.
 */
export function evidenceReport({ judged, open, stale }: Evidence): string {
  const lines: string[] = []
  for (const kind of classes) {
    const own = open.filter((one) => one.class === kind)
    if (own.length === 0) continue
    lines.push(`${kind}: ${own.length} to judge`)
    for (const [operation, some] of groupBy(own, (one) => one.operation)) {
      lines.push(`  ${operation}`)
      for (const { side, field, sources, message } of some)
        lines.push(`    ${side} ${field || '(the operation)'}: ${message} (${sources.join(', ')})`)
    }
    lines.push('')
  }
  for (const kind of classes) {
    const own = judged.filter(({ disagreement }) => disagreement.class === kind)
    if (own.length === 0) continue
    lines.push(`${kind}: ${own.length} judged`)
    const byReason = [...groupBy(own, ({ judgement }) => judgement)]
    for (const [{ reason, line }, some] of byReason) lines.push(`  ${some.length} (line ${line}) ${reason}`)
    lines.push('')
  }
  for (const { line, class: kind, reason } of stale)
    lines.push(`line ${line}: this judgement (${kind}) covers nothing any more, delete it: ${reason}`)
  lines.push(`${open.length} to judge, ${judged.length} judged, ${stale.length} stale judgements`)
  return `${lines.join('\n')}\n`
}
