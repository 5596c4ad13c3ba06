import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { startForMerchant } from '../merchant-sandbox.ts'

const { sandbox, hand } = await startForMerchant()
const post = { method: 'POST', target: '/v3/pay/transactions/jsapi' }
const valid = '{"description":"x","amount":{"total":1}}'
test.after(() => sandbox.close())

test('a body that is not JSON, does not match the schema or exceeds the gateway’s limits is refused', async () => {
  const refused = (body: string | Buffer, field: string) =>
    hand.refused({ ...post, body }, 400, 'PARAM_ERROR', field)
  await refused('', '')
  await refused('{', '')
  await refused('[]', '')
  await refused('{"amount":{"total":1}}', '/description')
  await refused('{"description":"x","amount":{}}', '/amount/total')
  await refused('{"description":"x","amount":{"total":"1"}}', '/amount/total')
  await refused('{"description":"x","amount":{"total":1},"attach":null}', '/attach')
  await refused('{"description":"x","amount":{"total":1},"more":[{"deep":null}]}', '/more/0/deep')
  await refused('{"description":"😀","amount":{"total":1}}', '/description')
  await refused('{"description":"\\ud83d\\ude00","amount":{"total":1}}', '/description')
  await refused(Buffer.from([0x7b, 0xff, 0x7d]), '')
  assert.is((await hand.send({ ...post, body: valid })).status, 200)
})

test('a body must be sent as application/json', async () => {
  const headers = { 'Content-Type': 'text/plain' }
  await hand.refused({ ...post, body: valid, headers }, 400, 'PARAM_ERROR', 'Content-Type')
})

test.run()
