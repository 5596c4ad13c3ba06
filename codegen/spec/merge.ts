import { byCodeUnit } from '../by-code-unit.ts'
import type { Reporter } from '../docs/diagnostics.ts'
import type { Operation } from '../docs/operation-page.ts'
import { labelOf } from '../openapi/operations.ts'
import { pathShape } from '../openapi/path-shape.ts'

/** Operations whose paths differ only in variable names: to OpenAPI and to the server, they are one. */
export interface MergedOperation extends Operation {
  /** The same path with other variable names. */
  aliases: string[]
}

/** Merges operations whose paths differ only in variable names. Two pages with the same path are an error. */
export function mergeCollisions(
  operations: Operation[],
  reporterOf: (file: string) => Reporter,
): MergedOperation[] {
  const merged = new Map<string, MergedOperation>()
  for (const operation of [...operations].sort(
    (a, b) => byCodeUnit(a.path, b.path) || byCodeUnit(a.file, b.file),
  )) {
    const key = `${operation.method} ${pathShape(operation.path)}`
    const first = merged.get(key)
    if (!first) {
      merged.set(key, { ...operation, aliases: [] })
    } else if (first.path === operation.path) {
      reporterOf(operation.file).report(
        'operation-duplicate',
        operation,
        `${labelOf(operation)} is documented in ${first.file}:${first.line} already`,
      )
    } else {
      reporterOf(operation.file).report(
        'operation-merged',
        operation,
        `merged with ${first.path}, which ${first.file}:${first.line} documents`,
      )
      absorb(first, operation)
    }
  }
  return [...merged.values()]
}

// Query parameters that only one of them has are optional.
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
