import { escapedCharacter, hidden, withoutCommands } from '../../hidden.ts'
import { fingerprint } from '../compare/fingerprint.ts'

/** Text of a page on one line, with invisible characters as their code: `\u202e`. */
export function visible(text: string): string {
  return withoutCommands(
    text
      .replace(/\s*[\r\n]+\s*/g, ' ')
      .replace(/\t/g, ' ')
      .replace(hidden, escapedCharacter),
  )
}

/** The longest address that is shown whole. */
const longestAddress = 2048

/** The same, cut if it is long: never within a character, and behind an address that the cut would be in. */
export function brief(text: string, most = 300): string {
  const shown = visible(text)
  if (shown.length <= most) return shown
  const end = endOfAddress(shown, most - 1)
  if (end >= shown.length) return shown
  return end < most ? `${[...shown.slice(0, most)].slice(0, -1).join('')}…` : `${shown.slice(0, end)}…`
}

/** The same for a value, which is told from another with the same beginning by its length and its digest. */
export function briefValue(text: string): string {
  const shown = brief(text)
  if (shown === visible(text)) return shown
  return `${shown} (${text.length} characters, ${fingerprint(text)})`
}

function endOfAddress(text: string, cut: number): number {
  for (const { 0: address, index } of text.matchAll(/https?:\/\/\S+/gi)) {
    const end = index + address.length
    if (index > cut) break
    if (end > cut && address.length <= longestAddress) return end
  }
  return cut
}
