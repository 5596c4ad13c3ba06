import type { Field } from '../docs/field.ts'
import type { Operation } from '../docs/operation-page.ts'

/**
 * Embedded JSON with a single array below it is either the array itself or an object with that array, which only
 * samples show. Responses have no samples: they follow requests whose field and child have the same names.
 * @returns for `field/child` pairs and for names of children: whether samples show the array (`true`) or the object
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
  // A child that is always the one or the other is taken for the same below other fields.
  for (const [name, both] of kinds) if (both.size === 1) pairs.set(name, both.has(true))
  return pairs
}

/** The key of a field and its only embedded child. */
export function pairOf(field: Field, child: Field): string {
  return `${field.name}/${child.name}`
}
