import type { ClientOptions, Result } from '../src/index.ts'
import { createClient } from './generated/client.ts'

/**
 * Hands an order to a member of the staff: the call of the example page 服务人员分配.
 * @param options the merchant's keys, and where WeChat Pay is
 */
export async function assign(options: ClientOptions): Promise<Result<undefined>> {
  const client = createClient(options)
  return client.POST('/v3/smartguide/guides/{guide_id}/assign', {
    params: { path: { guide_id: 'LLA3WJ6DSZUfiaZDS79FH5Wm5m4X69TBic' } },
    body: { out_trade_no: '20150806125346' },
  })
}
