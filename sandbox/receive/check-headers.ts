import type { Keyring } from '../keys/keyring.ts'
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
