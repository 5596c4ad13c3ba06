import type { Account } from './accounts.ts'

/** The scheme of a merchant's Authorization, and the type of the signature on what WeChat Pay sends to it. */
export const merchantScheme = 'WECHATPAY2-SHA256-RSA2048'

/** The same for brands. */
const brandScheme = 'WECHATPAY-BRAND-SHA256-RSA2048'

/** What the paths of brands begin with. `/v3/brand/…` is for merchants. */
const brandPaths = '/brand/'

/** Whether a request target is a brand's. */
export function isBrandTarget(target: string): boolean {
  return target.startsWith(brandPaths)
}

/**
 * The scheme that WeChat Pay takes at a request target, and signs the response with: neither a merchant nor a brand can
 * call the other's paths.
 */
export function schemeAt(target: string): string {
  return isBrandTarget(target) ? brandScheme : merchantScheme
}

/** The scheme of an account, with which its notifications are signed. */
export function schemeOf(account: Account): string {
  return 'mchid' in account ? merchantScheme : brandScheme
}
