import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { businessView, requestMerchantTransfer } from '../../../src/front-end/index.ts'
import { thrownBy } from '../../support/thrown.ts'

const token = 'AARupJoAAAABAAAAAADSh9ra0Xzx'
const extInfo = '{"miniProgramType":0}'

test('authorising a service, as the official samples have it', () => {
  const fields = { apply_permissions_token: 'AAQTnZoAAAABAAAAAAA-82Zwq2wMeohrOrWEZiAAAABcwQVtru-5k9' }
  const query = `apply_permissions_token=${fields.apply_permissions_token}`
  assert.equal(businessView('wxpayScoreEnable', fields), {
    miniProgram: { businessType: 'wxpayScoreEnable', extraData: fields },
    jsapi: { businessType: 'wxpayScoreEnable', queryString: query },
    app: { businessType: 'wxpayScoreEnable', query, extInfo },
  })
  const withScene = businessView('wxpayScoreEnable', { ...fields, scene: 'ORDER' })
  assert.equal(withScene.miniProgram.extraData, { ...fields, scene: 'ORDER' })
  assert.is(withScene.app.query, `${query}&scene=ORDER`)
})

for (const businessType of ['wxpayScorePlan', 'wxpayScoreUse'] as const) {
  test(`${businessType}: the package alone`, () => {
    assert.equal(businessView(businessType, { package: token }), {
      miniProgram: { businessType, extraData: { package: token } },
      jsapi: { businessType, queryString: `package=${token}` },
      app: { businessType, query: `package=${token}`, extInfo },
    })
  })
}

test('a token that is not one, and a page that needs a signature, are refused', async () => {
  for (const value of ['88888888000011', `package=${token}`, `${token}&mch_id=1`]) {
    const error = await thrownBy(() => businessView('wxpayScorePlan', { package: value }))
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, 'package is not a token')
  }
  for (const fields of [{}, { package: token }, { apply_permissions_token: '' }]) {
    const error = await thrownBy(() => businessView('wxpayScoreEnable', fields as never))
    assert.match(error.message, 'apply_permissions_token must be one line of ASCII')
  }
  const scene = await thrownBy(() =>
    businessView('wxpayScoreEnable', { apply_permissions_token: token, scene: '' as 'ORDER' }),
  )
  assert.match(scene.message, 'scene must be one line of ASCII. Its only value is ORDER')
  for (const type of ['wxpayScoreDetail', 'requestMerchantTransfer', 'toString', undefined]) {
    const error = await thrownBy(() => businessView(type as never, { package: token } as never))
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, 'not one of those without a signature')
    assert.match(error.hint ?? '', 'wxpayScoreEnable, wxpayScorePlan, wxpayScoreUse; businessSigner makes')
  }
})

test('confirming a transfer: the names of the front end, and an escaped query for apps', () => {
  const transfer = {
    mchid: '1230000000',
    appid: 'wx8888888888888888',
    package_info: 'ABBQO+oYAAABAAAAAACZ/DkKx4GB4oIvtxhaBA==',
  }
  const { jsapi, app } = requestMerchantTransfer(transfer)
  assert.equal(jsapi, {
    mchId: '1230000000',
    appId: 'wx8888888888888888',
    package: 'ABBQO+oYAAABAAAAAACZ/DkKx4GB4oIvtxhaBA==',
  })
  assert.equal(app, {
    businessType: 'requestMerchantTransfer',
    query:
      'mchId=1230000000&appId=wx8888888888888888&package=ABBQO%2BoYAAABAAAAAACZ%2FDkKx4GB4oIvtxhaBA%3D%3D',
  })
})

test("confirming a transfer of a partner's merchant", () => {
  const { jsapi, app } = requestMerchantTransfer({
    mchid: '1230000000',
    sub_mchid: '1230000001',
    appid: 'wx8888888888888888',
    sub_appid: 'wx8888888888888889',
    package_info: 'affffddafdfafddffda==',
  })
  const { subMchId, subAppId, package: packaged } = jsapi
  assert.equal([subMchId, subAppId, packaged], ['1230000001', 'wx8888888888888889', 'affffddafdfafddffda=='])
  assert.equal(Object.fromEntries(new URLSearchParams(app.query)), jsapi as unknown as Record<string, string>)
})

test('a transfer without package_info, which is no longer to be confirmed, is refused', async () => {
  const transfer = { mchid: '1230000000', appid: 'wx8888888888888888', package_info: token }
  for (const value of [undefined, '', null]) {
    const error = await thrownBy(() =>
      requestMerchantTransfer({ ...transfer, package_info: value as unknown as string }),
    )
    assert.is(error.code, 'ERR_REQUEST')
    assert.match(error.message, 'package_info must be one line of ASCII')
    assert.match(error.hint ?? '', 'WAIT_USER_CONFIRM')
  }
  for (const name of ['mchid', 'appid', 'sub_mchid', 'sub_appid']) {
    const error = await thrownBy(() => requestMerchantTransfer({ ...transfer, [name]: 7 }))
    assert.match(error.message, `${name} must be one line of ASCII`)
    assert.match(error.hint ?? '', 'as the transfer was made with it')
  }
})

test('a polluted prototype adds no field', () => {
  const transfer = { mchid: '1230000000', appid: 'wx8888888888888888', package_info: token }
  const prototype = Object.prototype as Record<string, unknown>
  Object.assign(prototype, { sub_mchid: '1', sub_appid: '2', scene: 'ORDER' })
  try {
    const { jsapi } = requestMerchantTransfer(transfer)
    assert.equal(Object.keys(jsapi), ['mchId', 'appId', 'package'])
    const { app } = businessView('wxpayScoreEnable', { apply_permissions_token: token })
    assert.is(app.query, `apply_permissions_token=${token}`)
  } finally {
    for (const name of ['sub_mchid', 'sub_appid', 'scene']) delete prototype[name]
  }
})

test.run()
