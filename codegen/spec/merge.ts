import { byCodeUnit } from '../by-code-unit.ts'
import type { Reporter } from '../docs/diagnostics.ts'
import type { Operation } from '../docs/operation-page.ts'
import { labelOf } from '../openapi/operations.ts'
import { pathShape } from '../openapi/path-shape.ts'
import { fieldsWithin } from './fields-within.ts'

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
  const refused = new Set<string>()
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
    } else if (differences(first, operation).length > 0) {
      // Nobody knows which of the two is right, so neither replaces what the last run made of the path.
      for (const [one, other] of [
        [first, operation],
        [operation, first],
      ] as const)
        reporterOf(one.file).report(
          'merge-differs',
          one,
          `${labelOf(other)} of ${other.file}:${other.line} is the same operation, but differs in ${differences(first, operation).join(', ')}`,
        )
      refused.add(key)
    } else {
      reporterOf(operation.file).report(
        'operation-merged',
        operation,
        `merged with ${first.path}, which ${first.file}:${first.line} documents`,
      )
      absorb(first, operation)
    }
  }
  return [...merged].flatMap(([key, operation]) => (refused.has(key) ? [] : [operation]))
}

/** What decides where a request goes and who may read it or answer it, and is not the same in two operations. */
function differences(one: Operation, other: Operation): string[] {
  const host = ({ endpoint }: Operation) => JSON.stringify(endpoint ?? null)
  const unsigned = ({ sample }: Operation) => sample?.unverified ?? false
  return [
    ...(host(one) === host(other) ? [] : ['host']),
    ...(unsigned(one) === unsigned(other) ? [] : ['signature']),
    ...differentlyEncrypted(one, other).map((place) => `the encryption of ${place}`),
  ]
}

function differentlyEncrypted(one: Operation, other: Operation): string[] {
  const [own, theirs] = [one, other].map((operation) => new Map(fieldsWithin(operation)))
  return [...own!].flatMap(([place, field]) => {
    const twin = theirs!.get(place)
    return twin && twin.encryption !== field.encryption ? [place] : []
  })
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
