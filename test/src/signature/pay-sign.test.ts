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

for (const installments of [3, 6, 12] as const) {
  test(`${installments} instalments: signed for JSAPI, and beside the signature for apps`, async () => {
    const chosen = `subsidy_period_type=PERIOD&selected_installment_number=${installments}`
    const jsapi = await signer.jsapi({ appid: 'wx1', prepay_id, installments })
    assert.is(jsapi.package, `prepay_id=${prepay_id}&${chosen}`)
    assert.ok(fits(['wx1', jsapi.timeStamp, jsapi.nonceStr, jsapi.package], jsapi.paySign))
    const app = await signer.app({ appid: 'wx1', partnerid: '1900007291', prepay_id, installments })
    assert.is(app.package, `Sign=WXPay&${chosen}`)
    assert.is(app.prepayid, prepay_id)
    assert.ok(fits(['wx1', app.timestamp, app.noncestr, prepay_id], app.sign))
  })
}

test('another number of instalments is refused', async () => {
  for (const installments of [0, 1, 4, '3', null, Number.NaN] as never[]) {
    for (const act of [
      () => signer.jsapi({ appid: 'wx1', prepay_id, installments }),
      () => signer.app({ appid: 'wx1', partnerid: '1', prepay_id, installments }),
    ]) {
      const error = await thrownBy(act)
      assert.is(error.code, 'ERR_REQUEST')
      assert.match(error.message, 'installments must be 3, 6 or 12')
      assert.match(error.hint ?? '', 'Leave it out')
    }
  }
})

test('a polluted prototype chooses no instalments', async () => {
  const prototype = Object.prototype as Record<string, unknown>
  prototype['installments'] = 12
  try {
    assert.is((await signer.jsapi({ appid: 'wx1', prepay_id })).package, `prepay_id=${prepay_id}`)
    const app = await signer.app({ appid: 'wx1', partnerid: '1', prepay_id })
    assert.is(app.package, 'Sign=WXPay')
  } finally {
    delete prototype['installments']
  }
})

test('two payments have two nonces', async () => {
  const nonces = await Promise.all(
    Array.from({ length: 50 }, async () => (await signer.jsapi({ appid: 'wx1', prepay_id })).nonceStr),
  )
  assert.is(new Set(nonces).size, 50)
})

test('a value that would sign as two lines, or as nothing, is refused', async () => {
  const order = { appid: 'wx1', partnerid: '1', prepay_id }
  for (const bad of ['', 'wx1\nwx2', 'wx 1', undefined, 7]) {
    for (const name of ['appid', 'partnerid', 'prepay_id'] as const) {
      const wrong = { ...order, [name]: bad as string }
      const acts = [() => signer.app(wrong), ...(name === 'partnerid' ? [] : [() => signer.jsapi(wrong)])]
      for (const act of acts) {
        const error = await thrownBy(act)
        assert.is(error.code, 'ERR_REQUEST')
        assert.match(
          error.message,
          `${name} must be one line of ASCII. Give prepay_id as the order returned it`,
        )
      }
    }
  }
})

test.run()
