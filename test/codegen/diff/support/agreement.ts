import { compare } from '../../../../codegen/diff/compare/compare.ts'
import type { SchemaPair } from './random-schema.ts'
import { object, requesting, responding } from './spec.ts'
import { judge, type Subject } from './typescript-judge.ts'

/** A pair on which our verdict for types differs from the compiler's. */
export interface Disagreement {
  direction: Subject['direction']
  ours: boolean
  compiler: { assignable: boolean; writable: boolean }
  edits: string[]
  rules: string[]
  before: unknown
  after: unknown
}

/** Judges pairs in both directions, by our rules and by the compiler. */
export function disagreements(pairs: readonly SchemaPair[]): {
  found: Disagreement[]
  breaking: number
  total: number
  /** Pairs that are assignable, although an app that writes or reads every property does not compile. */
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
    const specWith = direction === 'request' ? requesting : responding
    const { changes } = compare(specWith(object({ value: before })), specWith(object({ value: after })))
    // A new state of a response is a warning by decision, and an error to the compiler.
    const rules = changes
      .filter(({ types, rule }) => types === 'breaking' || rule === 'response-property-enum-value-added')
      .map(({ rule }) => rule)
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
