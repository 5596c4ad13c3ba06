import { byCodeUnit } from '../by-code-unit.ts'
import { hidden, withoutCommands } from '../hidden.ts'

/**
 * How serious a finding is: an `error` keeps the operation, or its whole page, out of the spec; a `warning` was
 * repaired; `info` is worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info'

/** Every rule for pages, with its severity and its meaning. */
export const rules = {
  'file-unreadable': ['error', 'The file or folder cannot be read.'],
  'file-outside': ['warning', 'A symbolic link leads out of the documentation folder and is not followed.'],
  'file-binary': ['error', 'The file is not text: it contains a NUL byte or is not UTF-8.'],
  'file-empty': ['error', 'The file has no content.'],
  'file-size': ['error', 'The file is larger than a page may be (1 MiB, 20,000 lines).'],
  'line-length': ['error', 'The line is longer than a page may have (8,192 characters).'],
  markdown: ['error', 'The Markdown cannot be parsed.'],
  'text-hidden': ['warning', 'The text has a character that nobody sees, such as U+200B or U+202E.'],
  'front-matter': ['error', 'The front matter is not valid YAML of a page.'],
  'title-missing': ['error', 'The operation has no title, neither in its heading nor in the front matter.'],
  'page-kind': ['error', 'No heading has a method anchor such as {#post}.'],
  'page-moved': ['info', 'The page is a redirect.'],
  'operation-duplicate': ['error', 'Two pages document the same method and path.'],
  'operation-merged': ['info', 'Two paths that differ only in a variable name were merged.'],
  'merge-differs': [
    'error',
    'Two pages of one operation differ in host, signature or encryption: neither is compiled.',
  ],
  'encryption-missing': [
    'error',
    'The field is encrypted in another operation, under the same name and label, but not here.',
  ],
  'table-missing': ['error', 'The operation has no #request or no #response table.'],
  'table-duplicate': ['error', 'The operation has a second table with the same id.'],
  'table-nested': ['error', 'The table is inside a list or a quotation.'],
  'table-header': ['error', 'The header row is not that of a parameter table.'],
  'row-cells': ['error', 'The row has no name or no type.'],
  'row-extra-cell': ['warning', 'The row has more than three cells: a | in the description is not escaped.'],
  'attribute-unknown': ['error', 'The cell has an attribute that no page may use.'],
  'attribute-value': ['error', 'The attribute has a value that no page may use.'],
  'type-unknown': ['error', 'The type is not one of the documented types.'],
  'name-blank': ['warning', 'The name contains white space, which was removed.'],
  'name-invalid': ['error', 'The name is not a valid field name.'],
  'name-alike': ['warning', 'Two names of one object differ only in `-`, `_`, `.` or capitals.'],
  'indent-jump': ['error', 'The row is indented more than one level deeper than the row before it.'],
  'indent-lost': ['warning', 'A row of a decrypted block has no indent: read with the indent of the block.'],
  'parent-scalar': [
    'error',
    'The row is below a field that is neither an object nor a string with embedded fields.',
  ],
  'parent-scalar-repaired': [
    'warning',
    'The row was below a plain field that had lost its indent; both were put into the object before it.',
  ],
  'field-duplicate': ['error', 'The field occurs twice in its object.'],
  'field-alternatives': ['info', 'The object occurs several times: its value is one of these alternatives.'],
  'line-without-owner': ['error', 'A separator row does not follow a string field.'],
  'line-owner-order': ['warning', 'The decrypted rows follow a field other than the encrypted one.'],
  'object-empty': ['warning', 'The object has no documented fields.'],
  'root-unknown': ['error', 'The row at the root is neither a path variable nor an option of the call.'],
  'root-unused': ['warning', 'The row at the root is not a variable of the path and was dropped.'],
  'variable-missing': ['warning', 'A variable of the path has no row of its own.'],
  'enum-duplicate': ['warning', 'The enum lists a value twice.'],
  'enum-blank': ['warning', 'The enum has a value with white space.'],
  'enum-type': ['warning', 'The type is numeric but the enum has words: the type was read as string.'],
  'host-unknown': ['error', 'The base_uri is not at a host of WeChat Pay: codegen/hosts.ts has them.'],
  'event-name': ['error', 'The file name is not the type of an event, or differs from the one in the table.'],
  'response-marker': ['error', 'The response table has neither fields nor a known marker.'],
  'response-unsigned': ['error', 'A sample turns verification off, but the response is not a file.'],
  'sample-missing': ['error', 'The operation has no code sample.'],
  'sample-syntax': ['error', 'The PHP of a sample cannot be parsed.'],
  'sample-call': ['warning', 'No sample makes a call through $instance.'],
  'sample-differs': ['warning', 'The samples of the operation pass different options.'],
  'method-mismatch': ['error', 'The heading and a sample have different methods.'],
  'path-mismatch': ['error', 'The file name and a sample, or two samples, have different paths.'],
  'path-slash': ['info', 'The path ends with a slash, as the samples show.'],
  'path-unknown': ['error', 'Neither the file name nor a sample has a valid path.'],
  'sample-type': ['warning', 'A sample value has a different type than its table row.'],
  'sample-enum': ['warning', 'A sample value is not in its enum.'],
  'sample-blank': ['info', 'A sample leaves an enum field blank.'],
  'sample-required': ['warning', 'A sample lacks a required field.'],
  'sample-unknown': ['warning', 'A sample has a field that the table lacks.'],
  'list-guessed': [
    'warning',
    'No sample shows whether embedded JSON is an array or an object with that array: read as the object.',
  ],
  'mode-required': [
    'info',
    'Of fields that belong to different modes, or of which one is enough, several are required: read as optional.',
  ],
  'encryption-unmarked': [
    'warning',
    'A label or a sample shows cipher text, but the field is not marked as encrypted: it would go out in plain.',
  ],
  'encryption-code': ['warning', 'The field is marked as encrypted, but its sample is a plain code.'],
  'header-serial-missing': ['info', 'Fields are encrypted, but the table has no Wechatpay-Serial header.'],
  'container-unclosed': ['warning', 'A ::: container or a code fence is not closed.'],
  'link-dead': ['warning', 'An internal link leads nowhere.'],
  'tag-missing': ['info', 'The index page does not list the operation.'],
  'operation-name': ['error', 'Two operations would get the same name.'],
} as const satisfies Record<string, readonly [Severity, string]>

