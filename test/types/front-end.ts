import {
  type BusinessView,
  businessSigner,
  businessView,
  requestMerchantTransfer,
} from '../../src/front-end/index.ts'
import { paySigner } from '../../src/index.ts'

/** What compiles, and what must not. */
export async function signed(apiV2Key: string, coupon_code: string | undefined): Promise<string[]> {
  const signer = businessSigner({ mchid: '1900000109', apiV2Key })
  // @ts-expect-error the APIv3 key signs nothing
  businessSigner({ mchid: '1900000109', apiV3Key: apiV2Key })
  // @ts-expect-error a number loses digits
  businessSigner({ mchid: 1900000109, apiV2Key })

  const { miniProgram, jsapi, app } = await signer.wxpayScoreUse('AAQTtwkAAAABAAAAAAB2d3Q0XyKk6Wj3')
  const use: 'wxpayScoreUse' = miniProgram.businessType
  const timestamp: string = miniProgram.extraData.timestamp
  const type: 'HMAC-SHA256' = miniProgram.extraData.sign_type
  // @ts-expect-error the page of an order has it
  miniProgram.extraData.out_order_no
  // @ts-expect-error the token alone, no service id beside it
  await signer.wxpayScoreUse({ service_id: '88888888000011', package: '' })
  // @ts-expect-error misspelt
  await signer.wxpayScoreDetail({ service_id: '1', out_trade_no: '2' })

  const coupon = { stock_id: '1', out_request_no: '2', coupon_code }
  const { send_coupon_params } = await signer.couponParams([coupon])
  // @ts-expect-error misspelt
  await signer.couponParams([{ ...coupon, cupon_code: '1' }])
  // @ts-expect-error a link is for one user
  await signer.couponLink(coupon)
  const link: string = await signer.couponLink({ ...coupon, open_id: 'o' })

  await signer.sign({ appId: 'wx1', timeStamp: timestamp, attach: undefined }, 'MD5')
  // @ts-expect-error a timestamp is a string
  await signer.sign({ timeStamp: 1_554_208_460 })
  // @ts-expect-error misspelt
  await signer.sign({ appId: 'wx1' }, 'md5')
  return [use, type, jsapi.queryString, app.query, link, ...send_coupon_params.flatMap(Object.values)]
}

export function unsigned(apply_permissions_token: string): unknown[] {
  const enable = businessView('wxpayScoreEnable', { apply_permissions_token, scene: 'ORDER' })
  const named: BusinessView<'wxpayScorePlan', { package: string }> = businessView('wxpayScorePlan', {
    package: apply_permissions_token,
  })
  // @ts-expect-error the field of another page
  businessView('wxpayScorePlan', { apply_permissions_token })
  // @ts-expect-error this page needs a signature
  businessView('wxpayScoreDetail', { package: apply_permissions_token })

  const transfer = { mchid: '1', appid: 'wx1', package_info: apply_permissions_token }
  const { jsapi, app } = requestMerchantTransfer(transfer)
  const type: 'requestMerchantTransfer' = app.businessType
  // @ts-expect-error the answer has it only while the transfer waits
  requestMerchantTransfer({ ...transfer, package_info: undefined })
  return [enable.app.extInfo, named, jsapi.mchId, type]
}

export async function instalments(chosen: 3 | 6 | 12 | undefined): Promise<string[]> {
  const pay = paySigner({ privateKey: '' })
  const order = { appid: 'wx1', prepay_id: 'wx2' }
  const jsapi = await pay.jsapi({ ...order, installments: chosen })
  const app = await pay.app({ ...order, partnerid: '1', installments: 3 })
  // @ts-expect-error there are 3, 6 and 12
  await pay.jsapi({ ...order, installments: 24 })
  return [jsapi.package, app.package]
}
