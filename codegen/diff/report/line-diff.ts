/**
 * A row of two texts side by side: a line that both have; a line of the one against a line of the other, `null`
 * where there is none; or how many lines are not shown.
 */
export type Row = string | [before: string | null, after: string | null] | number

const around = 2
const most = 48

/**
 * Two texts side by side: the differing lines with a little of what is around them.
 * @returns nothing when they are the same
 */
export function sideBySide(before: readonly string[], after: readonly string[]): Row[] {
  const rows = folded(aligned(before, after))
  if (rows.length <= most) return rows
  const hidden = rows.slice(most).reduce<number>((sum, row) => sum + (typeof row === 'number' ? row : 1), 0)
  return [...rows.slice(0, most), hidden]
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

/** Longest common subsequence; what stands between two common lines is paired off. */
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
  let gone: string[] = []
  let come: string[] = []
  const flush = () => {
    for (let k = 0; k < Math.max(gone.length, come.length); k++) rows.push([gone[k] ?? null, come[k] ?? null])
    gone = []
    come = []
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
      gone.push(before[i++]!)
    } else {
      come.push(after[j++]!)
    }
  }
  flush()
  return rows
}

/** Common lines far from any difference become their number; the first line stays, it is the heading. */
function folded(rows: Shown[]): Row[] {
  const differing = rows.flatMap((row, index) => (typeof row === 'string' ? [] : [index]))
  if (differing.length === 0) return []
  const near = new Set([0])
  for (const index of differing) {
    for (let k = index - around; k <= index + around; k++) near.add(k)
  }
  const result: Row[] = []
  let hidden = 0
  for (const [index, row] of rows.entries()) {
    if (near.has(index)) {
      // One line is shown rather than told.
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
