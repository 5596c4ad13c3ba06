import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startForMerchant } from '../merchant-sandbox.ts'

const { sandbox, hand } = await startForMerchant()
test.after(() => sandbox.close())

test('a query parameter that is missing, repeated or of the wrong type is refused', async () => {
  const refused = (query: string, field: string) =>
    hand.refused({ target: `/v3/smartguide/guides${query}` }, 400, 'PARAM_ERROR', field)
  await refused('', 'store_id')
  await refused('?store_id=abc', 'store_id')
  await refused('?store_id=1&store_id=2', 'store_id')
  await refused('?store_id=1&limit=11', 'limit')
  await refused('?store_id=1&note=%F0%9F%98%80', 'note')
  assert.is((await hand.send({ target: '/v3/smartguide/guides?store_id=1&limit=10' })).status, 200)
})

test.run()
