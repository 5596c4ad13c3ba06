import { RequestError } from '../errors.ts'

const hosts = new Set([
  'api.mch.weixin.qq.com',
  'api2.mch.weixin.qq.com',
  'apihk.mch.weixin.qq.com',
  'apius.mch.weixin.qq.com',
  'apieu.mch.weixin.qq.com',
])

/**
 * The URL of a download, once it is sure that it is WeChat Pay's: an Authorization is for nobody else.
 *
 * What is compared is the host as the platform reads it, whole: never how the text begins or ends. Without
 * credentials, and on HTTPS and its own port; or else the very origin that the client calls, which may be a sandbox.
 *
 * @param url as `download_url` was answered
 * @param baseUrl the client's own
 * @throws {RequestError} ERR_DOWNLOAD_HOST
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791868
 */
export function downloadUrl(url: unknown, baseUrl?: string): URL {
  const own = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).origin : undefined
  // Control characters, blanks, backslashes and look-alike dots are read in as many ways as there are parsers.
  if (typeof url !== 'string' || !/^[!-[\]-~]+$/.test(url) || !URL.canParse(url)) {
    throw new RequestError('ERR_DOWNLOAD_HOST', 'the URL to download from is not a plain absolute URL', {
      hint: 'Give download_url as it was answered',
    })
  }
  const parsed = new URL(url)
  const { protocol, host, username, password } = parsed
  const trusted = (protocol === 'https:' && hosts.has(host)) || (own !== 'null' && parsed.origin === own)
  if (!trusted || username !== '' || password !== '') {
    throw new RequestError('ERR_DOWNLOAD_HOST', `${parsed.origin} is not WeChat Pay’s, so nothing was sent`, {
      hint: 'A signed download goes to WeChat Pay’s API hosts over HTTPS alone, or to the client’s own baseUrl',
    })
  }
  parsed.hash = ''
  return parsed
}
