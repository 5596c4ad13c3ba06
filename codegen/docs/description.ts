import type { Position, Reporter } from './diagnostics.ts'
import type { Description } from './field.ts'
import type { Cell } from './table.ts'

// Matches each run of values as a whole, whether it is an enum or not, so that no text is searched twice.
const runs = /(`[^`]+`(?:\s*\|\s*`[^`]+`)*)\s*(枚举值(?:之一)?)?/g
const defaulted = /默认(?:值)?为?[:：]?\s*`([^`]+)`/
const fixed = /固定为\s*`([^`]+)`/

/** Reads a description cell: its term, enum, default and unit. */
export function readDescription(cell: Cell, reporter: Reporter): Description {
  const prose = plain(cell.text)
  const description: Description = { prose, line: cell.line, column: cell.column }
  const label = term(cell.text)
  if (label !== undefined) description.term = label
  const values = enumValues(cell.text, cell, reporter)
  if (values) description.values = values
  const initial = defaulted.exec(cell.text)?.[1]
  if (initial !== undefined) description.default = initial
  if (/单位[为是]?[:：]?\s*`?分/.test(cell.text)) description.unit = 'fen'
  else if (/单位[为是]?[:：]?\s*`?秒/.test(cell.text)) description.unit = 'seconds'
  return description
}

function enumValues(text: string, at: Position, reporter: Reporter): string[] | undefined {
  const found = listed(text)?.[1] ?? fixed.exec(text)?.[0]
  if (found === undefined) return undefined
  const values = new Set<string>()
  for (const [, value] of found.matchAll(/`([^`]+)`/g)) {
    if (values.has(value!)) reporter.report('enum-duplicate', at, `${value} occurs twice in the enum`)
    else if (/\s/.test(value!)) reporter.report('enum-blank', at, `"${value}" contains white space`)
    values.add(value!)
  }
  return [...values]
}

function listed(text: string): RegExpMatchArray | undefined {
  for (const found of text.matchAll(runs)) if (found[2] !== undefined) return found
  return undefined
}

// The label, if it is a term. A sentence of a page is not copied into the spec.
function term(text: string): string | undefined {
  const label = plain(
    text
      .split(/<br\s*\/?>/i)[0]!
      .replace(runs, (run, _, mark) => (mark === undefined ? run : ''))
      .replace(fixed, ''),
  )
    .replace(/[:：]$/, '')
    .trim()
  if (label === '' || label.length > 32 || /[。，；！？,;!?、：\n]|\.\s|https?:/.test(label)) return undefined
  return label
}

function plain(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replaceAll('`', '')
    .trim()
}
