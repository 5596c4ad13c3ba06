import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { serial } from '../../support/platform-keys.ts'
import { platform, startForMerchant } from '../merchant-sandbox.ts'

const { sandbox, hand } = await startForMerchant()
test.after(() => sandbox.close())

test('Accept and User-Agent are required, and Wechatpay-Serial must be a WeChat Pay key', async () => {
  await hand.refused({ headers: { Accept: undefined } }, 400, 'PARAM_ERROR', 'Accept')
  await hand.refused({ headers: { Accept: 'text/html' } }, 400, 'PARAM_ERROR', 'Accept')
  await hand.refused({ headers: { 'User-Agent': undefined } }, 400, 'PARAM_ERROR', 'User-Agent')
  await hand.refused({ headers: { 'Wechatpay-Serial': serial } }, 400, 'PARAM_ERROR', 'Wechatpay-Serial')
  assert.is((await hand.send({ headers: { 'Wechatpay-Serial': platform.serial } })).status, 200)
})

test.run()
