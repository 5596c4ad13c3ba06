import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { compare } from '../../../../codegen/diff/compare/compare.ts'
import { instanceOf } from './random-instance.ts'
import type { SchemaPair } from './random-schema.ts'
import { type Any, requesting } from './spec.ts'

/** A request on which our verdict for the wire differs from ajv's. */
export interface WireDisagreement {
  kind: 'refused, but not breaking' | 'breaking, but never refused'
  /** The rules that are breaking; if none is, all. */
  rules: string[]
  instance?: unknown
  before: unknown
  after: unknown
}

/** How many instances are tried before a schema counts as one that refuses none. */
const draws = { expected: 800, unexpected: 60 }

/**
 * What ajv cannot judge: encryption; and a string that is newly documented to contain JSON, which may always have
 * contained it.
 */
const unseen = /-(became-(not-)?encrypted|encryption-changed|content-schema-added)$/

/** Compares our verdicts with a server that validates requests of the old schema by the new one. */
export function wireDisagreements(
  pairs: readonly SchemaPair[],
  seed: number,
): { found: WireDisagreement[]; refused: number } {
  const found: WireDisagreement[] = []
  let refused = 0
  for (const { before, after } of pairs) {
    const [old, now] = [validator(withAnyOf(before)), validator(withAnyOf(after))]
    const { changes } = compare(requesting(before), requesting(after))
    const judged = changes.filter(({ rule }) => !unseen.test(rule))
    const breaking = judged.filter(({ wire }) => wire === 'breaking')
    const bad = firstRefused(before, old, now, breaking.length > 0 ? draws.expected : draws.unexpected, seed)
    if (bad !== undefined) refused++
    const rules = (breaking.length > 0 ? breaking : changes).map(({ rule }) => rule)
    if (bad !== undefined && breaking.length === 0 && judged.length === changes.length)
      found.push({ kind: 'refused, but not breaking', rules, instance: bad, before, after })
    if (bad === undefined && breaking.length > 0)
      found.push({ kind: 'breaking, but never refused', rules, before, after })
  }
  return { found, refused }
}

type Validator = (value: unknown) => boolean

function firstRefused(schema: Any, old: Validator, now: Validator, limit: number, seed: number): unknown {
  const instances = instanceOf(schema)
  for (let drawn = 0; drawn < limit; drawn += 20)
    for (const instance of fc.sample(instances, { seed: seed + drawn, numRuns: 20 }))
      if (old(instance) && !now(instance)) return instance
  return undefined
}

// Our rules treat `oneOf` as alternatives. Strictly it refuses values that match two of them.
function withAnyOf(schema: Any): Any {
  return JSON.parse(JSON.stringify(schema).replaceAll('"oneOf":', '"anyOf":'))
}

// Shared, as a new instance compiles the meta-schema first, which takes ten times as long as one of these schemas.
const ajv = new Ajv2020({ strict: false, code: { optimize: false } })
formats.default(ajv)
// Servers parse the JSON in a string, so the validator does.
ajv.removeKeyword('contentSchema')
ajv.addKeyword({
  keyword: 'contentSchema',
  type: 'string',
  compile: (content: Any) => {
    const validContent = validator(content)
    return (text: string) => {
      try {
        return validContent(JSON.parse(text))
      } catch {
        return false
      }
    }
  },
})

function validator(schema: Any): Validator {
  return ajv.compile(schema) as Validator
}
