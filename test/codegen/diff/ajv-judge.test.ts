import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { wireDisagreements } from './support/ajv-judge.ts'
import { schemaPair } from './support/random-schema.ts'

// A server that validates by the new schema knows best what breaks a deployed app that sends what the old one allowed.
test('what is breaking on the wire is what a validator refuses', () => {
  const pairs = fc.sample(schemaPair, { seed: 20261122, numRuns: 120 })
  const { found, refused } = wireDisagreements(pairs, 7)
  assert.equal(found, [])
  assert.ok(refused > pairs.length / 5 && refused < (pairs.length * 4) / 5, `${refused} of ${pairs.length}`)
})

test.run()
