/**
 * A row of two texts side by side: a line that both have; a line of each, `null` if one side has none; or the number of
 * hidden lines.
 */
export type Row = string | [before: string | null, after: string | null] | number

const contextLines = 2
const mostRows = 48

/**
 * Two texts side by side: the lines that differ, with some context.
 * @returns no rows if the texts are equal
 */
export function sideBySide(before: readonly string[], after: readonly string[]): Row[] {
  const rows = folded(aligned(before, after))
  if (rows.length <= mostRows) return rows
  const hidden = rows
    .slice(mostRows)
    .reduce<number>((sum, row) => sum + (typeof row === 'number' ? row : 1), 0)
  return [...rows.slice(0, mostRows), hidden]
}

type Shown = Exclude<Row, number>

function aligned(before: readonly string[], after: readonly string[]): Shown[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++
  return [
    ...before.slice(0, head),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail),
  ]
}

// Longest common subsequence; the lines between two common lines are paired in order.
function middle(before: string[], after: string[]): Shown[] {
  const width = after.length + 1
  const length = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      length[i * width + j] =
        before[i] === after[j]
          ? length[(i + 1) * width + j + 1]! + 1
          : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!)
    }
  }
  const rows: Shown[] = []
  let removed: string[] = []
  let added: string[] = []
  const flush = () => {
    for (let k = 0; k < Math.max(removed.length, added.length); k++)
      rows.push([removed[k] ?? null, added[k] ?? null])
    removed = []
    added = []
  }
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      flush()
      rows.push(before[i]!)
      i++
      j++
    } else if (
      j >= after.length ||
      (i < before.length && length[(i + 1) * width + j]! >= length[i * width + j + 1]!)
    ) {
      removed.push(before[i++]!)
    } else {
      added.push(after[j++]!)
    }
  }
  flush()
  return rows
}

// Common lines far from any difference become a number, except the first line, which is the heading.
function folded(rows: Shown[]): Row[] {
  const differing = rows.flatMap((row, index) => (typeof row === 'string' ? [] : [index]))
  if (differing.length === 0) return []
  const near = new Set([0])
  for (const index of differing) {
    for (let k = index - contextLines; k <= index + contextLines; k++) near.add(k)
  }
  const result: Row[] = []
  let hidden = 0
  for (const [index, row] of rows.entries()) {
    if (near.has(index)) {
      // A single line is shown, as a number would take as much room.
      if (hidden === 1) result.push(rows[index - 1]!)
      else if (hidden > 1) result.push(hidden)
      hidden = 0
      result.push(row)
    } else {
      hidden++
    }
  }
  if (hidden === 1) result.push(rows.at(-1)!)
  else if (hidden > 1) result.push(hidden)
  return result
}
