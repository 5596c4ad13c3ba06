import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { wireDisagreements } from './support/ajv-judge.ts'
import { schemaPair } from './support/random-schema.ts'

// A server that validates by the new schema is the best judge of what breaks an app that sends what the old one allowed.
test('a change breaks the wire if and only if a validator refuses requests that were valid', () => {
  const pairs = fc.sample(schemaPair, { seed: 20261122, numRuns: 120 })
  const { found, refused } = wireDisagreements(pairs, 7)
  assert.equal(found, [])
  assert.ok(refused > pairs.length / 5 && refused < (pairs.length * 4) / 5, `${refused} of ${pairs.length}`)
})

test.run()
