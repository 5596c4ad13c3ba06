import { systemClock } from '../clock.ts'
import { exchange } from '../exchange/exchange.ts'
import { observed } from '../exchange/seal.ts'
import { placesWithin } from '../fields/place-tree.ts'
import { refuseText } from '../fields/refuse-text.ts'
import { sealRequest } from '../fields/seal-request.ts'
import { sealerFor } from '../fields/sealer.ts'
import type { DownloadTools } from '../files/file-download.ts'
import { decrypter } from '../keys/decrypter.ts'
import type { Operation } from '../operation.ts'
import { retryPolicy } from '../retry/policy.ts'
import { authorizer } from '../signature/authorizer.ts'
import { type Call, calls, type Init, methods } from './call.ts'
import { inspectable } from './inspect.ts'
import { withInternals } from './internals.ts'
import { type ClientOptions, checkOptions } from './options.ts'
import { keySource } from './platform-keys.ts'

/**
 * A client of WeChat Pay's APIv3: each request is signed, each 2xx verified.
 *
 * ```ts
 * const client = createClient({ mchid, serial, privateKey, platform: { 'PUB_KEY_ID_…': pem } })
 * const { data, error } = await client.POST('/v3/pay/transactions/jsapi', { body })
 * ```
 *
 * A call resolves to `{ data, error, response }`: `error` is what WeChat Pay answered instead of a 2xx.
 * It rejects with a {@link WechatpayError} for what WeChat Pay did not say: a call that cannot be sent,
 * no answer, an answer that cannot be trusted; and with the caller's own reason when the caller aborts.
 *
 * @throws {ConfigError} for an option that is missing or malformed
 * @throws {KeyError} for a key that is certainly wrong; one that only fails to import rejects the calls
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function createClient<C>(options: ClientOptions): C {
  checkOptions(options)
  const { privateKey, clock = systemClock, hooks = {}, middleware = [] } = options
  const { baseUrl, backupUrl, fetch, headers, retry, timeout, deadline } = options
  const authorize = authorizer(options)
  const time = { ...(timeout !== undefined && { timeout }), ...(deadline !== undefined && { deadline }) }
  const keys = keySource(options, authorize)
  const send = exchange({ authorize, keys, clock, hooks })

  async function form(body: unknown, { name, traits }: Operation, signal: AbortSignal) {
    // Most apps never upload.
    const { writeForm } = await import('../files/form.ts')
    await keys.ready(signal)
    const { encrypt, serial } = sealerFor(observed(keys, name, hooks))
    const places = traits.request && placesWithin(traits.request, traits.form!.signed)
    const written = await writeForm(body, traits.form!, name, async (text) => {
      const sealed = places ? await sealRequest(text, places, encrypt, name) : text
      refuseText(sealed, name)
      return sealed
    })
    return { ...written, platformSerial: serial() }
  }

  const call: Call = calls({
    exchange: send,
    form,
    decrypter: decrypter(privateKey),
    baseUrl,
    backupUrl,
    fetch,
    headers,
    middleware,
    retry,
    time,
  })
  const verbs = methods.map((method) => [method, (path: string, init?: Init) => call(method, path, init)])
  const client = inspectable<object>(Object.fromEntries(verbs), options)
  const download: DownloadTools = {
    ...(baseUrl !== undefined && { baseUrl }),
    send: (url, name, signal) =>
      send(
        { method: 'GET', url, headers: new Headers(headers), signal },
        {
          // Files are unsigned; their digest is checked, where the caller has it.
          operation: { name, traits: { file: true, unsigned: true } },
          entryPoints: [new URL(url).origin],
          policy: retryPolicy(retry, time),
          fetch,
        },
      ),
  }
  return withInternals(client, { download, keys }) as C
}
