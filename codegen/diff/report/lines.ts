import { briefValue } from './visible.ts'

// Keywords that do not help a reader of a schema.
const omitted = new Set(['example', 'examples', 'x-source', 'externalDocs', 'operationId'])
const deepest = 32
const longest = 600

/** Plain JSON as lines of YAML, one value per line, so that lines can be compared. */
export function toLines(value: unknown): string[] {
  const lines: string[] = []
  write(value, '', lines)
  return lines.slice(0, longest)
}

/** The same, indented below a heading: `total (required):`. */
export function toLinesBelow(heading: string, value: unknown): string[] {
  const lines = [`${heading}:`]
  if (isLeaf(value)) return [`${heading}: ${scalar(value)}`]
  write(value, '  ', lines)
  return lines.slice(0, longest)
}

function write(value: unknown, indent: string, lines: string[]): void {
  if (lines.length > longest) return
  if (isLeaf(value) || indent.length > deepest * 2) {
    lines.push(indent + scalar(value))
  } else if (Array.isArray(value)) {
    for (const item of value) writeItem(item, indent, lines)
  } else {
    for (const [key, own] of Object.entries(value as object)) writeEntry(key, own, indent, lines)
  }
}

function writeEntry(key: string, value: unknown, indent: string, lines: string[]): void {
  if (omitted.has(key) && !isSchemaLike(value)) return
  const name = word(key)
  if (isLeaf(value)) {
    lines.push(`${indent}${name}: ${scalar(value)}`)
  } else {
    lines.push(`${indent}${name}:`)
    write(value, `${indent}  `, lines)
  }
}

// A property may have the name of a keyword.
function isSchemaLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('type' in value || '$ref' in value)
}

function writeItem(item: unknown, indent: string, lines: string[]): void {
  if (isLeaf(item)) {
    lines.push(`${indent}- ${scalar(item)}`)
    return
  }
  const own: string[] = []
  write(item, `${indent}  `, own)
  const [first = '', ...rest] = own
  lines.push(`${indent}- ${first.trimStart()}`, ...rest)
}

function isLeaf(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return word(value)
  if (!isLeaf(value)) return '…'
  if (Array.isArray(value)) return '[]'
  return typeof value === 'object' && value !== null ? '{}' : String(value)
}

// Without quotes if YAML reads the same text back.
function word(text: string): string {
  const shown = briefValue(text)
  const bare =
    /^[\p{L}_/$.{<][^:#"'`\\]*$/u.test(shown) && !/^(true|false|null|yes|no|on|off|~)$|\s$/i.test(shown)
  return bare ? shown : JSON.stringify(shown)
}
