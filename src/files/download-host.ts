import { RequestError } from '../errors.ts'
import { isApiHost } from '../hosts.ts'

/**
 * Parses the URL of a download, and makes sure that it is WeChat Pay's, since nobody else may receive an Authorization.
 *
 * Compares the whole host as the URL parser reads it, never a prefix or suffix of the text. The URL must have HTTPS, the
 * default port and no credentials; or else be of the same origin as the client's `baseUrl`, which may be a sandbox.
 *
 * @param url `download_url` as WeChat Pay returned it
 * @param baseUrl the client's option
 * @throws {RequestError} ERR_DOWNLOAD_HOST
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791868
 */
export function downloadUrl(url: unknown, baseUrl?: string): URL {
  const own = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).origin : undefined
  // Parsers disagree about control characters, spaces, backslashes and look-alike dots, so these are refused.
  if (typeof url !== 'string' || !/^[!-[\]-~]+$/.test(url) || !URL.canParse(url)) {
    throw new RequestError(
      'ERR_DOWNLOAD_HOST',
      'the URL of a download must be an absolute URL of printable ASCII',
      {
        hint: 'Pass download_url as WeChat Pay returned it',
      },
    )
  }
  const parsed = new URL(url)
  const { username, password } = parsed
  const trusted = isApiHost(parsed) || (own !== 'null' && parsed.origin === own)
  if (!trusted || username !== '' || password !== '') {
    throw new RequestError(
      'ERR_DOWNLOAD_HOST',
      `${parsed.origin} is not a host of WeChat Pay, so nothing was sent`,
      {
        hint: "Signed downloads are sent to WeChat Pay's API hosts over HTTPS, or to the client's baseUrl",
      },
    )
  }
  parsed.hash = ''
  return parsed
}
