import type { Place } from './server.ts'

/** What an editor sends of a change: the range that is replaced, and its new text. */
export interface Edit {
  from: Place
  to: Place
  text: string
}

/** The smallest single edit between two texts. */
export function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return {
    from: placeAt(before, start),
    to: placeAt(before, before.length - end),
    text: after.slice(start, after.length - end),
  }
}

function placeAt(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length - 1, character: lines.at(-1)!.length }
}
