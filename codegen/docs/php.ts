import { Engine } from 'php-parser'
import { LineError } from './line-error.ts'

/** A value of a sample. */
export type SampleValue = string | number | boolean | null | SampleValue[] | { [name: string]: SampleValue }

/** A PHP literal as a value, with facts about its members by JSON pointer. */
export interface Literal {
  value: SampleValue
  /** The lines of members, from 1. */
  lines: Map<string, number>
  /** Strings that were written as `json_encode(…)`. */
  encoded: Set<string>
  /** Members that are not literals, such as a stream. */
  opaque: Set<string>
}

interface Node {
  kind: string
  loc?: { start: { line: number } }
  [key: string]: unknown
}

const engine = new Engine({
  parser: { extractDoc: false, suppressErrors: false },
  ast: { withPositions: true },
})

/** Members that are nested deeper are opaque. The samples of the pages are nested six deep. */
const deepest = 32

/**
 * Reads the array literal in `code`, a single PHP expression. Nothing is evaluated: members that are not literals are
 * opaque.
 * @throws LineError when the PHP cannot be parsed
 */
export function readLiteral(code: string): Literal {
  let program: Node
  try {
    program = engine.parseEval(`return ${code};`) as unknown as Node
  } catch (error) {
    const { message, lineNumber } = error as Error & { lineNumber?: number }
    throw new LineError(error instanceof RangeError ? 'nested too deeply' : message, lineNumber ?? 1)
  }
  const statement = (program['children'] as Node[])[0]
  const literal: Literal = { value: null, lines: new Map(), encoded: new Set(), opaque: new Set() }
  literal.value = convert((statement?.['expr'] ?? null) as Node | null, '', 0, literal)
  return literal
}

function convert(node: Node | null, pointer: string, depth: number, literal: Literal): SampleValue {
  if (node?.loc) literal.lines.set(pointer, node.loc.start.line)
  if (depth > deepest) return opaque(pointer, literal)
  switch (node?.kind) {
    case 'string':
      return String(node['value'])
    case 'number':
      return decimal(String(node['value'])) ?? opaque(pointer, literal)
    case 'boolean':
      return Boolean(node['value'])
    case 'nullkeyword':
      return null
    case 'unary':
      return convertUnary(node, pointer, literal)
    case 'array':
      return convertArray(node, pointer, depth, literal)
    case 'call':
      return convertCall(node, pointer, depth, literal)
    default:
      return opaque(pointer, literal)
  }
}

// The number, if JSON can hold it without loss.
function decimal(text: string): number | undefined {
  const value = /^(?:0|[1-9]\d*)?(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))
    ? value
    : undefined
}

function convertUnary(node: Node, pointer: string, literal: Literal): SampleValue {
  const what = node['what'] as Node | undefined
  const value = what?.kind === 'number' ? decimal(String(what['value'])) : undefined
  // JSON has no -0.
  return node['type'] === '-' && value !== undefined ? 0 - value : opaque(pointer, literal)
}

function convertArray(node: Node, pointer: string, depth: number, literal: Literal): SampleValue {
  const items = (node['items'] as (Node | null)[]).filter((item) => item?.kind === 'entry') as Node[]
  if (items.some((item) => item['unpack'])) return opaque(pointer, literal)
  if (items.every((item) => !item['key'])) {
    return items.map((item, index) =>
      convert(item['value'] as Node, `${pointer}/${index}`, depth + 1, literal),
    )
  }
  const value: { [name: string]: SampleValue } = Object.create(null)
  for (const item of items) {
    const key = String((item['key'] as Node | null)?.['value'] ?? '')
    value[key] = convert(item['value'] as Node, `${pointer}/${escapePointer(key)}`, depth + 1, literal)
  }
  return value
}

function convertCall(node: Node, pointer: string, depth: number, literal: Literal): SampleValue {
  const name = String((node['what'] as Node)?.['name'] ?? '').replace(/^\\/, '')
  const first = (node['arguments'] as Node[])[0]
  if (name !== 'json_encode' || !first) return opaque(pointer, literal)
  literal.encoded.add(pointer)
  return convert(first, pointer, depth + 1, literal)
}

function opaque(pointer: string, literal: Literal): SampleValue {
  literal.opaque.add(pointer)
  return ''
}

/** The name of a member as a token of a JSON pointer. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
