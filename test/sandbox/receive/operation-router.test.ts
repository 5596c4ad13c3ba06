import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startForMerchant } from '../merchant-sandbox.ts'

const { sandbox, hand } = await startForMerchant()
test.after(() => sandbox.close())

test('a literal segment takes precedence over a path variable', async () => {
  const { body } = await hand.send({ target: '/v3/smartguide/guides/default' })
  assert.equal(body, { which: 'the default guide' })
  assert.ok('guide_id' in (await hand.send({ target: '/v3/smartguide/guides/other' })).body)
})

test('an unknown path is 404, an undocumented method 405', async () => {
  await hand.refused({ target: '/v3/nowhere' }, 404, 'RESOURCE_NOT_EXISTS')
  await hand.refused({ target: '/v3/smartguide/guides/a/b/c' }, 404, 'RESOURCE_NOT_EXISTS')
  await hand.refused({ target: '/v3/smartguide/guides/' }, 404, 'RESOURCE_NOT_EXISTS')
  await hand.refused({ method: 'POST', target: '/v3/smartguide/guides' }, 405, 'METHOD_NOT_ALLOWED')
})

test('a path variable must be percent-encoded UTF-8', async () => {
  await hand.refused({ target: '/v3/smartguide/guides/%E4' }, 400, 'PARAM_ERROR')
})

test('an unknown path is reported only to an authenticated caller', async () => {
  const headers = { Authorization: undefined }
  await hand.refused({ target: '/v3/nowhere', headers }, 401, 'SIGN_ERROR')
})

test.run()
