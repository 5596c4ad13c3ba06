import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { operationNames, traitsOf } from '../../support/table.ts'

/**
 * What may be sent twice, in full: whoever adds to it has to look whether the number is really the request's own.
 * `UPDATE=1` writes it anew.
 */
const golden = new URL('./idempotency.golden.txt', import.meta.url)

test('the operations that are repeated, and the number that makes it harmless', () => {
  const lines = [...operationNames].sort().flatMap((name) => {
    const { idempotencyKey } = traitsOf(name)
    return idempotencyKey ? [`${name} ${idempotencyKey}\n`] : []
  })
  if (process.env['UPDATE']) writeFileSync(golden, lines.join(''))
  assert.fixture(lines.join(''), readFileSync(golden, 'utf8'))
})

test.run()
