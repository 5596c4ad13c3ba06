import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { packDocuments, unpackDocuments } from '../../../sandbox/spec/packed-documents.ts'

test('documents survive packing, one by one and in order', () => {
  const name = fc.stringMatching(/^[a-z][a-z-]*$/)
  const document = fc.json().map((text) => ({ content: JSON.parse(text) }))
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, document), { selector: ([key]) => key }), (entries) => {
      const { names, read } = unpackDocuments(packDocuments(new Map(entries)))
      assert.equal(
        names,
        entries.map(([key]) => key),
      )
      for (const [key, value] of entries) assert.is(JSON.stringify(read(key)), JSON.stringify(value))
    }),
    // Brotli at its best quality takes a while.
    { numRuns: 20 },
  )
})

test.run()
