/** The hosts of WeChat Pay. No request goes to another, unless the app itself names it. */
export const hosts: readonly string[] = [
  'api.mch.weixin.qq.com',
  'api2.mch.weixin.qq.com',
  'apihk.mch.weixin.qq.com',
  'apius.mch.weixin.qq.com',
  'apieu.mch.weixin.qq.com',
  'pay.wechatpay.cn',
]

/** Whether a URL is at a host of WeChat Pay, over HTTPS and the default port, without credentials. */
export function isOwnHost({ protocol, host, username, password }: URL): boolean {
  return protocol === 'https:' && hosts.includes(host) && username === '' && password === ''
}

/** The same for signed downloads, which only the API's hosts serve. */
export function isApiHost(url: URL): boolean {
  return isOwnHost(url) && url.host.endsWith('.mch.weixin.qq.com')
}

/** Whether a URL stays on this machine, where plain HTTP is safe. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}
