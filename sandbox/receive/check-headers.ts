import { isPublicKeyId, type Keyring } from '../keys/keyring.ts'
import { isBrandTarget } from '../keys/signature-scheme.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/**
 * Checks the headers that every request needs.
 *
 * @throws Refusal (400)
 */
export function checkHeaders({ headers }: RequestRecord, keys: Keyring): void {
  if (!/(^|[\s,])(application\/json|application\/\*|\*\/\*)/i.test(headers.accept ?? '')) {
    throw paramError('header', 'Accept', 'must include application/json')
  }
  if (!headers['user-agent']) throw paramError('header', 'User-Agent', 'missing')
  const serial = headers['wechatpay-serial']
  // The official Java SDK sends an empty value until it has a certificate.
  if (serial && !keys.find(String(serial))) {
    throw paramError(
      'header',
      'Wechatpay-Serial',
      'not the serial of a WeChat Pay key; it must not be the merchant’s own serial',
    )
  }
}

/**
 * Checks that a brand names WeChat Pay's public key, which is the only kind of key that it has.
 *
 * @throws Refusal (400)
 * @see https://pay.weixin.qq.com/doc/brand/4015407523
 */
export function checkBrandKey({ headers, target }: RequestRecord): void {
  if (isBrandTarget(target) && !isPublicKeyId(String(headers['wechatpay-serial']))) {
    throw paramError(
      'header',
      'Wechatpay-Serial',
      'must be the id of a WeChat Pay public key (PUB_KEY_ID_…), which brands always name',
    )
  }
}
