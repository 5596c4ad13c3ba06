import type { Position, Reporter } from './diagnostics.ts'
import type { Description } from './field.ts'
import { readFormat } from './format.ts'
import { proseValues } from './prose-values.ts'
import type { Cell } from './table.ts'
import { readTerm } from './term.ts'

// Matches each run of values as a whole, whether it is an enum or not, so that no text is searched twice.
const runs = /(`[^`]+`(?:\s*\|\s*`[^`]+`)*)\s*(枚举值(?:之一)?)?/g
const defaulted = /默认(?:值)?[为是]?[:：]?\s*(?:`([^`]+)`|([A-Z][A-Z0-9_]+))/
const fixed = /固定(?:为|填|枚举值|值)\s*`([^`]+)`/

const units = [
  ['fen', /单位\s*[为是]?[:：，,]?\s*[（(“"`]?分|以分为单位/],
  ['yuan', /单位\s*[为是]?[:：，,]?\s*[（(“"`]?元|以\s*元\s*为\s*单\s*位/],
  ['seconds', /单位\s*[为是]?[:：，,]?\s*[（(“"`]?秒|以秒为单位/],
] as const

/** Reads a description cell: its term, enum, default, unit and format. */
export function readDescription(cell: Cell, reporter: Reporter): Description {
  const prose = plain(cell.text)
  const description: Description = { prose, line: cell.line, column: cell.column }
  const label = plain(
    cell.text
      .split(/<br\s*\/?>/i)[0]!
      .replace(runs, (run, _, mark) => (mark === undefined ? run : ''))
      .replace(fixed, ''),
  )
  const term = readTerm(label)
  if (term !== undefined) description.term = term
  const values = enumValues(cell.text, cell, reporter)
  if (values) description.values = values
  const initial = defaulted.exec(cell.text)
  if (initial) description.default = initial[1] ?? initial[2]!
  const unit = units.find(([, pattern]) => pattern.test(cell.text))
  if (unit) description.unit = unit[0]
  const format = readFormat(prose)
  if (format) description.format = format
  return description
}

function enumValues(text: string, at: Position, reporter: Reporter): string[] | undefined {
  const found = listed(text)?.[1] ?? fixed.exec(text)?.[0]
  if (found === undefined) return proseValues(text)
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

function plain(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replaceAll('`', '')
    .trim()
}
