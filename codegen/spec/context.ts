import type { Position, Rule } from '../docs/diagnostics.ts'
import type { Field } from '../docs/field.ts'

/** How much of the pages' text the spec carries: short labels, everything, or nothing. */
export type Descriptions = 'terms' | 'full' | 'none'

/** What the makers of schemas are told. */
export interface Context {
  descriptions: Descriptions
  /** Reports a finding in the page that is being compiled. */
  report(rule: Rule, at: Position, message: string): void
  /** Whether the embedded `child` of `parent` is the content itself (a list), as other pages' samples tell. */
  isList(parent: Field, child: Field): boolean | undefined
}
