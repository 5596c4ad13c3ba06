import { ownProperties } from '../own.ts'
import { asciiLine } from '../signature/ascii-line.ts'
import { queryOf, token } from './business-view.ts'

/** A transfer that waits for its user to confirm it. */
export interface MerchantTransfer {
  /** The merchant that made the transfer. */
  mchid: string
  /** The `appid` that the transfer was made with. */
  appid: string
  /** Of the answer, while its `state` is `WAIT_USER_CONFIRM`. */
  package_info: string
  /** For partners. */
  sub_mchid?: string | undefined
  /** For partners, when the transfer was made with it. */
  sub_appid?: string | undefined
}

/** The argument of `wx.requestMerchantTransfer`, and of `WeixinJSBridge.invoke('requestMerchantTransfer', …)`. */
export interface MerchantTransferParameters {
  mchId: string
  appId: string
  package: string
  subMchId?: string
  subAppId?: string
}

/** What opens the page where a user confirms a transfer. */
export interface MerchantTransferForms {
  /** For JSAPI and mini programs. */
  jsapi: MerchantTransferParameters
  /** The properties of `WXOpenBusinessView.Req` (Android) or `WXOpenBusinessViewReq` (iOS). */
  app: { businessType: 'requestMerchantTransfer'; query: string }
}

/**
 * What opens the page where a user confirms a transfer. It needs no signature.
 *
 * ```ts
 * const { data } = await client.POST('/v3/fund-app/mch-transfer/transfer-bills', { body })
 * if (data?.package_info) reply(requestMerchantTransfer({ mchid, appid, package_info: data.package_info }).jsapi)
 * ```
 *
 * @throws {RequestError} for a value that is empty or not one line of ASCII
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012719576
 * @see https://pay.weixin.qq.com/doc/v3/partner/4016960577
 */
export function requestMerchantTransfer(transfer: MerchantTransfer): MerchantTransferForms {
  const { mchid, appid, package_info, sub_mchid, sub_appid } = ownProperties(transfer)
  const hint = 'Give it as the transfer was made with it'
  const jsapi: MerchantTransferParameters = {
    mchId: asciiLine('mchid', mchid, hint),
    appId: asciiLine('appid', appid, hint),
    package: token('package_info', package_info, 'The answer has it while its state is WAIT_USER_CONFIRM'),
    ...(sub_mchid !== undefined && { subMchId: asciiLine('sub_mchid', sub_mchid, hint) }),
    ...(sub_appid !== undefined && { subAppId: asciiLine('sub_appid', sub_appid, hint) }),
  }
  return { jsapi, app: { businessType: 'requestMerchantTransfer', query: queryOf(jsapi) } }
}
