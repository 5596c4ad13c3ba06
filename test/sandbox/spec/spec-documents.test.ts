import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { specDocuments } from '../../../sandbox/index.ts'

test('the documents of the package can be asked for by name', async () => {
  const { certificates, smartguide } = (await specDocuments(['smartguide', 'certificates'])) as Record<
    string,
    { paths: object }
  >
  assert.equal(Object.keys(certificates!.paths), ['/v3/certificates'])
  assert.ok('/v3/smartguide/guides/{guide_id}/assign' in smartguide!.paths)
})

test('a name that there is not is an error that tells the names', async () => {
  for (const name of ['smartguides', '__proto__', '../package']) {
    try {
      await specDocuments([name])
      assert.unreachable(name)
    } catch (error) {
      assert.instance(error, RangeError)
      assert.match((error as Error).message, /there are .*pay, /)
    }
  }
})

test.run()
