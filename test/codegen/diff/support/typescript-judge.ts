import ts from 'typescript'
import { declareType, printFile } from '../../../../codegen/emit/openapi-typescript.ts'
import type { Schema } from '../../../../codegen/openapi/document.ts'
import type { Any } from './spec.ts'

/** What the compiler says of a pair of types. */
export interface Judgement {
  /** Old request to new request, new response to old response. */
  assignable: boolean
  /** What an app writes compiles: an object literal with all that the old type names, and a reader of all that it names. */
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
    // Within an object, so that the types are literals as most are, and no interfaces.
    for (const [name, schema] of [
      [`Old${index}`, before],
      [`New${index}`, after],
    ] as const) {
      const nodes = [declareType(name, wrapped(schema))]
      push(printFile(nodes).replace(/\s*\n\s*/g, ' '), index, 'assignable')
    }
    const [from, to] = direction === 'request' ? ['Old', 'New'] : ['New', 'Old']
    push(`function a${index}(v: ${from}${index}): ${to}${index} { return v }`, index, 'assignable')
    // A request is written out from what the old type holds, an answer is read into what the old type expects.
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

function held(schema: Any): Any {
  return (schema['contentSchema'] as Any | undefined) ?? schema
}

// All that the old type names: a property that is no longer known is an excess one, or cannot be read.
function literal(schema: Any, path: string): string {
  const { type: kind, properties, items, oneOf } = held(schema)
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