/** The id of a rule, as printed in a finding. */
export type Rule = keyof typeof rules

/** One finding in the pages. `line` and `column` count from 1. */
export interface Diagnostic {
  file: string
  line: number
  column: number
  rule: Rule
  severity: Severity
  message: string
}

/** A place in a page. */
export interface Position {
  line: number
  column: number
}

/** Collects the findings of one file. */
export class Reporter {
  readonly findings: Diagnostic[] = []
  readonly file: string

  constructor(file: string) {
    this.file = file
  }

  report(rule: Rule, at: Position, message: string): void {
    const { line, column } = at
    this.findings.push({
      file: this.file,
      line,
      column,
      rule,
      severity: rules[rule][0],
      message: visible(message),
    })
  }

  /** Runs a step, and drops its result when the step reports an error. */
  attempt<Result>(step: (reporter: Reporter) => Result): Result | undefined {
    const own = new Reporter(this.file)
    const result = step(own)
    for (const finding of own.findings) this.findings.push(finding)
    return own.failed ? undefined : result
  }

  get failed(): boolean {
    return this.findings.some((finding) => finding.severity === 'error')
  }
}

/** Compares findings by file, line, column and rule. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    byCodeUnit(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.message, b.message)
  )
}

/** A finding as one line: `file:line:column severity rule message`. */
export function format(finding: Omit<Diagnostic, 'rule'> & { rule: string }): string {
  const { file, line, column, rule, severity, message } = finding
  return withoutCommands(`${visible(file)}:${line}:${column} ${severity} ${rule} ${message}`)
}

/** Text of a page for a terminal: without hidden characters, and in lines of limited length. */
export function visible(text: string): string {
  return (text.length > 300 ? `${text.slice(0, 297)}...` : text).replace(
    hidden,
    (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`,
  )
}
