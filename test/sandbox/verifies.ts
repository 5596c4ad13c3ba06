import { verify } from 'node:crypto'
import type { KnownPlatform } from '../support/platform-keys.ts'

/**
 * Whether a key of WeChat Pay signed a response or a notification.
 *
 * @param headers by lower-case name
 */
export function verifies(
  headers: Record<string, string>,
  signed: string | Buffer,
  key: KnownPlatform,
): boolean {
  const head = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n`
  const message = Buffer.concat([Buffer.from(head), Buffer.from(signed), Buffer.from('\n')])
  const signature = Buffer.from(headers['wechatpay-signature'] ?? '', 'base64')
  return headers['wechatpay-serial'] === key.serial && verify('sha256', message, key.publicKey, signature)
}
