import { hidden } from '../hidden.ts'
import type { Reporter } from './diagnostics.ts'

const others = new RegExp(`(?![\\t\\n])(?:${hidden.source})`, 'gu')

/**
 * Reports characters that nobody sees. In a row of a table or in a sample they are an error: `SUC\u200bCESS` would become
 * a value that no response has, and a reader of the page could not tell.
 */
export function reportHidden(text: string, reporter: Reporter): void {
  if (text.search(others) < 0) return
  let fence = false
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) fence = !fence
    const [found] = line.matchAll(others)
    if (!found) continue
    const rule = fence || /^\s*\|/.test(line) ? 'row-hidden' : 'text-hidden'
    const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    reporter.report(rule, { line: index + 1, column: found.index + 1 }, `the line has a U+${code}: remove it`)
  }
}
