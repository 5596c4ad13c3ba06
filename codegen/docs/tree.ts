import { readDescription } from './description.ts'
import type { Reporter } from './diagnostics.ts'
import type { Encryption, Field, FieldType } from './field.ts'
import type { Cell, Row, Table } from './table.ts'

/** The fields of a table as a tree, or its marker row, such as `空字符串(无返回内容)`. */
export interface Tree {
  fields: Field[]
  marker?: Cell
}

const encryptions = new Map<string, Encryption>([
  ['by-rsa-pubkey', 'rsa'],
  ['by-aes-gcm', 'aes-gcm'],
])

const types = new Set<string>(['string', 'integer', 'number', 'boolean', 'object'])

/** Options, headers and fields have letters, digits, `_`, `-`, `.` and, from APIv2, `$` in their names. */
const fieldName = /^(?!__proto__$)[A-Za-z_$][\w$.-]*$/

interface Open {
  field: Field
  indent: number
  /** The list for the rows that are one level deeper. */
  into: Field[]
}

/** How to read a particular kind of table. */
interface TreeOptions {
  /**
   * The names that rows at the root may have. In the table of a notification, a row at the root with another name has
   * lost its indent and belongs to the decrypted block above it.
   */
  roots?: ReadonlySet<string>
}

/** Makes a tree of the rows by their indents. */
export function readTree(table: Table, reporter: Reporter, options: TreeOptions = {}): Tree {
  const tree: Tree = { fields: [] }
  const stack: Open[] = []
  let last: Open | undefined
  let line: Cell | undefined
  // The indent of the rows in the last decrypted block.
  let block: number | undefined
  // Separators that may precede the first of several alternatives. Only the rows that follow can show it.
  const announced: { line: Cell; field: Field }[] = []
  for (const row of table.rows) {
    if (row.kind === 'marker') {
      if (tree.marker) reporter.report('row-cells', row.cell, 'a second row without a name and a type')
      tree.marker = row.cell
      continue
    }
    if (row.kind === 'line') {
      if (line) reportLine(line, reporter)
      line = row.cell
      continue
    }
    const field = readField(row, reporter)
    if (!field) continue
    let indent = readIndent(row.name)
    if (indent === 0 && block !== undefined && options.roots && !options.roots.has(field.name)) {
      reporter.report(
        'indent-lost',
        row.name,
        `${field.name} has no data-indent; read with data-indent=${block}`,
      )
      indent = block
    }
    if (line) {
      if (last?.field.type === 'string' && !last.field.array && indent === last.indent + 1) {
        last.field.embedded = []
        last.into = last.field.embedded
        block = indent
        line = undefined
      }
    }
    if (indent > stack.length) {
      reporter.report(
        'indent-jump',
        row.name,
        `${field.name} has data-indent=${indent}, at most ${stack.length} is possible here`,
      )
      continue
    }
    stack.length = indent
    let parent = stack.at(-1)
    if (parent && parent.field.type !== 'object' && !parent.field.embedded) {
      parent = options.roots && adopt(stack)
      if (!parent) {
        const above = stack.at(-1)!.field
        reporter.report(
          'parent-scalar',
          row.name,
          `${field.name} is below ${above.name}, which has no fields: its type is ${above.type}`,
        )
        continue
      }
      reporter.report(
        'parent-scalar-repaired',
        row.name,
        `${field.name} and the row before it were put into ${parent.field.name}`,
      )
    }
    last = { field, indent, into: field.children }
    stack.push(last)
    const alternative = addSibling(parent ? parent.into : tree.fields, field, reporter)
    if (line && !alternative) announced.push({ line, field })
    line = undefined
  }
  if (line) reportLine(line, reporter)
  for (const { line, field } of announced) if (!field.alternatives) reportLine(line, reporter)
  if (tree.marker && tree.fields.length > 0)
    reporter.report('row-cells', tree.marker, 'a row without a name and a type among rows with fields')
  return tree
}

function reportLine(line: Cell, reporter: Reporter): void {
  reporter.report(
    'line-without-owner',
    line,
    'a separator row must be between a string and its embedded rows, or before an alternative',
  )
}

// A plain field with rows below it, directly after an object without rows, has lost its indent: it belongs to the
// object.
function adopt(stack: Open[]): Open | undefined {
  const scalar = stack.at(-1)!
  const siblings = stack.at(-2)?.into
  const object = siblings?.at(-2)
  if (
    !siblings ||
    object?.type !== 'object' ||
    object.children.length > 0 ||
    siblings.at(-1) !== scalar.field
  )
    return undefined
  siblings.pop()
  object.children.push(scalar.field)
  const open = { field: object, indent: scalar.indent, into: object.children }
  stack[stack.length - 1] = open
  return open
}

// Returns whether the field is an alternative of an earlier one.
function addSibling(siblings: Field[], field: Field, reporter: Reporter): boolean {
  const twin = siblings.find((sibling) => sibling.name === field.name)
  if (!twin) {
    reportAlike(siblings, field, reporter)
    siblings.push(field)
    return false
  }
  if (field.type === 'object' && twin.type === 'object') {
    reporter.report('field-alternatives', field, `${field.name} is one of several alternatives`)
    twin.alternatives ??= []
    twin.alternatives.push(field)
    return true
  }
  reporter.report('field-duplicate', field, `${field.name} occurs twice, first in line ${twin.line}`)
  return false
}

const shapes = new WeakMap<Field[], Map<string, Field>>()

function reportAlike(siblings: Field[], field: Field, reporter: Reporter): void {
  const known = shapes.get(siblings) ?? new Map<string, Field>()
  shapes.set(siblings, known)
  const shape = field.name.replace(/[-_.]/g, '').toLowerCase()
  const alike = known.get(shape)
  if (alike)
    reporter.report(
      'name-alike',
      field,
      `${field.name} is hardly told from ${alike.name} in line ${alike.line}`,
    )
  else known.set(shape, field)
}

function readField(row: Row & { kind: 'field' }, reporter: Reporter): Field | undefined {
  const name = readName(row.name, reporter)
  const type = row.type.text.endsWith('[]') ? row.type.text.slice(0, -2) : row.type.text
  if (!types.has(type)) {
    reporter.report(
      'type-unknown',
      row.type,
      `${row.type.text} is not a type: the types are ${[...types].join(', ')}, each also with []`,
    )
    return undefined
  }
  if (name === undefined) return undefined
  const field: Field = {
    name,
    type: type as FieldType,
    array: row.type.text.endsWith('[]'),
    required: row.name.attrs.has('data-required'),
    description: readDescription(row.description, reporter),
    children: [],
    line: row.name.line,
    column: row.name.column,
  }
  const encryption = encryptions.get(row.type.attrs.get('data-encrypted') ?? '')
  if (encryption) field.encryption = encryption
  return field
}

function readName(cell: Cell, reporter: Reporter): string | undefined {
  const name = cell.text.replace(/\s+/g, '')
  if (name !== cell.text)
    reporter.report('name-blank', cell, `"${cell.text}" contains white space; read as ${name}`)
  if (fieldName.test(name) && name.length <= 128) return name
  reporter.report('name-invalid', cell, `"${name}" is not a valid field name`)
  return undefined
}

function readIndent(cell: Cell): number {
  return Number(cell.attrs.get('data-indent') ?? 0)
}
