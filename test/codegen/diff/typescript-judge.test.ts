import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { disagreements } from './support/agreement.ts'
import { schemaPair } from './support/random-schema.ts'

// The compiler is the best judge of what breaks an app that upgrades: old request assigned to new request, new response
// to old response, and an app that writes or reads every property that the old type names.
test('a change breaks the types if and only if the compiler reports an error', () => {
  const pairs = fc.sample(schemaPair, { seed: 20261122, numRuns: 300 })
  const { found, breaking, total } = disagreements(pairs)
  assert.equal(found, [])
  // Guard against a sample in which all verdicts are the same.
  assert.ok(breaking > total / 5 && breaking < (total * 4) / 5, `${breaking} of ${total} are breaking`)
})

test.run()
