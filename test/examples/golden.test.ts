import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { plan } from '../../codegen/run/generate.ts'

// examples/spec and examples/generated are the golden files: small enough to read, and what `npm start` writes.
const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

const planned = await plan({ docs: `${examples}docs`, out: examples, runtime: '../../src/runtime.ts' })

test('the example pages have no finding', () => {
  assert.equal(planned.findings, [])
})

test('the example pages give what is committed, byte for byte', () => {
  for (const [file, text] of planned.files) assert.fixture(text, readFileSync(examples + file, 'utf8'), file)
})

test('nothing else is committed', () => {
  const committed = ['spec', 'generated'].flatMap((folder) =>
    readdirSync(examples + folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(examples.length)),
  )
  assert.equal(committed.sort(), [...planned.files.keys()].sort())
})

test('a second run gives the same bytes', async () => {
  const again = await plan({ docs: `${examples}docs`, out: examples, runtime: '../../src/runtime.ts' })
  assert.equal([...again.files], [...planned.files])
})

test.run()
