import type { Middleware } from 'openapi-fetch'
import { type Call, calls, type Init, methods } from './call.ts'
import { type Clock, systemClock } from './clock.ts'
import { exchange, type Fetch } from './exchange/exchange.ts'
import { told } from './exchange/seal.ts'
import { placesWithin } from './fields/places.ts'
import { sealRequest } from './fields/request.ts'
import { sealerFor } from './fields/sealer.ts'
import { refuseText } from './fields/text.ts'
import type { DownloadTools } from './files/download.ts'
import type { Hooks } from './hooks.ts'
import { withInside } from './inside.ts'
import { inspectable } from './inspect.ts'
import { decrypter } from './keys/decrypter.ts'
import type { PrivateKey } from './keys/signer.ts'
import type { Operation } from './operation.ts'
import { checkOptions } from './options.ts'
import { type RetryOptions, retryPolicy, type TimeOptions } from './retry/options.ts'
import { authorizer } from './signature/authorizer.ts'
import { keySource } from './trust.ts'
import type { PlatformKeys } from './verification/platform.ts'

/** What {@link createClient} takes of everybody. */
export interface CommonOptions extends TimeOptions {
  /** Serial number of the merchant API certificate, in hexadecimal. */
  serial: string
  /** The merchant's private key: PEM (PKCS#8 or PKCS#1), a CryptoKey, or a remote signer. */
  privateKey: PrivateKey
  /**
   * WeChat Pay's public keys by id, and platform certificates by serial; requests ask for answers signed with the
   * first. Required unless `certificates` is given.
   */
  platform?: PlatformKeys
  /** `'auto'`: platform certificates are fetched and renewed, which needs `apiV3Key`. */
  certificates?: 'auto'
  /** The APIv3 key, 32 bytes, that opens what WeChat Pay encrypts. */
  apiV3Key?: string
  /** `https://api.mch.weixin.qq.com` by default, or where an operation lives. */
  baseUrl?: string
  /** Taken after a connection failed; `https://api2.mch.weixin.qq.com` by default, none when `baseUrl` is given. */
  backupUrl?: string
  /** Sends the signed request; the platform's own `fetch` by default. */
  fetch?: Fetch
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>
  /**
   * openapi-fetch middleware. It sees a request before it is sealed and signed, and an answer after it is verified;
   * it cannot answer in WeChat Pay's place.
   */
  middleware?: readonly Middleware[]
  /** How calls are repeated that are safe to repeat; `false` never does. */
  retry?: RetryOptions | false
  /** Watches what goes on, without secrets. */
  hooks?: Hooks
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: Clock
}

/** Options of a merchant. */
export interface MerchantOptions extends CommonOptions {
  /** Merchant number. */
  mchid: string
  brandId?: undefined
}

/** Options of a brand. */
export interface BrandOptions extends CommonOptions {
  /** Brand id. */
  brandId: string
  mchid?: undefined
}

/** What {@link createClient} needs, and what it takes. */
export type ClientOptions = MerchantOptions | BrandOptions

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
    const { writeForm } = await import('./files/form.ts')
    await keys.ready(signal)
    const { encrypt, serial } = sealerFor(told(keys, name, hooks))
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
  return withInside(client, { download, keys }) as C
}
