import { compare } from '../../../../codegen/diff/compare/compare.ts'
import type { SchemaPair } from './random-schema.ts'
import { answering, object, requesting } from './spec.ts'
import { judge, type Subject } from './typescript-judge.ts'

/** Where our verdict on types and the compiler's differ. */
export interface Disagreement {
  direction: Subject['direction']
  ours: boolean
  compiler: { assignable: boolean; writable: boolean }
  edits: string[]
  rules: string[]
  before: unknown
  after: unknown
}

/** Judges pairs in both directions by our rules and by the compiler. */
export function disagreements(pairs: readonly SchemaPair[]): {
  found: Disagreement[]
  breaking: number
  total: number
  /** Pairs that are assignable, but an app that writes or reads them out does not compile. */
  written: number
} {
  const subjects = pairs.flatMap((pair) =>
    (['request', 'response'] as const).map((direction) => ({ direction, ...pair })),
  )
  const found: Disagreement[] = []
  let breaking = 0
  let written = 0
  const judgements = judge(subjects)
  subjects.forEach(({ direction, before, after, edits }, index) => {
    const compiler = judgements[index]!
    const place = direction === 'request' ? requesting : answering
    const { changes } = compare(place(object({ value: before })), place(object({ value: after })))
    const rules = changes.filter(({ types }) => types === 'breaking').map(({ rule }) => rule)
    const ours = rules.length > 0
    if (ours) breaking++
    if (compiler.assignable && !compiler.writable) written++
    if (ours === (compiler.assignable && compiler.writable))
      found.push({
        direction,
        ours,
        compiler,
        edits,
        rules: ours ? rules : changes.map(({ rule }) => rule),
        before,
        after,
      })
  })
  return { found, breaking, total: subjects.length, written }
}
