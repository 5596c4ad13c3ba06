import ts from 'typescript'
import { declareType, printFile } from '../../../../codegen/emit/openapi-typescript.ts'
import type { Schema } from '../../../../codegen/openapi/document.ts'
import type { Any } from './spec.ts'

/** The compiler's verdict on a pair of types. */
export interface Judgement {
  /** Whether the old request is assignable to the new one, or the new response to the old one. */
  assignable: boolean
  /** Whether an app compiles that writes, or reads, every property that the old type names. */
  writable: boolean
}

export interface Subject {
  direction: 'request' | 'response'
  before: Any
  after: Any
}

/** Judges many pairs in one program. */
export function judge(subjects: readonly Subject[]): Judgement[] {
  const lines = [
    `type Form<T> = Exclude<T, string | number | boolean | null | undefined>; declare function form<T>(value: T): [Form<T>] extends [never] ? any : Form<T>`,
  ]
  const owners: { index: number; check: keyof Judgement }[] = [{ index: 0, check: 'assignable' }]
  subjects.forEach(({ direction, before, after }, index) => {
    // As properties of an object, so that the types are type literals, as most are, not interfaces.
    for (const [name, schema] of [
      [`Old${index}`, before],
      [`New${index}`, after],
    ] as const) {
      const nodes = [declareType(name, wrapped(schema))]
      push(printFile(nodes).replace(/\s*\n\s*/g, ' '), index, 'assignable')
    }
    const [from, to] = direction === 'request' ? ['Old', 'New'] : ['New', 'Old']
    push(`function a${index}(v: ${from}${index}): ${to}${index} { return v }`, index, 'assignable')
    // A request is written from values of the old type; a response is read into the old type.
    const written = literal(before, 'v.value')
    push(
      `function w${index}(v: ${from}${index}): ${to}${index} { return { value: ${written} } }`,
      index,
      'writable',
    )
  })
  const judgements = subjects.map(() => ({ assignable: true, writable: true }))
  for (const line of errorLines(lines.join('\n'))) {
    const { index, check } = owners[line]!
    judgements[index]![check] = false
  }
  return judgements

  function push(line: string, index: number, check: keyof Judgement) {
    lines.push(line)
    owners.push({ index, check })
  }
}

function wrapped(schema: Any): Schema {
  return { type: 'object', required: ['value'], properties: { value: schema } } as Schema
}

function contentOf(schema: Any): Any {
  return (schema['contentSchema'] as Any | undefined) ?? schema
}

// Every property that the old type names. One that was removed is an excess property, or cannot be read.
function literal(schema: Any, path: string): string {
  const { type: kind, properties, items, oneOf } = contentOf(schema)
  const form = objectForm(oneOf)
  if (form) return literal(form, `form(${path})`)
  if (kind === 'object' && hasMembers(properties)) {
    const entries = Object.entries(properties)
    return `{ ${entries.map(([name, one]) => `${name}: ${literal(one, `${path}.${name}!`)}`).join(', ')} }`
  }
  if (kind === 'array' && items) return `[${literal(items as Any, `${path}[0]!`)}]`
  return path
}

function objectForm(oneOf: unknown): Any | undefined {
  return (oneOf as Any[] | undefined)?.find(({ type, properties }) => type === 'object' && properties)
}

function hasMembers(properties: unknown): properties is Record<string, Any> {
  return properties !== undefined && Object.keys(properties as Any).length > 0
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es5.d.ts'],
  types: [],
}

function errorLines(text: string): number[] {
  const name = 'pairs.ts'
  const host = ts.createCompilerHost(options)
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022)
  const { getSourceFile } = host
  host.getSourceFile = (path, ...rest) => (path === name ? file : getSourceFile(path, ...rest))
  const program = ts.createProgram([name], options, host)
  const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
  return diagnostics.map(({ start }) => file.getLineAndCharacterOfPosition(start ?? 0).line)
}
