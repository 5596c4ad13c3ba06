import { verify } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { paySigner } from '../../../src/index.ts'
import { rsaPair } from '../../support/keys.ts'
import { thrownBy } from '../../support/thrown.ts'

const { privateKey, publicKey } = rsaPair()
const signer = paySigner({ privateKey, clock: () => 1_554_208_460_999 })
const prepay_id = 'wx201410272009395522657a690389285100'

function fits(lines: string[], signature: string): boolean {
  const message = Buffer.from(lines.map((line) => `${line}\n`).join(''))
  return verify('sha256', message, publicKey, Buffer.from(signature, 'base64'))
}

test('JSAPI and mini program: what is signed is what is shown', async () => {
  const { paySign, ...rest } = await signer.jsapi({ appid: 'wxd678efh567hg6787', prepay_id })
  const { appId, timeStamp, nonceStr, package: packaged, signType } = rest
  assert.equal(Object.keys(rest), ['appId', 'timeStamp', 'nonceStr', 'package', 'signType'])
  assert.equal(
    [appId, timeStamp, packaged, signType],
    ['wxd678efh567hg6787', '1554208460', `prepay_id=${prepay_id}`, 'RSA'],
  )
  assert.ok(fits([appId, timeStamp, nonceStr, packaged], paySign))
})

test('app: the bare prepay_id is signed, and the package is a constant', async () => {
  const order = { appid: 'wxd678efh567hg6787', partnerid: '1900007291', prepay_id }
  const { sign, ...rest } = await signer.app(order)
  const { noncestr, ...shown } = rest
  assert.equal(shown, {
    appid: order.appid,
    partnerid: order.partnerid,
    prepayid: prepay_id,
    package: 'Sign=WXPay',
    timestamp: '1554208460',
  })
  assert.ok(fits([order.appid, shown.timestamp, noncestr, prepay_id], sign))
})

test('two payments have two nonces', async () => {
  const nonces = await Promise.all(
    Array.from({ length: 50 }, async () => (await signer.jsapi({ appid: 'wx1', prepay_id })).nonceStr),
  )
  assert.is(new Set(nonces).size, 50)
})

test('a value that would sign as two lines, or as nothing, is refused', async () => {
  for (const bad of ['', 'wx1\nwx2', 'wx 1', undefined, 7]) {
    const order = { appid: bad as string, prepay_id }
    assert.is((await thrownBy(() => signer.jsapi(order))).code, 'ERR_REQUEST')
    assert.is(
      (await thrownBy(() => signer.app({ appid: 'wx1', partnerid: '1', prepay_id: bad as string }))).code,
      'ERR_REQUEST',
    )
  }
})

test.run()
