import { randomUUID } from 'node:crypto'
import { sealed, signedHeaders } from './certificate-server.ts'

/** Who sends, and for whom. */
export interface Sender {
  serial: string
  privateKey: string
  apiV3Key: string
}

/** A notification as it comes over the wire; `node:crypto` alone makes it. */
export function notify(
  sender: Sender,
  given: { event?: string; resource?: unknown; body?: string; now?: number; envelope?: object } = {},
): { headers: Record<string, string>; body: string } {
  const { event = 'TRANSACTION.SUCCESS', resource = transaction, now = Date.now(), envelope } = given
  const text = typeof resource === 'string' ? resource : JSON.stringify(resource)
  const body =
    given.body ??
    JSON.stringify({
      id: randomUUID(),
      create_time: '2026-03-01T08:00:00+08:00',
      resource_type: 'encrypt-resource',
      event_type: event,
      summary: '支付成功',
      resource: { original_type: 'transaction', ...sealed(sender.apiV3Key, text, 'transaction') },
      ...envelope,
    })
  return { headers: signedHeaders(sender, body, now), body }
}

/** What a payment's notification holds. */
export const transaction = {
  mchid: '1900007291',
  out_trade_no: '1217752501201407033233368018',
  trade_state: 'SUCCESS',
  amount: { total: 100, payer_total: 100, currency: 'CNY', payer_currency: 'CNY' },
}
