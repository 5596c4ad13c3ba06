import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { disagreements } from './support/agreement.ts'
import { schemaPair } from './support/random-schema.ts'

// The compiler knows best what breaks an app that upgrades: old request to new request, new response to old response,
// and an app that writes or reads all that the old type names.
test('what is breaking to types is what the compiler refuses', () => {
  const pairs = fc.sample(schemaPair, { seed: 20261122, numRuns: 300 })
  const { found, breaking, total } = disagreements(pairs)
  assert.equal(found, [])
  // A judge that never has to decide is none.
  assert.ok(breaking > total / 5 && breaking < (total * 4) / 5, `${breaking} of ${total} are breaking`)
})

test.run()
