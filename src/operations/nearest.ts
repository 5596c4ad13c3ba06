/** Finds the known name most similar to a wrong one, for an error message; the empty string when there is none. */
export function nearest(names: Iterable<string>, wrong: string): string {
  let best = { name: '', distance: Number.POSITIVE_INFINITY }
  for (const name of names) {
    const distance = distanceOf(wrong, name, best.distance)
    if (distance < best.distance) best = { name, distance }
  }
  return best.name
}

// The Levenshtein distance, or `limit` when it is not below that.
function distanceOf(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1))
    }
    if (Math.min(...next) >= limit) return limit
    row = next
  }
  return row[b.length]!
}
