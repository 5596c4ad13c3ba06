import type { Json, Location } from './overlay-target.ts'

type Members = { [name: string]: Json }

/** Whether an update has anything that the node does not have yet. */
export function brings(node: Json | undefined, update: Json): boolean {
  if (Array.isArray(node)) return entries(update).some((entry) => !node.some((known) => same(known, entry)))
  if (!isMembers(node) || !isMembers(update)) return !same(node, update)
  return Object.entries(update).some(
    ([name, value]) => !Object.hasOwn(node, name) || brings(node[name], value),
  )
}

/**
 * Finds where an update and a node have different kinds of values: an object, a list or a single value.
 * @returns the first such location below the node, `[]` for the node itself; undefined when there is none
 */
export function conflict(node: Json, update: Json): Location | undefined {
  // A list can be updated with a list or with a single entry.
  if (Array.isArray(node)) return undefined
  if (kind(node) !== kind(update)) return []
  if (!isMembers(node) || !isMembers(update)) return undefined
  for (const [name, value] of Object.entries(update)) {
    const own = Object.hasOwn(node, name) ? node[name]! : undefined
    if (own === undefined) continue
    const below = kind(own) === kind(value) ? conflict(own, value) : []
    if (below) return [name, ...below]
  }
  return undefined
}

/**
 * Merges an update into an object or a list, which is changed. Objects are merged name by name, lists are concatenated,
 * other values are replaced. Existing names keep their places, new ones are added at the end.
 * https://spec.openapis.org/overlay/v1.1.0.html#action-object
 */
export function merge(node: Members | Json[], update: Json): void {
  if (Array.isArray(node)) {
    node.push(...structuredClone(entries(update)))
    return
  }
  for (const [name, value] of Object.entries(update as Members)) {
    const own = Object.hasOwn(node, name) ? node[name] : undefined
    const nested = Array.isArray(own) || isMembers(own)
    if (nested) merge(own, value)
    else put(node, name, structuredClone(value))
  }
}

/** Whether two values are the same, whatever the order of names. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => same(entry, b[index]))
  if (!isMembers(a) || !isMembers(b)) return a === b
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]))
  )
}

/** Sorts the members of an object by the given order. Other members follow in the order they had. */
export function arrange(node: Members, order: readonly string[]): void {
  const members = { ...node }
  const known = order.filter((name) => Object.hasOwn(node, name))
  for (const name of Object.keys(node)) delete node[name]
  for (const name of new Set([...known, ...Object.keys(members)])) put(node, name, members[name]!)
}

/** Whether a value is an object. */
export function isMembers(value: Json | undefined): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

// Not by assignment, which would set the prototype for a member named __proto__.
function put(node: Members, name: string, value: Json): void {
  Object.defineProperty(node, name, { value, writable: true, enumerable: true, configurable: true })
}

function entries(update: Json): Json[] {
  return Array.isArray(update) ? update : [update]
}

function kind(value: Json): 'list' | 'object' | 'value' {
  if (Array.isArray(value)) return 'list'
  return isMembers(value) ? 'object' : 'value'
}
