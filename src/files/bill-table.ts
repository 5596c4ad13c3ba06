import { BillError } from '../errors.ts'

/** A row by the titles of its columns. Values are the text between the bill's separators, as it stands there. */
export type BillRow<Title extends string = never> = Readonly<Record<Title, string>> &
  Readonly<Record<string, string | undefined>>

// Those that tell how many rows there must be.
const counts = ['总交易单数', '资金流水总笔数']

// More than any row has, so that what is no bill is not gathered in memory.
const mostCharacters = 1024 * 1024
const mostLines = 100

/**
 * Reads a bill's text as it comes. A bill is two tables: titles, rows, titles of the summary, rows of the summary.
 * Every value, and no title, has a backquote before it; so `` ,` `` separates values, which may hold commas.
 */
export class BillTable {
  /** Titles of the rows, once they are known. */
  titles: readonly string[] | undefined
  /** The summary's rows. */
  readonly summary: BillRow[] = []
  #summaryTitles: readonly string[] | undefined
  #template: Record<string, string> = {}
  #required: readonly string[]
  #rows: BillRow[] = []
  #count = 0
  #line = 0
  /** What came after the last line break. */
  #rest = ''
  /** The beginning of a row one of whose values holds a line break. */
  #begun = ''
  #begunLines = 0

  constructor(required: readonly string[] = []) {
    this.#required = required
  }

  /** Takes the next text, and gives the rows that it completes. */
  take(text: string): BillRow[] {
    this.#rows = []
    const whole = this.#rest + text
    let start = 0
    for (let end = whole.indexOf('\n', this.#rest.length); end >= 0; end = whole.indexOf('\n', start)) {
      this.#take(whole.slice(start, end))
      start = end + 1
    }
    this.#rest = whole.slice(start)
    if (this.#rest.length > mostCharacters) this.#refuse('is longer than any row', 1)
    return this.#rows
  }

  /**
   * Takes the end, and gives the last rows.
   *
   * @throws {BillError} when the summary is missing, or counts other rows than there were
   */
  end(): BillRow[] {
    this.#rows = []
    if (this.#rest !== '') this.#take(this.#rest)
    this.#rest = ''
    if (this.#begunLines > 0) this.#refuse('breaks off')
    if (this.summary.length === 0) {
      const hint = 'It is not whole: download it again, and give hash'
      const what = this.titles ? 'the bill ends without its summary' : 'the bill is empty'
      throw new BillError('ERR_BILL_MALFORMED', what, { hint })
    }
    const title = counts.find((title) => this.#summaryTitles?.includes(title))
    const [only] = this.summary
    // Several rows could be totals of totals.
    if (title === undefined || this.summary.length > 1 || only?.[title] === String(this.#count))
      return this.#rows
    throw new BillError(
      'ERR_BILL_MALFORMED',
      `the bill has ${this.#count} rows, but its summary tells of another number in ${title}`,
      { hint: 'It is not whole: download it again, and give hash' },
    )
  }

  #take(text: string): void {
    this.#line++
    const line = text.endsWith('\r') ? text.slice(0, -1) : text
    const another = line.startsWith('`')
    if (this.titles === undefined) this.#head(line)
    else if (this.#begunLines > 0) {
      if (another) this.#refuse('begins a row before the last one is complete')
      this.#values(`${this.#begun}\n${line}`, text)
    } else if (another) this.#values(line, text)
    else if (line === '') return
    else if (this.#summaryTitles === undefined) this.#summaryTitles = this.#titlesOf(line)
    else this.#refuse('is neither a row nor blank')
  }

  #head(line: string): void {
    const text = line.startsWith('\uFEFF') ? line.slice(1) : line
    if (/^\s*[{<[]/.test(text)) this.#refuse('begins no bill, but JSON, XML or HTML')
    if (!text.includes(',')) this.#refuse('is not the titles of a bill')
    this.titles = this.#titlesOf(text)
    const missing = this.#required.find((title) => !this.titles?.includes(title))
    if (missing !== undefined) this.#refuse(`lacks the column ${missing}: is it another type of bill?`)
    this.#template = Object.fromEntries(this.titles.map((title) => [title, '']))
  }

  #titlesOf(line: string): string[] {
    const titles = line.split(',').map((title) => title.replace(/^`/, '').trim())
    if (new Set(titles).size < titles.length) this.#refuse('has two columns of one name')
    if (titles.includes('__proto__')) this.#refuse('is not the titles of a bill')
    return titles
  }

  /**
   * @param row a row's text, from its first line on
   * @param text its last line, with what ended it
   */
  #values(row: string, text: string): void {
    const titles = this.#summaryTitles ?? this.titles!
    let values = row.slice(1).split(',`')
    if (values.length < titles.length) {
      // Profit-sharing bills have left backquotes out. Commas that are one less than the columns have one reading,
      // unless the row was cut behind its last one.
      const loose = this.#begunLines === 0 && !row.endsWith(',') ? row.split(',') : []
      if (loose.length !== titles.length) {
        this.#begin(row, text)
        return
      }
      values = loose.map((value) => value.replace(/^`/, ''))
    }
    this.#begunLines = 0
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

  /** Keeps a row that is not complete: one of its values may hold a line break. */
  #begin(row: string, text: string): void {
    this.#begun = text.endsWith('\r') ? `${row}\r` : row
    if (++this.#begunLines > mostLines || row.length > mostCharacters) this.#refuse('is not the end of a row')
  }

  #refuse(problem: string, ahead = 0): never {
    // Never the line itself: it holds who bought what.
    throw new BillError('ERR_BILL_MALFORMED', `line ${this.#line + ahead} of the bill ${problem}`)
  }
}
