/** How much two sets have in common: 0 for nothing, 1 for everything. */
export function similarity(a: Iterable<string>, b: Iterable<string>): number {
  const left = new Set(a)
  const right = new Set(b)
  if (left.size === 0 && right.size === 0) return 1
  let common = 0
  for (const one of left) if (right.has(one)) common++
  return common / (left.size + right.size - common)
}

/** How similar two names are, by their pairs of adjacent letters: 0 for not at all, 1 for equal. */
export function nameSimilarity(a: string, b: string): number {
  return similarity(letterPairs(a), letterPairs(b))
}

function letterPairs(name: string): string[] {
  const padded = `_${name.toLowerCase()}_`
  return Array.from({ length: padded.length - 1 }, (_, index) => padded.slice(index, index + 2))
}
