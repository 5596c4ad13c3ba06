import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readDocumentation } from '../../codegen/docs/read.ts'
import { checkEncryption } from '../../codegen/spec/check-encryption.ts'
import { compile } from '../../codegen/spec/compile.ts'
import { correct } from '../../codegen/spec/correct.ts'
import { plainFields } from '../../codegen/spec/plain-fields.ts'

// Only with the real pages: DOCS names their folder.
const docs = process.env['DOCS']

if (docs === undefined)
  test('the fields that are plain are checked where DOCS names the real pages', () => {})
else
  test('each field that is listed as plain would be an error, and no other is', async () => {
    const documentation = await readDocumentation(docs)
    const { documents } = compile(documentation)
    await correct(documents, false)
    assert.equal(checkEncryption(documentation, documents), [])
    // As each of them settles one finding, none is superfluous.
    assert.is(checkEncryption(documentation, documents, new Map()).length, plainFields.size)
  })

test.run()
