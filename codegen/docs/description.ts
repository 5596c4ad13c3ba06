import type { Position, Reporter } from './diagnostics.ts'
import type { Description } from './field.ts'
import type { Cell } from './table.ts'

// Each run of values is taken as a whole, listed or not, so that no text is read twice.
const runs = /(`[^`]+`(?:\s*\|\s*`[^`]+`)*)\s*(枚举值(?:之一)?)?/g
const defaulted = /默认(?:值)?为?[:：]?\s*`([^`]+)`/
const fixed = /固定为\s*`([^`]+)`/

/** Reads a description cell: its label, its enum, its default and its unit. */
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
    if (values.has(value!)) reporter.report('enum-duplicate', at, `${value} is listed twice`)
    else if (/\s/.test(value!)) reporter.report('enum-blank', at, `"${value}" holds white space`)
    values.add(value!)
  }
  return [...values]
}

function listed(text: string): RegExpMatchArray | undefined {
  for (const found of text.matchAll(runs)) if (found[2] !== undefined) return found
  return undefined
}

// A label is carried over when it is a term. Sentences of a page stay in the page.
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
