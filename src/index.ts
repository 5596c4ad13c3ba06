import type { Client, PathClient } from '../generated/client.ts'
import { createClient as create } from './client/client.ts'
import type { ClientOptions } from './client/options.ts'
import { pathsOf } from './client/path-client.ts'

export type { Client, PathClient, RequestBody, ResponseData } from '../generated/client.ts'
export * from './public.ts'

/**
 * A client of WeChat Pay's APIv3: each request is signed, each 2xx verified.
 *
 * ```ts
 * const client = createClient({ mchid, serial, privateKey, platform: { 'PUB_KEY_ID_…': pem } })
 * const { data, error } = await client.POST('/v3/pay/transactions/jsapi', { body })
 * ```
 *
 * A call resolves to `{ data, error, response }`: `error` is what WeChat Pay answered instead of a 2xx.
 * It rejects with a `WechatpayError` for what WeChat Pay did not say: a call that cannot be sent, no answer, an
 * answer that cannot be trusted; and with the caller's own reason when the caller aborts.
 *
 * An app that uses few product domains compiles faster with their own entries: `wechatpay-fetch/v3/pay`.
 *
 * `ReturnType<typeof createClient>` is `Client`.
 *
 * @throws {ConfigError} for an option that is missing or malformed
 * @throws {KeyError} for a key that is certainly wrong; one that only fails to import rejects the calls
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function createClient<C = Client>(options: ClientOptions): unknown extends C ? Client : C {
  return create(options)
}

/**
 * The client by path:
 *
 * ```ts
 * const paths = pathClient(client)
 * const { data, error } = await paths['/v3/pay/transactions/jsapi'].POST({ body })
 * ```
 */
export function pathClient(client: Client): PathClient {
  return pathsOf<PathClient>(client)
}
