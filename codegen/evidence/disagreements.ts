import { byCodeUnit } from '../by-code-unit.ts'
import { pathShape } from '../openapi/path-shape.ts'
import type { Fact, Source } from './read-evidence.ts'
import type { SpecFact, SpecFacts } from './spec-facts.ts'

/** In what the spec and another implementation disagree. */
export const classes = [
  'operation',
  'required',
  'type',
  'enum',
  'format',
  'encrypted',
  'only-there',
  'only-here',
] as const

export type Class = (typeof classes)[number]

/** One disagreement. */
export interface Disagreement {
  class: Class
  /** `POST /v3/…`, as the spec has it. */
  operation: string
  side: 'request' | 'response'
  /** `amount.total`; empty for a whole operation. */
  field: string
  /** The sources that say so. */
  sources: string[]
  /** What both say, in a few words. */
  message: string
}

/** An operation of the spec with its fields. */
export interface SpecOperation {
  label: string
  aliases: string[]
  request: SpecFacts
  response: SpecFacts
}

// The client of one source fills these in, so that its "optional" says nothing.
const filledIn = /(?:^|\.)(?:sp_)?(?:mchid|appid)$|(?:^|\.)notify_url$/

/** Compares the spec with other implementations, by operation. */
export function disagreements(
  operations: readonly SpecOperation[],
  sources: readonly Source[],
): Disagreement[] {
  const byShape = new Map<string, SpecOperation>()
  for (const operation of operations) {
    const [method] = operation.label.split(' ')
    for (const alias of operation.aliases) byShape.set(pathShape(`${method} ${alias}`), operation)
    byShape.set(pathShape(operation.label), operation)
  }
  const found: Disagreement[] = []
  const theirs = new Map<
    SpecOperation,
    { source: string; side: 'request' | 'response'; facts: Record<string, Fact> }[]
  >()
  for (const { name, operations: known } of sources) {
    for (const [label, models] of known) {
      const own = byShape.get(pathShape(label))
      if (!own) {
        const message = `${name} has this operation, the spec does not`
        found.push({
          class: 'operation',
          operation: label,
          side: 'request',
          field: '',
          sources: [name],
          message,
        })
        continue
      }
      const list = theirs.get(own) ?? []
      theirs.set(own, list)
      for (const model of models)
        for (const side of ['request', 'response'] as const)
          if (Object.keys(model[side]).length > 0) list.push({ source: name, side, facts: model[side] })
    }
  }
  for (const [operation, all] of theirs) {
    for (const side of ['request', 'response'] as const) {
      const models = all.filter((one) => one.side === side)
      if (models.length === 0) continue
      for (const { class: kind, field, sources: said, message } of compareSide(operation[side], models))
        found.push({ class: kind, operation: operation.label, side, field, sources: said, message })
    }
  }
  return found.sort(
    (a, b) =>
      byCodeUnit(a.operation, b.operation) ||
      byCodeUnit(a.side, b.side) ||
      byCodeUnit(a.field, b.field) ||
      byCodeUnit(a.class, b.class),
  )
}

type Found = Pick<Disagreement, 'class' | 'field' | 'sources' | 'message'>

function compareSide(
  own: SpecFacts,
  models: readonly { source: string; facts: Record<string, Fact> }[],
): Found[] {
  const found: Found[] = []
  const names = new Set([...own.keys(), ...models.flatMap(({ facts }) => Object.keys(facts))])
  for (const field of names) {
    const parent = field.slice(0, Math.max(field.lastIndexOf('.'), 0))
    const known = (has: (name: string) => boolean) => parent === '' || parent === 'query' || has(parent)
    const ours = own.get(field)
    const said = models.flatMap(({ source, facts }) => (facts[field] ? [{ source, fact: facts[field] }] : []))
    const sources = [...new Set(said.map(({ source }) => source))]
    if (!ours) {
      if (known((name) => own.has(name)))
        found.push({ class: 'only-there', field, sources, message: `${said[0]!.fact.type}, not in the spec` })
    } else if (said.length === 0) {
      const holders = models.filter(({ facts }) => known((name) => Object.hasOwn(facts, name)))
      if (holders.length > 0)
        found.push({
          class: 'only-here',
          field,
          sources: [...new Set(holders.map(({ source }) => source))],
          message: ours.required ? 'required in the spec, not there' : 'optional in the spec, not there',
        })
    } else {
      for (const [kind, says] of Object.entries(comparisons)) {
        const others = said.flatMap(({ source, fact }) => {
          const message = says(ours, fact, field)
          return message ? [{ source, message }] : []
        })
        if (others.length > 0)
          found.push({
            class: kind as Class,
            field,
            sources: [...new Set(others.map(({ source }) => source))],
            message: others[0]!.message,
          })
      }
    }
  }
  return found
}

type Comparison = (ours: SpecFact, theirs: Fact, field: string) => string | undefined

const comparisons: Partial<Record<Class, Comparison>> = {
  required: (ours, { optional }, field) =>
    ours.required && optional && !filledIn.test(field) ? 'required in the spec, optional there' : undefined,
  type: ({ type, json }, theirs) =>
    type !== 'any' &&
    /^\w+(?:\[\])?$/.test(theirs.type) &&
    theirs.type !== type &&
    !(json && theirs.type === 'string')
      ? `${type} in the spec, ${theirs.type} there`
      : undefined,
  enum: ({ values, closed }, { enum: others }) => {
    const more = (others ?? []).filter((value) => !values.includes(value))
    if (more.length === 0) return undefined
    const what = values.length === 0 ? 'no values' : closed ? 'closed values' : 'values'
    return `${what} in the spec, there also ${more.join(', ')}`
  },
  format: ({ format }, theirs) =>
    theirs.format && theirs.format !== format
      ? `${format ?? 'no format'} in the spec, ${theirs.format} there`
      : undefined,
  encrypted: (ours, theirs) =>
    ours.encrypted === (theirs.encrypted ?? false)
      ? undefined
      : ours.encrypted
        ? 'encrypted in the spec, plain there'
        : 'plain in the spec, encrypted there',
}
