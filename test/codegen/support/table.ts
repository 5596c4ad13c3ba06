import fc from 'fast-check'

/** A field that a page may have. */
export interface PrintedField {
  name: string
  type: string
  required: boolean
  term?: string
  values?: string[]
  encrypted: boolean
  children: PrintedField[]
  /** The rows below a string are embedded. */
  embedded: boolean
  /** Other spacing and a pipe at the end, which make no difference. */
  loose: boolean
}

const first = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$'.split('')
const name = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...first),
      fc.string({ unit: fc.constantFrom(...first, ...'0123456789.-'), maxLength: 12 }),
    )
    .map((parts) => parts.join(''))
    .filter((text) => text !== '__proto__'),
  fc.constantFrom(
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype',
    '__defineGetter__',
    'default',
  ),
)

const term = fc
  .string({ unit: fc.constantFrom(...'笔墨纸砚颜色名称Aa0*_~[]()/%@#$^+='), minLength: 1, maxLength: 12 })
  .filter(isPlain)

const value = fc
  .string({ unit: fc.constantFrom(...'ABCDEFXYZ0189_-.:*/${}<>&"\'\\@笔'), minLength: 1, maxLength: 10 })
  .filter((text) => !text.endsWith('\\'))

const scalar = fc.constantFrom('string', 'integer', 'number', 'boolean', 'string[]', 'integer[]', 'number[]')

/** Fields with distinct names, `depth` levels deep. */
export function fields(depth: number): fc.Arbitrary<PrintedField[]> {
  return fc.uniqueArray(field(depth), { selector: (one) => one.name, maxLength: 4 })
}

function field(depth: number): fc.Arbitrary<PrintedField> {
  const leaf = fc.record({
    name,
    type: scalar,
    required: fc.boolean(),
    term: fc.option(term, { nil: undefined }),
    values: fc.option(fc.uniqueArray(value, { minLength: 1, maxLength: 4 }), { nil: undefined }),
    encrypted: fc.boolean(),
    children: fc.constant<PrintedField[]>([]),
    embedded: fc.constant(false),
    loose: fc.boolean(),
  }) as fc.Arbitrary<PrintedField>
  if (depth === 0) return leaf
  const parent = fc
    .tuple(
      leaf,
      fields(depth - 1).filter((children) => children.length > 0),
      fc.constantFrom('object', 'object[]', 'string'),
    )
    .map(([own, children, type]) => ({
      ...own,
      type,
      children,
      embedded: type === 'string',
      ...(type !== 'string' && { encrypted: false }),
    }))
  return fc.oneof(leaf, parent)
}

/** The rows of the fields in a page, with this indent. */
export function printRows(list: PrintedField[], indent: number): string[] {
  return list.flatMap((one) => [
    row(one, indent),
    ...(one.embedded ? ['| {colspan=3 .im-table-line}'] : []),
    ...printRows(one.children, indent + 1),
  ])
}

function row(
  { name, type, required, term: label, values, encrypted, loose }: PrintedField,
  indent: number,
): string {
  const marks = [...(required ? ['data-required'] : []), ...(indent > 0 ? [`data-indent=${indent}`] : [])]
  const said = values?.map((one) => `\`${one}\``).join(loose ? '\\|' : ' \\| ')
  const description = [escaped(label ?? ''), said && `${said} 枚举值${values!.length > 1 ? '之一' : ''}`]
    .filter(Boolean)
    .join('<br/>')
  const gap = loose ? '' : ' '
  const cells = [
    `${escaped(name)}${marks.length > 0 ? ` {${marks.join(' ')}}` : ''}`,
    `${type}${encrypted ? `${gap}{data-tooltip="x" data-encrypted=by-rsa-pubkey}` : ''}`,
    description,
  ]
  return loose ? `|${cells.join('|')} |` : `| ${cells.join(' | ')}`
}

// Escapes what has a meaning in Markdown, as the author of a page must.
function escaped(text: string): string {
  return text.replace(/[\\*_~[\]<>&{}]/g, '\\$&')
}

// Whether a text is read as a term; `//` would be a link.
function isPlain(text: string): boolean {
  return text.trim() === text && !text.includes('//')
}

/** The fields as they should be read. */
export function expected(list: PrintedField[]): unknown[] {
  return list.map((one) => ({
    name: one.name,
    type: one.type,
    required: one.required,
    term: one.term,
    values: one.values,
    encrypted: one.encrypted,
    children: expected(one.children),
    embedded: one.embedded,
  }))
}
