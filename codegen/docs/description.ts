import type { Position, Reporter } from './diagnostics.ts'
import type { Description } from './field.ts'
import type { Cell } from './table.ts'

const listed = /((?:`[^`]+`)(?:\s*\\?\|\s*`[^`]+`)*)\s*枚举值(?:之一)?/
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
  const found = listed.exec(text)?.[1] ?? fixed.exec(text)?.[0]
  if (found === undefined) return undefined
  const values: string[] = []
  for (const [, value] of found.matchAll(/`([^`]+)`/g)) {
    if (values.includes(value!)) {
      reporter.report('enum-duplicate', at, `${value} is listed twice`)
      continue
    }
    if (/\s/.test(value!)) reporter.report('enum-blank', at, `"${value}" holds white space`)
    values.push(value!)
  }
  return values
}

// A label is carried over when it is a term. Sentences of a page stay in the page.
function term(text: string): string | undefined {
  const label = plain(
    text
      .split(/<br\s*\/?>/i)[0]!
      .replace(listed, '')
      .replace(fixed, ''),
  )
    .replace(/[:：]$/, '')
    .trim()
  if (label === '' || label.length > 40 || /[。，；！？,;!?、：\n]|\.\s|https?:/.test(label)) return undefined
  return label
}

function plain(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('`', '')
    .trim()
}
