import { byCodeUnit } from '../by-code-unit.ts'

/**
 * How much a finding weighs: an `error` keeps its page out of the spec, or the operation that it stands in; a `warning`
 * was repaired; `info` is worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info'

/** Every rule the reader of pages knows, with its severity and what it means. */
export const rules = {
  'file-unreadable': ['error', 'The file or folder cannot be read.'],
  'file-outside': ['warning', 'A link leads out of the documentation folder and is not followed.'],
  'file-binary': ['error', 'The file is not text: it holds a NUL byte or is not UTF-8.'],
  'file-empty': ['error', 'The file has no content.'],
  'file-size': ['error', 'The file is larger than any page (1 MiB, 20,000 lines).'],
  'line-length': ['error', 'The line is longer than any of a page (8,192 characters).'],
  markdown: ['error', 'The Markdown cannot be read.'],
  'front-matter': ['error', 'The front matter is not the YAML of a page.'],
  'title-missing': ['error', 'The operation has no title, in its heading or in the front matter.'],
  'page-kind': ['error', 'No heading carries a method anchor such as {#post}.'],
  'page-moved': ['info', 'The page is a redirect.'],
  'operation-duplicate': ['error', 'Two pages document the same method and path.'],
  'operation-merged': ['info', 'Two paths differ only in the name of a variable and were merged.'],
  'table-missing': ['error', 'The operation has no #request or no #response table.'],
  'table-duplicate': ['error', 'The operation has a second table of the same id.'],
  'table-nested': ['error', 'The table stands inside a list or a quotation.'],
  'table-header': ['error', 'The header row is not that of a parameter table.'],
  'row-cells': ['error', 'The row has no name or no type.'],
  'row-extra-cell': ['warning', 'The row has more than three cells: an unescaped | in the description.'],
  'attribute-unknown': ['error', 'The cell carries an attribute that the dialect does not have.'],
  'attribute-value': ['error', 'The attribute has a value that the dialect does not have.'],
  'type-unknown': ['error', 'The type is none of the documented ones.'],
  'name-blank': ['warning', 'The name holds white space, which was removed.'],
  'name-invalid': ['error', 'The name is not one of a field.'],
  'indent-jump': ['error', 'The row is indented deeper than one below its predecessor.'],
  'indent-lost': ['warning', 'The row lost its indent inside a decrypted block and was put back.'],
  'parent-scalar': ['error', 'The row hangs below a field that is neither object nor embedded structure.'],
  'parent-scalar-repaired': ['warning', 'The row hung below a plain field and was put beside it.'],
  'field-duplicate': ['error', 'The field stands twice among its siblings.'],
  'field-alternatives': ['info', 'The field stands several times: alternatives.'],
  'line-without-owner': ['error', 'A separator row does not follow a string field.'],
  'line-owner-order': ['warning', 'The decrypted rows follow another field than the encrypted one.'],
  'object-empty': ['warning', 'The object has no documented fields.'],
  'root-unknown': ['error', 'The row at the root is neither a path variable nor an option.'],
  'root-unused': ['warning', 'The row at the root names no variable of the path and was dropped.'],
  'variable-missing': ['warning', 'A variable of the path has no row of its own.'],
  'enum-duplicate': ['warning', 'The enum lists a value twice.'],
  'enum-blank': ['warning', 'The enum holds a value with white space.'],
  'enum-type': ['warning', 'The enum holds words but the type is numeric; the values were trusted.'],
  'event-name': ['error', 'The file name is not the type of an event, or not the one that the table names.'],
  'response-marker': ['error', 'The response is neither fields nor a known marker.'],
  'sample-missing': ['error', 'The operation has no code sample.'],
  'sample-syntax': ['error', 'The PHP of a sample does not parse.'],
  'sample-call': ['warning', 'The sample makes no call through $instance.'],
  'sample-differs': ['warning', 'The samples of the operation are not equal.'],
  'method-mismatch': ['error', 'The heading and a sample name different methods.'],
  'path-mismatch': ['error', 'The file name and a sample name different paths.'],
  'path-slash': ['info', 'The real path ends with a slash, as the samples tell.'],
  'path-unknown': ['error', 'Neither the file name nor a sample tells the path.'],
  'sample-type': ['warning', 'A sample value has another type than its table row.'],
  'sample-enum': ['warning', 'A sample value is not in its enum.'],
  'sample-blank': ['info', 'A sample leaves an enum field blank.'],
  'sample-required': ['warning', 'The sample lacks a required field.'],
  'sample-unknown': ['warning', 'The sample has a field that the table lacks.'],
  'list-guessed': ['warning', 'An embedded array without a sample: taken as an object.'],
  'header-serial-missing': ['info', 'Fields are encrypted but the table has no Wechatpay-Serial header.'],
  'container-unclosed': ['warning', 'A ::: container or a code fence is never closed.'],
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

/** Takes findings of one file. */
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

  /** Takes over the findings of another reporter. */
  append({ findings }: Reporter): void {
    for (const finding of findings) this.findings.push(finding)
  }

  get failed(): boolean {
    return this.findings.some((finding) => finding.severity === 'error')
  }
}

/** Findings in the order of a reader: by file, line, column, rule. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    byCodeUnit(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.message, b.message)
  )
}

/** One finding in one line: `file:line:column severity rule message`. */
export function format(finding: Diagnostic): string {
  const { file, line, column, rule, severity, message } = finding
  return `${visible(file)}:${line}:${column} ${severity} ${rule} ${message}`
}

// Text of a page reaches a terminal: no control or direction characters, no endless lines.
function visible(text: string): string {
  return (text.length > 300 ? `${text.slice(0, 297)}...` : text).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`,
  )
}
