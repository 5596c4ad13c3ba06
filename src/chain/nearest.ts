import type { Branch } from './tree.ts'

/** Finds the existing path most similar to a wrong one, for an error message. */
export function nearest(root: Branch, wrong: string, spelling: 'path' | 'chain'): string {
  let best = { name: '', distance: Number.POSITIVE_INFINITY }
  const consider = (name: string) => {
    const distance = distanceOf(wrong, name, best.distance)
    if (distance < best.distance) best = { name, distance }
  }
  const visit = (branch: Branch) => {
    if (spelling === 'chain') {
      consider(branch.chain)
      for (const verb of branch.calls.keys()) consider(`${branch.chain}.${verb}`)
    } else if (branch.calls.size > 0) {
      consider(branch.path)
    }
    for (const child of branch.children.values()) visit(child)
  }
  for (const child of root.children.values()) visit(child)
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
