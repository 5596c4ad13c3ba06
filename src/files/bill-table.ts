import { BillError } from '../errors.ts'

/** A row, by column title. A value is the exact text between the bill's separators. */
export type BillRow<Title extends string = never> = Readonly<Record<Title, string>> &
  Readonly<Record<string, string | undefined>>

// The columns of the summary that hold the number of rows.
const counts = ['总交易单数', '资金流水总笔数']

// More than any row has, so that a file that is not a bill is not collected in memory.
const mostCharacters = 1024 * 1024
const mostLines = 100

const downloadAgain = 'It is incomplete: download it again, and pass hash to check it'

/**
 * Parses a bill's text piece by piece. A bill has two tables: titles and rows, then the titles and rows of the summary.
 * Every value, but no title, begins with a backquote, so `` ,` `` separates values, which may contain commas.
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
  /** The text after the last line break. */
  #rest = ''
  /** The lines read so far of a row that has a line break in a value. */
  #incomplete = ''
  #incompleteLines = 0

  constructor(required: readonly string[] = []) {
    this.#required = required
  }

  /** Adds text, and returns the rows that it completes. */
  add(text: string): BillRow[] {
    this.#rows = []
    const whole = this.#rest + text
    let start = 0
    for (let end = whole.indexOf('\n', this.#rest.length); end >= 0; end = whole.indexOf('\n', start)) {
      this.#addLine(whole.slice(start, end))
      start = end + 1
    }
    this.#rest = whole.slice(start)
    if (this.#rest.length > mostCharacters) this.#refuse('is longer than any row of a bill', 1)
    return this.#rows
  }

  /**
   * Ends the bill, and returns its last rows.
   *
   * @throws {BillError} when the summary is missing, or has another number of rows than were read
   */
  end(): BillRow[] {
    this.#rows = []
    if (this.#rest !== '') this.#addLine(this.#rest)
    this.#rest = ''
    if (this.#incompleteLines > 0) this.#refuse('is not a complete row')
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

  #addLine(text: string): void {
    this.#line++
    const line = text.endsWith('\r') ? text.slice(0, -1) : text
    const startsRow = line.startsWith('`')
    if (this.titles === undefined) this.#head(line)
    else if (this.#incompleteLines > 0) {
      if (startsRow) this.#refuse('begins a row before the previous one is complete')
      this.#values(`${this.#incomplete}\n${line}`, text)
    } else if (startsRow) this.#values(line, text)
    else if (line === '') return
    else if (this.#summaryTitles === undefined) this.#summaryTitles = this.#titlesOf(line)
    else this.#refuse('is neither a row nor blank')
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

  /**
   * @param row a row's text, from its first line to its last
   * @param text its last line, which may end with a carriage return
   */
  #values(row: string, text: string): void {
    const titles = this.#summaryTitles ?? this.titles!
    let values = row.slice(1).split(',`')
    if (values.length < titles.length) {
      // Profit-sharing bills omit some backquotes. When the commas are one fewer than the columns, they separate the
      // values, unless the row was cut off after the last of them.
      const loose = this.#incompleteLines === 0 && !row.endsWith(',') ? row.split(',') : []
      if (loose.length !== titles.length) {
        this.#keep(row, text)
        return
      }
      values = loose.map((value) => value.replace(/^`/, ''))
    }
    this.#incompleteLines = 0
    if (values.length > titles.length)
      this.#refuse(`has ${values.length} values for ${titles.length} columns`)
    const record: Record<string, string> = this.#summaryTitles ? {} : { ...this.#template }
    for (let i = 0; i < titles.length; i++) record[titles[i]!] = values[i]!
    if (this.#summaryTitles) this.summary.push(record)
    else {
      this.#count++
      this.#rows.push(record)
    }
  }

  /** Keeps an incomplete row, because one of its values may have a line break. */
  #keep(row: string, text: string): void {
    this.#incomplete = text.endsWith('\r') ? `${row}\r` : row
    if (++this.#incompleteLines > mostLines || row.length > mostCharacters)
      this.#refuse('is not the end of a row')
  }

  #refuse(problem: string, ahead = 0): never {
    // Without the line's text, which shows who bought what.
    throw new BillError('ERR_BILL_MALFORMED', `line ${this.#line + ahead} of the bill ${problem}`)
  }
}
