import type { Field } from '../docs/field.ts'
import type { Operation } from '../docs/operation-page.ts'

/**
 * Embedded JSON with one array below it is either an object that holds the array or the array itself. Samples tell,
 * where there are any; a response follows the request whose field and child have the same names.
 * @returns the `field/child` pairs, and the names of children, that samples show as lists (`true`) or as objects (`false`)
 */
export function listPairs(operations: Operation[]): ReadonlyMap<string, boolean> {
  const pairs = new Map<string, boolean>()
  const kinds = new Map<string, Set<boolean>>()
  const visit = (field: Field): void => {
    const [only] = field.embedded ?? []
    if (only && field.embeddedList !== undefined) {
      pairs.set(pairOf(field, only), field.embeddedList)
      kinds.set(only.name, new Set([...(kinds.get(only.name) ?? []), field.embeddedList]))
    }
    for (const child of [...field.children, ...(field.embedded ?? [])]) visit(child)
  }
  for (const { json, query } of operations)
    for (const field of [...query, ...(json ? [json] : [])]) visit(field)
  // A child that only ever stands for one of the two does so below other fields too.
  for (const [name, both] of kinds) if (both.size === 1) pairs.set(name, both.has(true))
  return pairs
}

/** The key of a field and its only embedded child. */
export function pairOf(field: Field, child: Field): string {
  return `${field.name}/${child.name}`
}
