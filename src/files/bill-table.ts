import { BillError } from '../errors.ts'

/** A row, by column title. A value is the exact text between the bill's separators. */
export type BillRow<Title extends string = never> = Readonly<Record<Title, string>> &
  Readonly<Record<string, string | undefined>>

// The columns of the summary that hold the number of rows.
const counts = ['总交易单数', '资金流水总笔数']

// More than any row has, so that a file that is not a bill is not collected in memory.
const mostCharacters = 1024 * 1024
const mostLines = 100

// Columns whose text merchants and payers write. Others hold numbers, times and codes.
const freeText = ['商品名称', '商户数据包', '备注', '描述', '分账描述']

const downloadAgain = 'It is incomplete: download it again, and pass hash to check it'

/**
 * Parses a bill's text piece by piece. A bill has two tables: titles and rows, then the titles and rows of the summary.
 * Every value, but no title, begins with a backquote, so `` ,` `` separates values, which may contain commas. A row is
 * handed out when the next one begins, because its last value may have line breaks.
 */
export class BillTable {
  /** Titles of the rows, once they are read. */
  titles: readonly string[] | undefined
  /** Rows of the summary. */
  readonly summary: BillRow[] = []
  #summaryTitles: readonly string[] | undefined
  #template: Record<string, string> = {}
  #required: readonly string[]
  #rows: BillRow[] = []
  #count = 0
  #line = 0
  /** The text after the last line break, joined only when its line is whole. */
  #rest: string[] = []
  #restLength = 0
  /** The row that is being read. */
  #open: OpenRow | undefined

  constructor(required: readonly string[] = []) {
    this.#required = required
  }

  /** Adds text, and returns the rows that it completes. */
  add(text: string): BillRow[] {
    this.#rows = []
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#endLine(text.slice(start, end))
      start = end + 1
    }
    if (start < text.length) {
      this.#rest.push(text.slice(start))
      this.#restLength += text.length - start
    }
    if (this.#restLength > mostCharacters) this.#refuse('is longer than any row of a bill', 1)
    return this.#rows
  }

