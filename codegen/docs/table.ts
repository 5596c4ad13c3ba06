import type { Position, Reporter } from './diagnostics.ts'
import { attribute, type Token } from './markdown.ts'

/** A cell: its text without attributes, its attributes, and where it begins. */
export interface Cell extends Position {
  text: string
  attrs: ReadonlyMap<string, string>
}

/** A row: three cells, or one cell that spans them, which is a marker or the separator before embedded rows. */
export type Row =
  | { kind: 'field'; name: Cell; type: Cell; description: Cell }
  | { kind: 'line'; cell: Cell }
  | { kind: 'marker'; cell: Cell }

/** A parameter table. Its `id` is in the line of attributes below it. */
export interface Table extends Position {
  id: string
  header: string
  rows: Row[]
}

const headers = new Set(['请求参数', '返回字典', '应答规范', '异常字典'])

/** The attributes that a cell may have, each with its possible values. */
type Known = Record<string, RegExp>

const fieldAttributes: Known = { 'data-required': /^$/, 'data-indent': /^[1-9]$/ }
const spanAttributes: Known = { colspan: /^3$/, align: /^center$/, class: /^im-table-line$/ }
const typeAttributes: Known = {
  'data-tooltip': /./,
  'data-encrypted': /^by-(?:rsa-pubkey|aes-gcm)$/,
  'data-encoded': /^by-json_encode$/,
  'data-encoded-by': /^json_encode$/,
}

/** Reads the table that begins at `tokens[index]`, and returns it with the index of its last token. */
export function readTable(
  tokens: Token[],
  index: number,
  lines: string[],
  reporter: Reporter,
): { table: Table; next: number } {
  const open = tokens[index]!
  const table: Table = {
    id: attribute(open, 'id') ?? '',
    header: '',
    rows: [],
    line: (open.map?.[0] ?? 0) + 1,
    column: 1,
  }
  if (open.level > 0) reporter.report('table-nested', table, 'the table must begin at the left margin')
  let next = index + 1
  for (; tokens[next] && tokens[next]!.type !== 'table_close'; next++) {
    const token = tokens[next]!
    if (token.type !== 'tr_open') continue
    const line = token.map?.[0] ?? 0
    const source = splitRow(lines[line] ?? '')
    const cells: Cell[] = []
    const heading = tokens[next + 1]?.type === 'th_open'
    for (next++; tokens[next] && tokens[next]!.type !== 'tr_close'; next++) {
      const cell = tokens[next]!
      if (cell.type !== 'td_open' && cell.type !== 'th_open') continue
      const inline = tokens[next + 1]!
      cells.push({
        text: cellText(inline, cells.length === 2),
        attrs: readAttributes(cell),
        line: line + 1,
        column: source[cells.length]?.column ?? 1,
      })
    }
    if (heading) readHeader(table, cells, reporter)
    else readRow(table, cells, source, reporter)
  }
  return { table, next }
}

function readHeader(table: Table, cells: Cell[], reporter: Reporter): void {
  const [first, second, third] = cells
  table.header = first?.text ?? ''
  const known = headers.has(table.header) && second?.text === '类型' && third?.text === '描述'
  if (!known || cells.length !== 3) {
    reporter.report(
      'table-header',
      table,
      `expected a header such as 请求参数 | 类型 | 描述, got ${cells.map((c) => c.text).join(' | ')}`,
    )
  }
}

function readRow(table: Table, cells: Cell[], source: SourceCell[], reporter: Reporter): void {
  const [name, type, description] = cells
  if (!name || !type || !description) return
  const spans = name.attrs.has('colspan')
  checkAttributes(name, spans ? spanAttributes : fieldAttributes, source[0], reporter)
  checkAttributes(type, typeAttributes, source[1], reporter)
  checkAttributes(description, {}, source[2], reporter)
  if (spans) {
    const hidden = source.slice(1).find((cell) => cell.text !== '')
    if (hidden) {
      const at = { line: name.line, column: hidden.column }
      reporter.report('row-cells', at, `"${hidden.text}" follows a cell that spans the whole row`)
    }
    table.rows.push({ kind: name.attrs.has('class') ? 'line' : 'marker', cell: name })
    return
  }
  if (name.text === '' || type.text === '') {
    reporter.report(
      'row-cells',
      name,
      `a row must have a name and a type, got "${name.text}" and "${type.text}"`,
    )
    return
  }
  if (source.length > 3) {
    reporter.report(
      'row-extra-cell',
      { line: name.line, column: source[3]!.column },
      `${source.length} cells instead of 3: write \\| for a | in a description`,
    )
    description.text = source
      .slice(2)
      .map((cell) => cell.text)
      .join(' | ')
  }
  table.rows.push({ kind: 'field', name, type, description })
}

function readAttributes({ attrs }: Token): Map<string, string> {
  // The alignment of a column arrives as a style.
  const own = (attrs ?? []).filter(([name]) => name !== 'style')
  return new Map(own.map(([name, value]) => [name, String(value)]))
}

function checkAttributes(cell: Cell, known: Known, source: SourceCell | undefined, reporter: Reporter): void {
  const raw = source?.raw ?? ''
  const brace = Math.max(raw.lastIndexOf('{'), 0)
  const at = (name: string) => ({
    line: cell.line,
    column: cell.column + Math.max(raw.indexOf(name, brace), 0),
  })
  for (const [name, value] of cell.attrs) {
    if (!Object.hasOwn(known, name))
      reporter.report('attribute-unknown', at(name), `unknown attribute ${name}`)
    else if (!known[name]!.test(value))
      reporter.report('attribute-value', at(name), `${name} cannot be "${value}"`)
  }
  // The attribute plugin leaves this one in the text.
  if (raw.trimEnd().endsWith('}') && /^\{[^{}]*\browspan=/.test(raw.slice(brace)))
    reporter.report('attribute-unknown', at('rowspan'), 'unknown attribute rowspan')
}

// The text with the code marks and <br/> by which descriptions are read. Backticks that do not mark code are left out
// of descriptions, where they would pair with those that do.
function cellText(inline: Token, describes: boolean): string {
  const children = inline.children ?? []
  let text = ''
  for (const child of children) {
    if (child.type === 'text') text += describes ? child.content.replaceAll('`', '') : child.content
    else if (child.type === 'html_inline') text += child.content
    else if (child.type === 'code_inline') text += `\`${child.content}\``
    else if (child.type === 'softbreak' || child.type === 'hardbreak') text += ' '
    else if (child.type === 'strong_open' || child.type === 'strong_close') text += child.markup
    else if (child.type === 'em_open' || child.type === 'em_close') text += child.markup
    else if (child.type === 's_open' || child.type === 's_close') text += child.markup
  }
  return text.trim()
}

interface SourceCell {
  text: string
  raw: string
  column: number
}

/** Splits a row at its unescaped pipes, as markdown-it does, and keeps the column of each cell. */
export function splitRow(line: string): SourceCell[] {
  const cells: SourceCell[] = []
  let start = 0
  for (let i = 0; i <= line.length; i++) {
    if (i < line.length && (line[i] !== '|' || line[i - 1] === '\\')) continue
    const raw = line.slice(start, i)
    const blank = raw.length - raw.trimStart().length
    cells.push({ raw: raw.trimStart(), text: raw.trim().replaceAll('\\|', '|'), column: start + blank + 1 })
    start = i + 1
  }
  if (cells[0]?.text === '') cells.shift()
  if (cells.at(-1)?.text === '' && cells.length > 0 && line.trimEnd().endsWith('|')) cells.pop()
  return cells
}
