import type { Position, Rule } from '../docs/diagnostics.ts'
import type { Field } from '../docs/field.ts'

/** How much text of the pages the spec has: short labels, everything, or nothing. */
export type Descriptions = 'terms' | 'full' | 'none'

/** What making a schema needs besides the field. */
export interface Context {
  /** What is being compiled: `POST /v3/…`, or the type of an event. */
  place: string
  descriptions: Descriptions
  /** Whether the operation is for merchants and for partners who act for them. */
  bothModes: boolean
  /** Reports a finding in the page that is being compiled. */
  report(rule: Rule, at: Position, message: string): void
  /**
   * Whether the JSON in `parent` is the array `child` itself, by samples of other pages; undefined when none shows it.
   */
  isList(parent: Field, child: Field): boolean | undefined
}
