import { byCodeUnit } from '../by-code-unit.ts'
import type { Reporter } from '../docs/diagnostics.ts'
import type { Operation } from '../docs/operation-page.ts'

import { shape } from './moved.ts'

/** Operations whose paths differ only in the name of a variable are one operation to OpenAPI (and to the server). */
export interface MergedOperation extends Operation {
  /** The same path with other names of its variables. */
  aliases: string[]
}

/** Merges operations that OpenAPI cannot tell apart; two pages of exactly the same operation are an error. */
export function mergeCollisions(
  operations: Operation[],
  reporterOf: (file: string) => Reporter,
): MergedOperation[] {
  const merged = new Map<string, MergedOperation>()
  for (const operation of [...operations].sort(
    (a, b) => byCodeUnit(a.path, b.path) || byCodeUnit(a.file, b.file),
  )) {
    const key = `${operation.method} ${shape(operation.path)}`
    const first = merged.get(key)
    if (!first) {
      merged.set(key, { ...operation, aliases: [] })
    } else if (first.path === operation.path) {
      const name = `${operation.method.toUpperCase()} ${operation.path}`
      reporterOf(operation.file).report(
        'operation-duplicate',
        operation,
        `${name} stands in ${first.file}:${first.line} already`,
      )
    } else {
      reporterOf(operation.file).report(
        'operation-merged',
        operation,
        `merged with ${first.path} of ${first.file}:${first.line}`,
      )
      absorb(first, operation)
    }
  }
  return [...merged.values()]
}

// What only one of them takes is optional for both.
function absorb(first: MergedOperation, other: Operation): void {
  first.aliases.push(other.path)
  const known = new Set(first.query.map((field) => field.name))
  const theirs = new Set(other.query.map((field) => field.name))
  first.query = [
    ...first.query.map((field) => (theirs.has(field.name) ? field : { ...field, required: false })),
    ...other.query.filter((field) => !known.has(field.name)).map((field) => ({ ...field, required: false })),
  ]
  if (!first.json && other.json) first.json = other.json
}
