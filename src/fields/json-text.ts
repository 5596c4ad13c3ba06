/** Where a value is in a JSON text, with its name when it is in an object. */
interface Member {
  name: string | undefined
  start: number
  end: number
}

const gap = /[\s,:]*/y
const structure = /["[\]{}]/g
const scalarEnd = /[\s,\]}]|$/g

/** The index at which the next value begins, at `at` or after it. */
export function valueStart(text: string, at: number): number {
  gap.lastIndex = at
  return at + gap.exec(text)![0].length
}

/**
 * The values of the object or array that begins at `start`, in order. A repeated name is yielded each time.
 *
 * @param text valid JSON
 */
export function* members(text: string, start: number): Generator<Member> {
  const named = text[start] === '{'
  let at = valueStart(text, start + 1)
  while (text[at] !== '}' && text[at] !== ']') {
    let name: string | undefined
    if (named) {
      const nameEnd = stringEnd(text, at)
      name = JSON.parse(text.slice(at, nameEnd))
      at = valueStart(text, nameEnd)
    }
    const end = valueEnd(text, at)
    yield { name, start: at, end }
    at = valueStart(text, end)
  }
}

/** The index after the string that begins at `start`; the text's length when the string does not end. */
export function stringEnd(text: string, start: number): number {
  for (let at = start; ; ) {
    at = text.indexOf('"', at + 1)
    if (at < 0) return text.length
    let backslashes = 0
    while (text[at - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return at + 1
  }
}

function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start)
  if (text[start] !== '{' && text[start] !== '[') {
    scalarEnd.lastIndex = start
    return scalarEnd.exec(text)!.index
  }
  // Counts brackets instead of recursing, so that deep nesting cannot overflow the stack.
  let depth = 0
  for (let at = start; ; ) {
    structure.lastIndex = at
    const found = structure.exec(text)
    if (!found) return text.length
    at = found.index + 1
    if (found[0] === '"') at = stringEnd(text, found.index)
    else if (found[0] === '{' || found[0] === '[') depth++
    else if (--depth === 0) return at
  }
}
