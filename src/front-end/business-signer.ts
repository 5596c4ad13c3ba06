import { type Clock, seconds, systemClock } from '../clock.ts'
import { ConfigError, RequestError } from '../errors.ts'
import { ownProperties } from '../own.ts'
import { asciiLine } from '../signature/ascii-line.ts'
import { randomNonce } from '../signature/nonce.ts'
import { type ApiV2Sign, apiV2Sign } from './api-v2-sign.ts'
import { type BusinessView, notServiceId, queryOf, token, viewOf } from './business-view.ts'

/** Options of {@link businessSigner}. */
export interface BusinessSignerOptions {
  /** Merchant number: of the merchant, or of the partner when it created the order. */
  mchid: string
  /** The APIv2 key of the same merchant, 32 characters. It is not the APIv3 key. */
  apiV2Key: string
  /** Returns milliseconds since 1970. Default: the system's clock. */
  clock?: Clock | undefined
  /** Returns a new nonce for each signature. Default: 32 random characters. */
  nonce?: (() => string) | undefined
}

interface Stamp {
  /** Unix seconds, as text. */
  timestamp: string
  nonce_str: string
  sign_type: 'HMAC-SHA256'
  sign: string
}

/** What opens the page where a user confirms a pay score order. */
export interface ScoreUseFields extends Stamp {
  mch_id: string
  package: string
}

/** What opens the page of a pay score order. */
export interface ScoreDetailFields extends Stamp {
  mch_id: string
  service_id: string
  out_order_no: string
}

/** A coupon for the coupon plug-in of mini programs. */
export interface Coupon {
  stock_id: string
  /** The merchant's own number of this hand-out. */
  out_request_no: string
  /** The merchant that made the stock; for cash coupons. */
  create_coupon_merchant?: string | undefined
  /** When the stock's mode is that the merchant names the code. */
  coupon_code?: string | undefined
  /** RFC 3339. */
  customize_send_time?: string | undefined
}

/** The attributes of `<send-coupon>`, the coupon plug-in. */
export interface CouponParameters {
  send_coupon_params: Record<string, string>[]
  send_coupon_merchant: string
  sign: string
}

/** A coupon for {@link BusinessSigner.couponLink}. */
export interface LinkedCoupon {
  stock_id: string
  /** The merchant's own number of this hand-out. */
  out_request_no: string
  /** The user who gets it. */
  open_id: string
  /** When the stock's mode is that the merchant names the code. */
  coupon_code?: string | undefined
}

/** Signs what a front end passes to WeChat, with the APIv2 key. */
export interface BusinessSigner {
  /**
   * Opens the page where the user confirms a pay score order.
   * @param token `package` of the order's answer
   * @throws {RequestError} for a token that is not one, such as a service id
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012596371
   */
  wxpayScoreUse(token: string): Promise<BusinessView<'wxpayScoreUse', ScoreUseFields>>
  /**
   * Opens the page of a pay score order.
   * @throws {RequestError} for a value that is empty or not one line of ASCII
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012596433
   */
  wxpayScoreDetail(order: {
    service_id: string
    out_order_no: string
  }): Promise<BusinessView<'wxpayScoreDetail', ScoreDetailFields>>
  /**
   * The attributes of the coupon plug-in of mini programs.
   * @throws {RequestError} for no coupon, and for a value that is empty or not one line of ASCII
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012285674
   */
  couponParams(coupons: readonly Coupon[]): Promise<CouponParameters>
  /**
   * The address of the page where a user gets a coupon. Redirect to it.
   * @throws {RequestError} for a value that is empty or not one line of ASCII
   * @see https://pay.weixin.qq.com/doc/v3/merchant/4012285783
   */
  couponLink(coupon: LinkedCoupon): Promise<string>
  /**
   * Signs other fields: APIv2 orders, red packets, contracts. Pass to the front end what you signed, escaped once where
   * it is part of a URL.
   * @param fields those that are undefined or empty are left out, and so is `sign`
   * @param type default: HMAC-SHA256
   * @returns upper-case hexadecimal
   * @throws {RequestError} for a value that is not a string
   * @see https://pay.weixin.qq.com/doc/v2/merchant/4011985891
   */
  sign: ApiV2Sign
}

