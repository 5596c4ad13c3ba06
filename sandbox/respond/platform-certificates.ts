import type { Account } from '../keys/accounts.ts'
import { encryptWithApiV3Key } from '../keys/apiv3-key.ts'
import type { Keyring } from '../keys/keyring.ts'
import { Refusal } from '../receive/refusal.ts'
import type { Document } from '../spec/spec-types.ts'
import { chinaTime } from './china-time.ts'
import { jsonResponse, type SandboxResponse } from './sandbox-response.ts'

/** The operation, for a sandbox whose documents do not include it. */
export const certificatesDocument: Document = {
  openapi: '3.1.0',
  paths: { '/v3/certificates': { get: { responses: { 200: {} } } } },
}

/** Whether the path is the list of platform certificates. */
export function isCertificatesPath(path: string): boolean {
  return path === '/v3/certificates' || path === '/v3/global/certificates'
}

/**
 * Lists the platform certificates, newest first, encrypted with the caller's APIv3 key.
 *
 * @throws Refusal (404) when WeChat Pay has only a public key, as for new merchants
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export function certificatesResponse(keys: Keyring, caller: Account | undefined): SandboxResponse {
  const certificates = keys.certificates()
  if (certificates.length === 0) {
    throw new Refusal(
      404,
      'RESOURCE_NOT_EXISTS',
      // The message of WeChat Pay.
      '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥',
    )
  }
  const apiV3Key = caller?.apiV3Key
  if (!apiV3Key) throw new Error('platform certificates need the `apiV3Key` of the calling merchant')
  const data = certificates.map(({ serial, from, to, certificate }) => ({
    serial_no: serial,
    effective_time: chinaTime(from),
    expire_time: chinaTime(to),
    encrypt_certificate: encryptWithApiV3Key(apiV3Key, certificate, 'certificate'),
  }))
  return jsonResponse(200, { data })
}
