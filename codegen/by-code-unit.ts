/** Compares by code unit, the same on every machine and in every locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Compares the entries of an object or a map by their keys. */
export function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return byCodeUnit(a, b)
}
