import type { Json, Location } from './overlay-target.ts'

type Members = { [name: string]: Json }

/** Whether an update says anything that the node does not say yet. */
export function brings(node: Json | undefined, update: Json): boolean {
  if (Array.isArray(node)) return entries(update).some((entry) => !node.some((known) => same(known, entry)))
  if (!isMembers(node) || !isMembers(update)) return !same(node, update)
  return Object.entries(update).some(
    ([name, value]) => !Object.hasOwn(node, name) || brings(node[name], value),
  )
}

/**
 * Where an update holds an object, a list or a single value and the node holds another of the three.
 * @returns the first such place below the node, with `[]` for the node itself; undefined when they fit
 */
export function conflict(node: Json, update: Json): Location | undefined {
  // A list takes a single entry as well as a list of them.
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
 * Merges an update into an object or a list, which is changed: objects name by name, lists one behind the other,
 * anything else replaced. Known names keep their places, new ones follow.
 * https://spec.openapis.org/overlay/v1.0.0.html#action-object
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

/** Whether two values are the same, the order of names aside. */
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

/** Puts the members of an object into an order; those that it does not tell follow as they stood. */
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

// Never by assignment: a member called __proto__ would become the object's prototype.
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
