import { Engine } from 'php-parser'

/** A value of a sample, with the place of each key: what ajv says of a value is told at its line. */
export type SampleValue = string | number | boolean | null | SampleValue[] | { [name: string]: SampleValue }

/** A literal read from PHP, and the lines of its members by JSON pointer. */
export interface Literal {
  value: SampleValue
  /** Line in the code, from 1, by JSON pointer of the member. */
  lines: Map<string, number>
  /** JSON pointers of strings that were written as `json_encode(…)`. */
  encoded: Set<string>
  /** JSON pointers of members that are no literals, such as a stream. */
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

/** The PHP did not parse; `line` counts from 1 within the code. */
export class PhpSyntaxError extends Error {
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.name = 'PhpSyntaxError'
    this.line = line
  }
}

/**
 * Reads the array literal in `code`, which must be one PHP expression. Nothing is evaluated: whatever is not a
 * literal is noted as opaque.
 * @throws PhpSyntaxError
 */
export function readLiteral(code: string): Literal {
  let program: Node
  try {
    program = engine.parseEval(`return ${code};`) as unknown as Node
  } catch (error) {
    const { message, lineNumber } = error as Error & { lineNumber?: number }
    throw new PhpSyntaxError(message, lineNumber ?? 1)
  }
  const statement = (program['children'] as Node[])[0]
  const literal: Literal = { value: null, lines: new Map(), encoded: new Set(), opaque: new Set() }
  literal.value = convert((statement?.['expr'] ?? null) as Node | null, '', literal)
  return literal
}

function convert(node: Node | null, pointer: string, literal: Literal): SampleValue {
  if (node?.loc) literal.lines.set(pointer, node.loc.start.line)
  switch (node?.kind) {
    case 'string':
      return String(node['value'])
    case 'number':
      return Number(node['value'])
    case 'boolean':
      return Boolean(node['value'])
    case 'nullkeyword':
      return null
    case 'unary':
      return node['type'] === '-'
        ? -Number(convert(node['what'] as Node, pointer, literal))
        : opaque(pointer, literal)
    case 'array':
      return convertArray(node, pointer, literal)
    case 'call':
      return convertCall(node, pointer, literal)
    default:
      return opaque(pointer, literal)
  }
}

function convertArray(node: Node, pointer: string, literal: Literal): SampleValue {
  const items = (node['items'] as Node[]).filter((item) => item !== null && item.kind === 'entry')
  if (items.every((item) => !item['key'])) {
    return items.map((item, index) => convert(item['value'] as Node, `${pointer}/${index}`, literal))
  }
  const value: { [name: string]: SampleValue } = Object.create(null)
  for (const item of items) {
    const key = String(convert((item['key'] as Node) ?? null, '\0', literal))
    value[key] = convert(item['value'] as Node, `${pointer}/${escapePointer(key)}`, literal)
  }
  return value
}

function convertCall(node: Node, pointer: string, literal: Literal): SampleValue {
  const name = String((node['what'] as Node)?.['name'] ?? '').replace(/^\\/, '')
  const first = (node['arguments'] as Node[])[0]
  if (name !== 'json_encode' || !first) return opaque(pointer, literal)
  literal.encoded.add(pointer)
  return convert(first, pointer, literal)
}

function opaque(pointer: string, literal: Literal): SampleValue {
  literal.opaque.add(pointer)
  return ''
}

/** A member name as a part of a JSON pointer. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
