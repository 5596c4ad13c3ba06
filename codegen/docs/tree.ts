import { readDescription } from './description.ts'
import type { Reporter } from './diagnostics.ts'
import type { Encryption, Field, FieldType } from './field.ts'
import type { Cell, Row, Table } from './table.ts'

/** The fields of a table as a tree, or the text of its marker row (`空字符串(无返回内容)` and the like). */
export interface Tree {
  fields: Field[]
  marker?: Cell
}

const encryptions = new Map<string, Encryption>([
  ['by-rsa-pubkey', 'rsa'],
  ['by-aes-gcm', 'aes-gcm'],
])

const types = new Set<string>(['string', 'integer', 'number', 'boolean', 'object'])

/** An option of the request's root, a header, a field: letters, digits, `_`, `-`, `.` and v2's `$`. */
const fieldName = /^(?!__proto__$)[A-Za-z_$][\w$.-]*$/

interface Open {
  field: Field
  indent: number
  /** The list that rows one deeper join. */
  into: Field[]
}

/** What a table may do that others may not. */
export interface TreeOptions {
  /**
   * The only roots there are. In a notification's table a row at the root with another name has lost its indent:
   * it belongs to the decrypted block above it.
   */
  roots?: ReadonlySet<string>
}

/** Turns the rows of a table into a tree by their indents. */
export function readTree(table: Table, reporter: Reporter, options: TreeOptions = {}): Tree {
  const tree: Tree = { fields: [] }
  const stack: Open[] = []
  let last: Open | undefined
  let line: Cell | undefined
  // The indent of the rows in the decrypted block that was opened last.
  let block: number | undefined
  // Separators that stand before the first of several alternatives, as far as one can tell by then.
  const announced: { line: Cell; field: Field }[] = []
  for (const row of table.rows) {
    if (row.kind === 'marker') {
      if (tree.marker) reporter.report('row-cells', row.cell, 'a second row without name and type')
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
        `${field.name} has no data-indent; read as data-indent=${block}`,
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
        `${field.name} is indented ${indent}, at most ${stack.length} can follow`,
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
          `${field.name} hangs below ${above.name}, which is a ${above.type}`,
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
    reporter.report('row-cells', tree.marker, 'a row without name and type stands beside rows with fields')
  return tree
}

function reportLine(line: Cell, reporter: Reporter): void {
  reporter.report(
    'line-without-owner',
    line,
    'a separator row stands between a string and its content, or before an alternative',
  )
}

// A plain field with rows below it, right behind an object without any: the plain field lost its indent.
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

// Tells whether the field repeats a former one as its alternative.
function addSibling(siblings: Field[], field: Field, reporter: Reporter): boolean {
  const twin = siblings.find((sibling) => sibling.name === field.name)
  if (!twin) {
    siblings.push(field)
    return false
  }
  if (field.type === 'object' && twin.type === 'object') {
    reporter.report('field-alternatives', field, `${field.name} is one of several alternatives`)
    twin.alternatives ??= []
    twin.alternatives.push(field)
    return true
  }
  reporter.report('field-duplicate', field, `${field.name} stands twice, first in line ${twin.line}`)
  return false
}

function readField(row: Row & { kind: 'field' }, reporter: Reporter): Field | undefined {
  const name = readName(row.name, reporter)
  const type = row.type.text.endsWith('[]') ? row.type.text.slice(0, -2) : row.type.text
  if (!types.has(type)) {
    reporter.report(
      'type-unknown',
      row.type,
      `${row.type.text} is not a type; known are ${[...types].join(', ')} and each with []`,
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
  if (name !== cell.text) reporter.report('name-blank', cell, `"${cell.text}" was read as ${name}`)
  if (fieldName.test(name) && name.length <= 128) return name
  reporter.report('name-invalid', cell, `"${name}" is not the name of a field`)
  return undefined
}

function readIndent(cell: Cell): number {
  return Number(cell.attrs.get('data-indent') ?? 0)
}
