/** An object of unknown members: documents come from anywhere, and nothing in them is taken for granted. */
export type Loose = Readonly<Record<string, unknown>>

const nothing: Loose = Object.freeze({})

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value when it is an object, else an object without members. */
export function objectOf(value: unknown): Loose {
  return isObject(value) ? value : nothing
}

/** The value when it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The strings of a list. */
export function stringsOf(value: unknown): string[] {
  return listOf(value).filter((one) => typeof one === 'string')
}

/** The value when it is a string. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Whether two values say the same; the order of members does not count. */
export function same(a: unknown, b: unknown): boolean {
  return alike(a, b, false)
}

/** Whether two values say the same and point nowhere else: then all below them is the same too. */
export function settled(a: unknown, b: unknown): boolean {
  return alike(a, b, true)
}

function alike(a: unknown, b: unknown, whole: boolean): boolean {
  if (a === b && (!whole || typeof a !== 'object')) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((one, index) => alike(one, b[index], whole))
  if (Array.isArray(b)) return false
  const [left, right] = [a as Loose, b as Loose]
  let count = 0
  for (const name in left) {
    if (whole && name === '$ref') return false
    if (!Object.hasOwn(right, name) || !alike(left[name], right[name], whole)) return false
    count++
  }
  for (const _ in right) count--
  return count === 0
}

/** JSON with members in the order of their names: equal values give equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  )
}

/** A value as a sentence shows it: short, and `none` where there is none. */
export function shown(value: unknown): string {
  if (value === undefined || value === '') return 'none'
  const text = typeof value === 'string' ? value : canonical(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
