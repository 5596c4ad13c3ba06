import type { Wechatpay } from '../../generated/chain.ts'
import type { Method } from '../client/prepare.ts'
import { ConfigError } from '../errors.ts'
import { Nodes, type Verbs } from './nodes.ts'
import { chainTree } from './tree.ts'

export type { ChainPaths, Wechatpay } from '../../generated/chain.ts'
export type { ApiError, ChainOptions, Result } from '../../generated/shared.ts'

/** What `createClient` returns, for all product domains or for one. */
export type AnyClient = { readonly [M in Method]?: (...call: never[]) => Promise<unknown> }

/**
 * A client in the chain style of the documentation's samples, which can be copied word for word:
 *
 * ```ts
 * const wechatpay = chain(createClient({ mchid, serial, privateKey, platform }))
 * const options = { guide_id: '…', json: { out_trade_no: '20150806125346' } }
 * await wechatpay.v3.smartguide.guides._guide_id_.assign.post(options)
 * await wechatpay.chain('v3/smartguide/guides/{guide_id}/assign').post(options)
 * await wechatpay['v3/smartguide/guides/{guide_id}/assign'].post(options)
 * ```
 *
 * `options` holds path variables at the top, and `json`, `query` and `headers` beside them, as in the documentation. Calls
 * resolve and reject as those of the client do. A path that does not exist throws a `RequestError`
 * (`ERR_OPERATION_UNKNOWN`), which names the nearest one.
 *
 * @param client made by `createClient`
 * @throws {ConfigError} for anything else
 */
export function chain(client: AnyClient): Wechatpay {
  if (typeof client?.POST !== 'function' && typeof client?.GET !== 'function') {
    throw new ConfigError('ERR_CONFIG', 'chain needs a client', { hint: 'Pass the result of createClient' })
  }
  return new Nodes(client as Verbs, chainTree()).start() as Wechatpay
}
