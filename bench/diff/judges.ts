import fc from 'fast-check'
import { disagreements } from '../../test/codegen/diff/support/agreement.ts'
import { wireDisagreements } from '../../test/codegen/diff/support/ajv-judge.ts'
import { schemaPair } from '../../test/codegen/diff/support/random-schema.ts'

/**
 * Compares our verdicts with those of the TypeScript compiler and of ajv, on random schemas with random edits.
 * `PAIRS=5000 WIRE_PAIRS=1000 SEED=1 node --import tsx bench/diff/judges.ts`
 */
const pairs = Number(process.env['PAIRS'] ?? 5000)
const wirePairs = Number(process.env['WIRE_PAIRS'] ?? 1000)
const seed = Number(process.env['SEED'] ?? 1)
const size = 500

function print(found: readonly { rules: string[] }[]): void {
  const classes = new Map<string, number>()
  for (const { rules, ...more } of found) {
    const name = [...new Set(rules)].sort().join(', ')
    classes.set(name, (classes.get(name) ?? 0) + 1)
    if (process.env['VERBOSE']) console.log(JSON.stringify({ rules, ...more }))
  }
  for (const [name, count] of classes) console.log(`  ${count} × ${name}`)
}

const types = { found: [] as ReturnType<typeof disagreements>['found'], breaking: 0, total: 0, written: 0 }
for (let done = 0; done < pairs; done += size) {
  const one = disagreements(
    fc.sample(schemaPair, { seed: seed * 1000 + done, numRuns: Math.min(size, pairs - done) }),
  )
  types.found.push(...one.found)
  types.breaking += one.breaking
  types.total += one.total
  types.written += one.written
}
console.log(
  `TypeScript: ${pairs} pairs in both directions, ${types.total} verdicts, ${types.breaking} breaking (${types.written} only by what an app writes or reads), ${types.found.length} disagreements`,
)
print(types.found)

const wire = wireDisagreements(fc.sample(schemaPair, { seed, numRuns: wirePairs }), seed)
console.log(`ajv: ${wirePairs} pairs, ${wire.refused} refused, ${wire.found.length} disagreements`)
print(wire.found)
