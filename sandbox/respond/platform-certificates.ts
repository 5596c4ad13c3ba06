import type { Account } from '../keys/accounts.ts'
import { seal } from '../keys/apiv3-key.ts'
import type { Keyring } from '../keys/keyring.ts'
import { Refusal } from '../receive/refusal.ts'
import type { Document } from '../spec/spec-types.ts'
import { type Answer, json } from './signed-response.ts'

/** The operation, for a sandbox whose documents do not have it. */
export const certificatesDocument: Document = {
  openapi: '3.1.0',
  paths: { '/v3/certificates': { get: { responses: { 200: {} } } } },
}

/** Is it the list of platform certificates? */
export function isCertificates(path: string): boolean {
  return path === '/v3/certificates' || path === '/v3/global/certificates'
}

/**
 * Answers the platform certificates, old and new side by side, encrypted with the caller's APIv3 key.
 *
 * @throws Refusal (404) when WeChat Pay has a public key alone, as for a new merchant
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export function certificates(keys: Keyring, account: Account | undefined): Answer {
  const all = keys.certificates()
  if (all.length === 0) {
    throw new Refusal(
      404,
      'RESOURCE_NOT_EXISTS',
      '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥',
    )
  }
  const apiV3Key = account?.apiV3Key
  if (!apiV3Key) throw new Error('it has no apiV3Key of this merchant')
  const data = all.map(({ serial, from, to, certificate }) => ({
    serial_no: serial,
    effective_time: chinese(from),
    expire_time: chinese(to),
    encrypt_certificate: seal(apiV3Key, certificate, 'certificate'),
  }))
  return json({ data })
}

/** RFC 3339 in China's time, as WeChat Pay writes it. */
export function chinese(time: Date): string {
  return new Date(time.getTime() + 8 * 3600_000).toISOString().replace(/\.\d+Z$/, '+08:00')
}
