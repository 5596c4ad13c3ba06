import { hidden } from '../hidden.ts'
import type { Reporter } from './diagnostics.ts'

const others = new RegExp(`(?![\\t\\n])(?:${hidden.source})`, 'gu')

/**
 * Reports characters that nobody sees, once for each line. A reader of the page could not tell `SUC\u200bCESS`, which no
 * response has, from the real value.
 */
export function reportHidden(text: string, reporter: Reporter): void {
  if (text.search(others) < 0) return
  for (const [index, line] of text.split('\n').entries()) {
    const [found] = line.matchAll(others)
    if (!found) continue
    const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    const at = { line: index + 1, column: found.index + 1 }
    reporter.report('text-hidden', at, `the line has a U+${code}, which nobody sees: remove it`)
  }
}