  /**
   * Ends the bill, and returns its last rows.
   *
   * @throws {BillError} when the summary is missing, or has another number of rows than were read
   */
  end(): BillRow[] {
    this.#rows = []
    if (this.#restLength > 0) this.#endLine('')
    if (this.#open && !this.#open.values) this.#refuse('is not a complete row')
    this.#handOut()
    if (this.summary.length === 0) {
      const problem = this.titles ? 'the bill ends without its summary' : 'the bill is empty'
      throw new BillError('ERR_BILL_MALFORMED', problem, { hint: downloadAgain })
    }
    const title = counts.find((title) => this.#summaryTitles?.includes(title))
    const [only] = this.summary
    // With several rows, it is not known whether one is the total of the others.
    if (title === undefined || this.summary.length > 1 || only?.[title] === String(this.#count))
      return this.#rows
    throw new BillError(
      'ERR_BILL_MALFORMED',
      `the bill has ${this.#count} rows, but ${title} in its summary differs`,
      { hint: downloadAgain },
    )
  }

  #endLine(text: string): void {
    const whole = this.#restLength > 0 ? this.#rest.join('') + text : text
    this.#rest = []
    this.#restLength = 0
    this.#line++
    const cr = whole.endsWith('\r')
    this.#addLine(cr ? whole.slice(0, -1) : whole, cr ? '\r\n' : '\n')
  }

  #addLine(line: string, lineBreak: string): void {
    if (this.titles === undefined) this.#head(line)
    else if (line.startsWith('`')) {
      if (this.#open && !this.#open.values) this.#refuse('begins a row before the previous one is complete')
      this.#handOut()
      this.#open = { text: line, lineBreaks: lineBreak, lines: 1, values: this.#valuesOf(line, 1) }
    } else if (line === '') {
      if (this.#open) this.#blank(this.#open, lineBreak)
    } else if (this.#open && this.#continues(this.#open, line)) this.#continue(this.#open, line, lineBreak)
    else if (this.#summaryTitles === undefined) {
      this.#handOut()
      this.#summaryTitles = this.#titlesOf(line)
    } else this.#refuse('is neither a row nor blank')
  }

  #head(line: string): void {
    const text = line.startsWith('\uFEFF') ? line.slice(1) : line
    if (/^\s*[{<[]/.test(text)) this.#refuse('is JSON, XML or HTML, not the titles of a bill')
    if (!text.includes(',')) this.#refuse('is not the titles of a bill')
    this.titles = this.#titlesOf(text)
    const missing = this.#required.find((title) => !this.titles?.includes(title))
    if (missing !== undefined) this.#refuse(`has no column ${missing}: is this another type of bill?`)
    this.#template = Object.fromEntries(this.titles.map((title) => [title, '']))
  }

  #titlesOf(line: string): string[] {
    const titles = line.split(',').map((title) => title.replace(/^`/, '').trim())
    if (new Set(titles).size < titles.length) this.#refuse('has two columns with the same title')
    if (titles.includes('__proto__')) this.#refuse('is not the titles of a bill')
    return titles
  }

  /** Whether a line that does not begin a row belongs to the open one. After a complete row come the summary's titles. */
  #continues({ values }: OpenRow, line: string): boolean {
    if (!values) return true
    return this.#summaryTitles === undefined && (!line.includes(',') || line.includes(',`'))
  }

  #continue(open: OpenRow, line: string, lineBreak: string): void {
    open.text += open.lineBreaks + line
    open.lineBreaks = lineBreak
    open.lines++
    this.#limit(open)
    open.values = this.#valuesOf(open.text, open.lines)
  }

  // A blank line belongs to the row only if a later one does.
  #blank(open: OpenRow, lineBreak: string): void {
    if (open.lines > mostLines) return
    open.lineBreaks += lineBreak
    open.lines++
    if (!open.values) this.#limit(open)
  }

  #limit({ lines, text }: OpenRow): void {
    if (lines > mostLines || text.length > mostCharacters) this.#refuse('is not the end of a row')
  }

  /** The values of a row; undefined when it is incomplete, because one of them has a line break. */
  #valuesOf(row: string, lines: number): readonly string[] | undefined {
    const titles = this.#summaryTitles ?? this.titles!
    const values = row.slice(1).split(',`')
    if (values.length === titles.length) return values
    if (values.length > titles.length) {
      return (
        withSeparators(values, titles) ??
        this.#refuse(`has ${values.length} values for ${titles.length} columns`)
      )
    }
    // Profit-sharing bills omit some backquotes. When the commas are one fewer than the columns, they separate the
    // values, unless the row was cut off after the last of them.
    const loose = lines === 1 && !row.endsWith(',') ? row.split(',') : []
    return loose.length === titles.length ? loose.map((value) => value.replace(/^`/, '')) : undefined
  }

  #handOut(): void {
    const values = this.#open?.values
    this.#open = undefined
    if (!values) return
    const titles = this.#summaryTitles ?? this.titles!
    const record: Record<string, string> = this.#summaryTitles ? {} : { ...this.#template }
    for (let i = 0; i < titles.length; i++) record[titles[i]!] = values[i]!
    if (this.#summaryTitles) this.summary.push(record)
    else {
      this.#count++
      this.#rows.push(record)
    }
  }

  #refuse(problem: string, ahead = 0): never {
    // Without the line's text, which shows who bought what.
    throw new BillError('ERR_BILL_MALFORMED', `line ${this.#line + ahead} of the bill ${problem}`)
  }
}

/** A row that the next line may continue. */
interface OpenRow {
  text: string
  /** After the text: the break of its last line, and blank lines. */
  lineBreaks: string
  lines: number
  /** Undefined while values are missing. */
  values: readonly string[] | undefined
}

/**
 * The values of a row with more separators than columns, because a text has some in it. They are the first free text's:
 * the columns before it are counted from the start, those after it from the end, so none can pass for an amount.
 *
 * @returns undefined when the columns after the text do not hold what their titles say
 */
function withSeparators(values: readonly string[], titles: readonly string[]): readonly string[] | undefined {
  const at = titles.findIndex((title) => freeText.includes(title))
  if (at < 0) return undefined
  const end = at + 1 + values.length - titles.length
  const joined = [...values.slice(0, at), values.slice(at, end).join(',`'), ...values.slice(end)]
  const fits = titles.every((title, i) => !/金额|手续费/.test(title) || /^-?\d+(\.\d+)?$/.test(joined[i]!))
  return fits ? joined : undefined
}
