import { utf8 } from '../bytes.ts'
import { type Clock, seconds, systemClock } from '../clock.ts'
import { RequestError } from '../errors.ts'
import type { BrowserOption } from '../keys/refuse-browser.ts'
import { type PrivateKey, signer } from '../keys/signer.ts'
import { ownProperties } from '../own.ts'
import { asciiLine } from './ascii-line.ts'
import { randomNonce } from './nonce.ts'

/** Options of {@link paySigner}. */
export interface PaySignerOptions extends BrowserOption {
  /** The merchant's private key, as for the client. */
  privateKey: PrivateKey
  /** Returns milliseconds since 1970. Default: the system's clock. */
  clock?: Clock | undefined
  /** Returns a new nonce for each payment. Default: 32 random characters. */
  nonce?: (() => string) | undefined
}

/** How many instalments a user may choose for 微信分付. */
export type Installments = 3 | 6 | 12

/** The argument of `WeixinJSBridge.invoke('getBrandWCPayRequest', …)`; `wx.requestPayment` takes all but `appId`. */
export interface JsapiParameters {
  appId: string
  /** Unix seconds, as text. */
  timeStamp: string
  nonceStr: string
  package: string
  signType: 'RSA'
  paySign: string
}

/** What an app passes to the WeChat SDK (`PayReq`). */
export interface AppParameters {
  appid: string
  partnerid: string
  prepayid: string
  /** `Sign=WXPay`, then the instalments if the user chose some. It is not signed. */
  package: 'Sign=WXPay' | `Sign=WXPay&subsidy_period_type=PERIOD&selected_installment_number=${Installments}`
  noncestr: string
  /** Unix seconds, as text. */
  timestamp: string
  sign: string
}

/** Signs what a front end needs to open the payment. H5 and Native payments need no signature. */
export interface PaySigner {
  /**
   * For JSAPI and mini programs.
   * @param order the `appid` that the order was created with, its `prepay_id`, and the instalments of 微信分付 if the
   *   user chose some
   * @throws {RequestError} for a value that is empty or not one line of ASCII
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365341
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4016196709
   */
  jsapi(order: {
    appid: string
    prepay_id: string
    installments?: Installments | undefined
  }): Promise<JsapiParameters>
  /**
   * For apps.
   * @param order the `appid` that the order was created with, the receiving merchant's number, its `prepay_id`, and the
   *   instalments of 微信分付 if the user chose some
   * @throws {RequestError} for a value that is empty or not one line of ASCII
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365340
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4016196709
   */
  app(order: {
    appid: string
    partnerid: string
    prepay_id: string
    installments?: Installments | undefined
  }): Promise<AppParameters>
}

/**
 * Signs the parameters with which a front end opens a payment.
 *
 * ```ts
 * const { jsapi } = paySigner({ privateKey })
 * const { data } = await client.POST('/v3/pay/transactions/jsapi', { body })
 * if (data) reply(await jsapi({ appid, prepay_id: data.prepay_id }))
 * ```
 *
 * @throws {KeyError} for a key that is certainly wrong
 */
export function paySigner(options: PaySignerOptions): PaySigner {
  const own = ownProperties(options)
  const { privateKey, clock = systemClock, nonce = randomNonce } = own
  const { sign } = signer(privateKey, own)
  const stamp = () => ({ timestamp: String(seconds(clock)), nonceStr: nonce() })
  return {
    async jsapi(order) {
      const { appid, prepay_id, installments } = ownProperties(order)
      const { timestamp, nonceStr } = stamp()
      const packaged = `prepay_id=${line('prepay_id', prepay_id)}${chosen(installments)}`
      const paySign = await sign(message([line('appid', appid), timestamp, nonceStr, packaged]))
      return { appId: appid, timeStamp: timestamp, nonceStr, package: packaged, signType: 'RSA', paySign }
    },
    async app(order) {
      const { appid, partnerid, prepay_id, installments } = ownProperties(order)
      const { timestamp, nonceStr } = stamp()
      const prepayid = line('prepay_id', prepay_id)
      line('partnerid', partnerid)
      const signature = await sign(message([line('appid', appid), timestamp, nonceStr, prepayid]))
      return {
        appid,
        partnerid,
        prepayid,
        package: `Sign=WXPay${chosen(installments)}`,
        noncestr: nonceStr,
        timestamp,
        sign: signature,
      }
    },
  }
}

/** What a package has behind it when the user chose instalments. */
function chosen(installments: Installments | undefined) {
  if (installments === undefined) return ''
  if ([3, 6, 12].includes(installments))
    return `&subsidy_period_type=PERIOD&selected_installment_number=${installments}` as const
  throw new RequestError('ERR_REQUEST', 'installments must be 3, 6 or 12', {
    hint: 'Leave it out when the user pays at once',
  })
}

function message(lines: readonly string[]): Uint8Array {
  return utf8(lines.map((one) => `${one}\n`).join(''))
}

function line(name: string, value: unknown): string {
  return asciiLine(
    name,
    value,
    'Give prepay_id as the order returned it, and appid and partnerid as the merchant platform shows them',
  )
}
