import { isObject, type Loose, listOf, objectOf, same, stringsOf } from './json.ts'
import { member, type Placed, resolve } from './json-node.ts'
import { compareSchemas, type SchemaStanding } from './schema.ts'

/**
 * Compares two schemas part by part where both are made of the same parts, so that a shared part is compared once.
 * @returns false where they are not: merge them then
 */
export function compareAllOf(before: Placed, after: Placed, at: SchemaStanding): boolean {
  const [old, now] = [partsOf(before), partsOf(after)]
  if (old.length === 0 || old.length !== now.length) return false
  const shared = old.some((part, index) => reference(part) && reference(part) === reference(now[index]!))
  if (!shared || moved(old, now)) return false
  if (!same(rest(before.value), rest(after.value))) return false
  old.forEach((part, index) => {
    compareSchemas(part, now[index]!, at)
  })
  return true
}

/** One schema that says what all parts of `allOf` say. */
export function mergeAllOf(placed: Placed, met: readonly string[] = []): Placed {
  const parts = partsOf(placed)
  if (parts.length === 0 || met.includes(placed.pointer)) return placed
  const properties = new Map<string, unknown>()
  const origins = new Map<string, string>()
  const required = new Set<string>()
  let merged: Loose = {}
  const resolved = parts.map((part) => mergeAllOf(resolve(part), [...met, placed.pointer]))
  for (const part of [...resolved, { ...placed, value: rest(placed.value) }]) {
    merged = { ...merged, ...part.value }
    for (const keyword of ['contentSchema', 'items', 'additionalProperties'])
      if (part.value[keyword] !== undefined) origins.set(`/${keyword}`, member(part, keyword).pointer)
    for (const name of stringsOf(part.value['required'])) required.add(name)
    for (const [name, value] of Object.entries(objectOf(part.value['properties']))) {
      const known = properties.get(name)
      const pointer = part.origins?.get(name) ?? member(part, 'properties', name).pointer
      properties.set(name, known === undefined ? value : both([known, origins.get(name)!], [value, pointer]))
      if (known === undefined) origins.set(name, pointer)
    }
  }
  const value: Record<string, unknown> = { ...merged }
  delete value['allOf']
  if (properties.size > 0) value['properties'] = Object.fromEntries(properties)
  if (required.size > 0) value['required'] = [...required]
  return { document: placed.document, pointer: placed.pointer, value, origins }
}

// Where the parts of an `allOf` come from that stands in no document.
const partOrigins = new WeakMap<object, string[]>()

function both(...parts: [value: unknown, pointer: string][]): Loose {
  const allOf = parts.map(([value]) => value)
  partOrigins.set(
    allOf,
    parts.map(([, pointer]) => pointer),
  )
  return { allOf }
}

function partsOf(placed: Placed): Placed<unknown>[] {
  const parts = listOf(placed.value['allOf'])
  const origins = partOrigins.get(parts)
  return parts.map((value, index) => {
    const pointer = origins?.[index]
    return pointer === undefined ? member(placed, 'allOf', index) : { ...placed, value, pointer }
  })
}

function reference({ value }: Placed<unknown>): unknown {
  return isObject(value) ? value['$ref'] : undefined
}

function rest(value: Loose): Loose {
  const { allOf: _, ...others } = value
  return others
}

// A property that moved from one part to another did not change.
function moved(old: Placed<unknown>[], now: Placed<unknown>[]): boolean {
  const places = (parts: Placed<unknown>[]) => {
    const found = new Map<string, number>()
    parts.forEach((part, index) => {
      for (const name of Object.keys(objectOf(resolve(part).value['properties']))) found.set(name, index)
    })
    return found
  }
  const after = places(now)
  return [...places(old)].some(([name, index]) => (after.get(name) ?? index) !== index)
}
