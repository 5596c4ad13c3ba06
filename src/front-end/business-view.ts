import { RequestError } from '../errors.ts'
import { ownProperties } from '../own.ts'
import { asciiLine } from '../signature/ascii-line.ts'

/** What opens a page of WeChat Pay, for the three kinds of front ends. */
export interface BusinessView<Type extends string, Fields> {
  /** The argument of `wx.openBusinessView` in a mini program. */
  miniProgram: { businessType: Type; extraData: Fields }
  /** The argument of `wx.invoke('openBusinessView', …)` in a page within WeChat. */
  jsapi: { businessType: Type; queryString: string }
  /** The properties of `WXOpenBusinessView.Req` (Android) or `WXOpenBusinessViewReq` (iOS). */
  app: { businessType: Type; query: string; extInfo: '{"miniProgramType":0}' }
}

/** The fields of each page that needs no signature. */
export interface UnsignedFields {
  /** Authorises a pay score service: `apply_permissions_token` of the pre-authorisation, valid for an hour. */
  wxpayScoreEnable: {
    apply_permissions_token: string
    /** For partners whose service is authorised while paying. */
    scene?: 'ORDER'
  }
  /** Signs a pay score plan: `package` of the user's plan that was created, valid for two hours. */
  wxpayScorePlan: { package: string }
  /**
   * Confirms a pay score order: `package` of the order. Where the documentation of your product lists `mch_id` and
   * `sign`, use the signed form, `wxpayScoreUse` of `businessSigner`.
   */
  wxpayScoreUse: { package: string }
}

/** The field of each page that has its token. */
const tokens: Readonly<Record<keyof UnsignedFields, string>> = {
  wxpayScoreEnable: 'apply_permissions_token',
  wxpayScorePlan: 'package',
  wxpayScoreUse: 'package',
}

/**
 * What opens a pay score page that needs no signature, and so no key.
 *
 * ```ts
 * const { miniProgram, jsapi, app } = businessView('wxpayScoreEnable', { apply_permissions_token })
 * ```
 *
 * @throws {RequestError} for a token that is not one, and for a page that needs a signature
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012677913
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012855942
 */
export function businessView<Type extends keyof UnsignedFields>(
  businessType: Type,
  fields: UnsignedFields[Type],
): BusinessView<Type, UnsignedFields[Type]> {
  if (!Object.hasOwn(tokens, businessType)) {
    throw new RequestError('ERR_REQUEST', 'this businessType is not one of those without a signature', {
      hint: `They are ${Object.keys(tokens).join(', ')}; businessSigner makes the signed ones`,
    })
  }
  const name = tokens[businessType]
  const given: Record<string, unknown> = ownProperties(fields)
  const { scene } = given
  const checked = {
    [name]: token(name, given[name], notServiceId),
    ...(scene !== undefined && { scene: asciiLine('scene', scene, 'Its only value is ORDER') }),
  }
  return viewOf(businessType, checked as unknown as UnsignedFields[Type])
}

/** The three forms of a page. Each value is escaped once, and only where it is part of a query. */
export function viewOf<Type extends string, Fields extends object>(
  businessType: Type,
  fields: Fields,
): BusinessView<Type, Fields> {
  const query = queryOf(fields)
  return {
    miniProgram: { businessType, extraData: fields },
    jsapi: { businessType, queryString: query },
    app: { businessType, query, extInfo: '{"miniProgramType":0}' },
  }
}

/** `a=1&b=2`, in the order given. */
export function queryOf(fields: object): string {
  return Object.entries<string>({ ...fields })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}

/** What to do about a wrong `package`. Some samples of the documentation have the service id in its place. */
export const notServiceId = 'Give it as WeChat Pay returned it; it is not the service_id'

/**
 * Checks a token of an answer: neither a number, as a service id is, nor a piece of a query.
 *
 * @param hint what to do about a wrong one
 * @throws {RequestError} ERR_REQUEST
 */
export function token(name: string, value: unknown, hint: string): string {
  const line = asciiLine(name, value, hint)
  if (!/^\d+$|&|^\w+=[^=]/.test(line)) return line
  throw new RequestError('ERR_REQUEST', `${name} is not a token`, { hint })
}
