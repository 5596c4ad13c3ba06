import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readDocumentation } from '../../codegen/docs/read.ts'
import { compile } from '../../codegen/spec/compile.ts'
import { toYaml } from '../../codegen/spec/yaml.ts'

const docs = process.env['DOCS'] ?? fileURLToPath(new URL('../../examples/docs', import.meta.url))

test('the order in which pages are read does not change a byte', async () => {
  const documentation = await readDocumentation(docs)
  const yaml = (pages: typeof documentation.pages) =>
    [...compile({ ...documentation, pages }).documents].map(([name, document]) => [name, toYaml(document)])
  const forwards = yaml(documentation.pages)
  assert.ok(forwards.length > 0)
  assert.equal(yaml([...documentation.pages].reverse()), forwards)
})

test.run()