/**
 * Signs with the APIv2 key what a front end passes to WeChat. Keep it on the server, as whoever has the key can sign
 * as the merchant.
 *
 * ```ts
 * const { wxpayScoreUse } = businessSigner({ mchid, apiV2Key })
 * const { data } = await client.POST('/v3/payscore/serviceorder', { body })
 * if (data) reply((await wxpayScoreUse(data.package)).miniProgram)
 * ```
 *
 * @throws {ConfigError} for an option that is missing or malformed; the message does not quote the key
 */
export function businessSigner(options: BusinessSignerOptions): BusinessSigner {
  const { mchid, apiV2Key, clock = systemClock, nonce = randomNonce } = ownProperties(options)
  checkMerchant(mchid)
  const sign = apiV2Sign(apiV2Key)

  async function stamped<Fields extends Record<string, string>>(fields: Fields): Promise<Fields & Stamp> {
    const whole = {
      ...fields,
      timestamp: String(seconds(clock)),
      nonce_str: nonce(),
      sign_type: 'HMAC-SHA256' as const,
    }
    return { ...whole, sign: await sign(whole) }
  }

  return {
    async wxpayScoreUse(given) {
      const fields = { mch_id: mchid, package: token('package', given, notServiceId) }
      return viewOf('wxpayScoreUse', await stamped(fields))
    },
    async wxpayScoreDetail(order) {
      const { service_id, out_order_no } = lines(order, ['service_id', 'out_order_no'])
      return viewOf('wxpayScoreDetail', await stamped({ mch_id: mchid, service_id, out_order_no }))
    },
    async couponParams(coupons) {
      if (!Array.isArray(coupons) || coupons.length === 0)
        throw new RequestError('ERR_REQUEST', 'there is no coupon to hand out', {
          hint: 'Give a list of them',
        })
      const list = coupons.map((coupon: Coupon) => lines(coupon, ['stock_id', 'out_request_no']))
      const flat = list.flatMap((coupon, index) =>
        Object.entries(coupon).map(([name, value]) => [`${name}${index}`, value] as const),
      )
      const signed = await sign({ send_coupon_merchant: mchid, ...Object.fromEntries(flat) })
      return { send_coupon_params: list, send_coupon_merchant: mchid, sign: signed }
    },
    async couponLink(coupon) {
      const { stock_id, out_request_no, ...rest } = lines(coupon, ['stock_id', 'out_request_no', 'open_id'])
      const fields = { stock_id, out_request_no, send_coupon_merchant: mchid, ...rest }
      const query = queryOf({ ...fields, sign: await sign(fields) })
      return `https://action.weixin.qq.com/busifavor/getcouponinfo?${query}#wechat_pay&wechat_redirect`
    },
    sign,
  }
}

function checkMerchant(mchid: unknown): void {
  if (typeof mchid === 'string' && /^\d{1,32}$/.test(mchid)) return
  throw new ConfigError('ERR_CONFIG', 'mchid must be a string of digits', {
    hint: 'It is the merchant number, as a string',
  })
}

/** A copy of the fields that are given, with those that are required first: what is signed is what is passed on. */
function lines<Name extends string>(given: object, required: readonly Name[]): Record<Name, string> {
  const all = ownProperties(given) as Record<string, unknown>
  const optional = Object.keys(all).filter(
    (name) => !required.includes(name as Name) && all[name] !== undefined && all[name] !== '',
  )
  const entries = [...required, ...optional].map((name) => [name, line(name, all[name])])
  return Object.fromEntries(entries)
}

function line(name: string, value: unknown): string {
  return asciiLine(name, value, 'Give it as a string, as WeChat Pay returned it or as the order has it')
}
