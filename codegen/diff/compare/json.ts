/** An object with unknown members: documents come from anywhere, so no member is assumed. */
export type Loose = Readonly<Record<string, unknown>>

const empty: Loose = Object.freeze({})

/** Whether a value is an object, not a list. */
export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value if it is an object, else an empty object. */
export function objectOf(value: unknown): Loose {
  return isObject(value) ? value : empty
}

/** The value if it is a list, else an empty list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The strings of a list. */
export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((one) => typeof one === 'string')
}

/** The value if it is a string. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Whether two values are equal, in any order of members. */
export function same(a: unknown, b: unknown): boolean {
  return equal(a, b, false)
}

/** Whether two values are equal and contain no reference, so that nothing below them can differ either. */
export function sameWithoutReferences(a: unknown, b: unknown): boolean {
  return equal(a, b, true)
}

function equal(a: unknown, b: unknown, noReferences: boolean): boolean {
  if (a === b && (!noReferences || typeof a !== 'object')) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((one, index) => equal(one, b[index], noReferences))
    )
  if (Array.isArray(b)) return false
  const [left, right] = [a as Loose, b as Loose]
  let count = 0
  for (const name in left) {
    if (noReferences && name === '$ref') return false
    if (!Object.hasOwn(right, name) || !equal(left[name], right[name], noReferences)) return false
    count++
  }
  for (const _ in right) count--
  return count === 0
}

/** JSON with sorted members: equal values give equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  )
}

/** A value as text, and `null` if there is none. A message cuts it, a fingerprint does not. */
export function shown(value: unknown): string | null {
  if (value === undefined || value === '') return null
  return typeof value === 'string' ? value : canonical(value)
}

/** The same for both sides. */
export function shownBoth(before: unknown, after: unknown) {
  return { before: shown(before), after: shown(after) }
}

/** What happened to a value that differs. */
export function differenceKind(before: unknown, after: unknown): 'added' | 'removed' | 'changed' {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'changed'
}

/** The items that only one of two lists has. */
export function difference<Item>(before: readonly Item[], after: readonly Item[]) {
  const keyOf = (item: Item) => (typeof item === 'string' ? `"${item}` : canonical(item))
  const missing = (items: readonly Item[], others: readonly Item[]) => {
    const known = new Set(others.map(keyOf))
    return items.filter((item) => !known.has(keyOf(item)))
  }
  return { removed: missing(before, after), added: missing(after, before) }
}
