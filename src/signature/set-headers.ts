/**
 * Sets the headers that every signed request has. Some operations respond 400 without `Accept` and `User-Agent`.
 *
 * @param platformSerial the WeChat Pay key that the response should be signed with
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
  // The signature covers the body before compression, and gateways have labelled plain bodies as gzip: the response then
  // failed after the money had moved.
  if (!headers.has('Accept-Encoding')) headers.set('Accept-Encoding', 'identity')
  // Browsers and some edge platforms ignore this and send their own.
  if (!headers.has('User-Agent')) headers.set('User-Agent', 'wechatpay-fetch')
}
