import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { compare } from '../../../../codegen/diff/compare.ts'
import { instanceOf } from './random-instance.ts'
import type { SchemaPair } from './random-schema.ts'
import { type Any, requesting } from './spec.ts'

/** Where our verdict on the wire and ajv's differ, for what is sent. */
export interface WireDisagreement {
  kind: 'refused, but not breaking' | 'breaking, but never refused'
  /** The rules that say breaking; of what is refused, all. */
  rules: string[]
  instance?: unknown
  before: unknown
  after: unknown
}

/** How many instances are drawn before nothing is taken to be refused. */
const draws = { expected: 800, unexpected: 60 }

/**
 * What JSON Schema has no word for: encryption; and a text that is told to hold JSON may have held it all along, so
 * that the change is a warning.
 */
const unseen = /-(became-(not-)?encrypted|encryption-changed|content-schema-added)$/

/** Judges what a server that validates by the new schema does to what the old schema allows. */
export function wireDisagreements(
  pairs: readonly SchemaPair[],
  seed: number,
): { found: WireDisagreement[]; refused: number } {
  const found: WireDisagreement[] = []
  let refused = 0
  for (const { before, after } of pairs) {
    const [old, now] = [validator(anyForm(before)), validator(anyForm(after))]
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

// Forms are alternatives. To the letter `oneOf` refuses what two forms allow, so that another form could break the first.
function anyForm(schema: Any): Any {
  return JSON.parse(JSON.stringify(schema).replaceAll('"oneOf":', '"anyOf":'))
}

// One for all: a new one compiles the meta-schema first, which takes ten times as long as a schema of these.
const ajv = new Ajv2020({ strict: false, code: { optimize: false } })
formats.default(ajv)
// Servers read what a text holds, so the judge does.
ajv.removeKeyword('contentSchema')
ajv.addKeyword({
  keyword: 'contentSchema',
  type: 'string',
  compile: (content: Any) => {
    const held = validator(content)
    return (text: string) => {
      try {
        return held(JSON.parse(text))
      } catch {
        return false
      }
    }
  },
})

function validator(schema: Any): Validator {
  return ajv.compile(schema) as Validator
}
