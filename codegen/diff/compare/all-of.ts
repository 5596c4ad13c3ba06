import { isObject, type Loose, listOf, objectOf, same, stringsOf } from './json.ts'
import { member, type Node, resolve } from './json-node.ts'
import { compareSchemas } from './schema.ts'
import type { SchemaScope } from './schema-scope.ts'

/**
 * Compares two `allOf` part by part if both have the same parts, so that a shared part is compared once.
 * @returns false if they do not: merge them then
 */
export function compareAllOf(before: Node, after: Node, at: SchemaScope): boolean {
  const [old, now] = [partsOf(before), partsOf(after)]
  if (old.length === 0 || old.length !== now.length) return false
  const shared = old.some(
    (part, index) => referenceOf(part) && referenceOf(part) === referenceOf(now[index]!),
  )
  if (!shared || hasMovedProperty(old, now)) return false
  if (!same(withoutAllOf(before.value), withoutAllOf(after.value))) return false
  old.forEach((part, index) => {
    compareSchemas(part, now[index]!, at)
  })
  return true
}

/** One schema equivalent to all parts of `allOf`. */
export function mergeAllOf(node: Node, visited: readonly string[] = []): Node {
  const parts = partsOf(node)
  if (parts.length === 0 || visited.includes(node.pointer)) return node
  const properties = new Map<string, unknown>()
  const origins = new Map<string, string>()
  const required = new Set<string>()
  let merged: Loose = {}
  const resolved = parts.map((part) => mergeAllOf(resolve(part), [...visited, node.pointer]))
  for (const part of [...resolved, { ...node, value: withoutAllOf(node.value) }]) {
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
  return { document: node.document, pointer: node.pointer, value, origins }
}

// The pointers of the parts of an `allOf` that is in no document.
const partPointers = new WeakMap<object, string[]>()

function both(...parts: [value: unknown, pointer: string][]): Loose {
  const allOf = parts.map(([value]) => value)
  partPointers.set(
    allOf,
    parts.map(([, pointer]) => pointer),
  )
  return { allOf }
}

function partsOf(node: Node): Node<unknown>[] {
  const parts = listOf(node.value['allOf'])
  const pointers = partPointers.get(parts)
  return parts.map((value, index) => {
    const pointer = pointers?.[index]
    return pointer === undefined ? member(node, 'allOf', index) : { ...node, value, pointer }
  })
}

function referenceOf({ value }: Node<unknown>): unknown {
  return isObject(value) ? value['$ref'] : undefined
}

function withoutAllOf(value: Loose): Loose {
  const { allOf: _, ...rest } = value
  return rest
}

// A property that moved from one part to another is no change.
function hasMovedProperty(old: Node<unknown>[], now: Node<unknown>[]): boolean {
  const indices = (parts: Node<unknown>[]) => {
    const found = new Map<string, number>()
    parts.forEach((part, index) => {
      for (const name of Object.keys(objectOf(resolve(part).value['properties']))) found.set(name, index)
    })
    return found
  }
  const after = indices(now)
  return [...indices(old)].some(([name, index]) => (after.get(name) ?? index) !== index)
}
