import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments } from '../../../sandbox/index.ts'

test('documents can be read by name', async () => {
  const { certificates, smartguide } = (await specDocuments(['smartguide', 'certificates'])) as Record<
    string,
    { paths: object }
  >
  assert.equal(Object.keys(certificates!.paths), ['/v3/certificates'])
  assert.ok('/v3/smartguide/guides/{guide_id}/assign' in smartguide!.paths)
})

test('each caller gets its own copy', async () => {
  const first = await specDocuments(['certificates'])
  Object.assign(first.certificates, { paths: {} })
  assert.not.equal(await specDocuments(['certificates']), first)
})

test('the error for an unknown name lists the known names', async () => {
  for (const name of ['smartguides', '__proto__', '../package']) {
    try {
      await specDocuments([name])
      assert.unreachable(name)
    } catch (error) {
      assert.instance(error, RangeError)
      assert.match((error as Error).message, /use .*pay, /)
    }
  }
})

test.run()
