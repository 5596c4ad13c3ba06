/**
 * The hosts of WeChat Pay that an operation may be at, each with the reason. A page that names any other is refused, and
 * so is a request to it, because a signed request shows what a merchant orders and its response is believed.
 */
export const hosts: Readonly<Record<string, string>> = {
  'api.mch.weixin.qq.com': 'the default: https://pay.weixin.qq.com/doc/v3/merchant/4012081606',
  'api2.mch.weixin.qq.com': 'its backup: https://pay.weixin.qq.com/doc/v3/merchant/4012075420',
  'apihk.mch.weixin.qq.com': 'overseas, in Asia; the pages of the global operations name it',
  'apius.mch.weixin.qq.com': 'overseas, in America; returned in the URL of a download',
  'apieu.mch.weixin.qq.com': 'overseas, in Europe; returned in the URL of a download',
  'pay.wechatpay.cn': 'files of electronic invoices, which are fetched without a signature',
}
