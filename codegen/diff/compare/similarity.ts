/** How much two sets have in common: 0 nothing, 1 all. */
export function likeness(a: Iterable<string>, b: Iterable<string>): number {
  const left = new Set(a)
  const right = new Set(b)
  if (left.size === 0 && right.size === 0) return 1
  let common = 0
  for (const one of left) if (right.has(one)) common++
  return common / (left.size + right.size - common)
}

/** How much two names have in common, by their pairs of neighbouring letters: 0 nothing, 1 all. */
export function nameLikeness(a: string, b: string): number {
  return likeness(pairs(a), pairs(b))
}

function pairs(name: string): string[] {
  const plain = `_${name.toLowerCase()}_`
  return Array.from({ length: plain.length - 1 }, (_, index) => plain.slice(index, index + 2))
}
