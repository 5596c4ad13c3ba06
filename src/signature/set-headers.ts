/**
 * Sets the headers that every signed request goes out with. Some operations answer 400 without `Accept` and
 * `User-Agent`.
 *
 * @param platformSerial the key of WeChat Pay that the answer shall be signed with
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365336
 */
export function setHeaders(
  headers: Headers,
  authorization: string | undefined,
  platformSerial: string | undefined,
): void {
  if (authorization) headers.set('Authorization', authorization)
  if (platformSerial) headers.set('Wechatpay-Serial', platformSerial)
  if (!headers.has('Accept')) headers.set('Accept', 'application/json')
  // Browsers and some edge platforms ignore this and send their own.
  if (!headers.has('User-Agent')) headers.set('User-Agent', 'wechatpay-fetch')
}
