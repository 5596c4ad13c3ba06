import type { Middleware } from 'openapi-fetch'
import { utf8 } from '../bytes.ts'
import type { Clock } from '../clock.ts'
import { ConfigError } from '../errors.ts'
import type { Fetch } from '../exchange/attempts.ts'
import type { Hooks } from '../hooks.ts'
import { sameSerial } from '../keys/serial.ts'
import type { PrivateKey } from '../keys/signer.ts'
import type { RetryOptions, TimeOptions } from '../retry/policy.ts'
import type { PlatformKeys } from '../verification/platform.ts'

/** Options common to merchants and brands. */
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

/** Options of `createClient`. */
export type ClientOptions = MerchantOptions | BrandOptions

/**
 * Tells a mistake in the options when the client is made, not with its first payment. The keys are
 * checked where they are used.
 *
 * @throws {ConfigError} that names the option and never quotes a secret
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013070756
 */
export function checkOptions(options: ClientOptions): void {
  if (typeof options !== 'object' || options === null)
    wrong('createClient', 'needs options', 'Give at least mchid, serial, privateKey and platform')
  const { mchid, brandId, serial, platform, certificates, apiV3Key, fetch, middleware, clock } = options
  if (brandId === undefined) {
    if (typeof mchid !== 'string' || !/^\d{1,32}$/.test(mchid)) {
      wrong('mchid', absent(mchid) ?? 'is not a string of digits', 'It is the merchant number, as a string')
    }
  } else {
    if (mchid !== undefined)
      wrong('brandId', 'excludes mchid', 'A client signs for a merchant or for a brand')
    if (typeof brandId !== 'string' || !/^\d{1,32}$/.test(brandId))
      wrong('brandId', absent(brandId) ?? 'is not a string of digits')
  }
  if (typeof serial !== 'string' || !/^[\dA-Fa-f]{8,64}$/.test(serial)) {
    const got = absent(serial) ?? 'is not a certificate serial in hexadecimal'
    wrong('serial', got, 'See it with: openssl x509 -in apiclient_cert.pem -noout -serial')
  }
  if (certificates !== undefined && certificates !== 'auto') {
    wrong('certificates', "is not 'auto'", 'Certificates that you have belong in platform, by their serial')
  }
  if (certificates === 'auto' && apiV3Key === undefined) {
    wrong('apiV3Key', 'is missing', "certificates: 'auto' opens the certificates with it")
  }
  if ((platform !== undefined || certificates === undefined) && (typeof platform !== 'object' || !platform)) {
    wrong('platform', absent(platform) ?? 'is not an object', "Give { 'PUB_KEY_ID_…': pem }")
  }
  if (platform && Object.keys(platform).some((name) => sameSerial(name, serial as string))) {
    wrong(
      'platform',
      'holds a key under the merchant’s own serial',
      'Answers are signed with a key of WeChat Pay',
    )
  }
  if (apiV3Key !== undefined && (typeof apiV3Key !== 'string' || utf8(apiV3Key).length !== 32)) {
    wrong('apiV3Key', 'is not of 32 bytes', 'It is the APIv3 key that you set on the merchant platform')
  }
  for (const name of ['baseUrl', 'backupUrl'] as const) {
    if (options[name] === undefined || isBaseUrl(options[name])) continue
    wrong(
      name,
      'is not an http(s) URL without query and fragment',
      'For example https://api2.mch.weixin.qq.com',
    )
  }
  for (const name of ['timeout', 'deadline'] as const) {
    const value = options[name]
    if (value === undefined || isDuration(value)) continue
    wrong(name, 'is not a positive number of milliseconds')
  }
  if (options.retry !== undefined) checkRetry(options.retry)
  if (options.hooks !== undefined && (typeof options.hooks !== 'object' || !options.hooks))
    wrong('hooks', 'is not an object of functions')
  for (const [name, value] of Object.entries({ fetch, clock })) {
    if (value !== undefined && typeof value !== 'function') wrong(name, 'is not a function')
  }
  if (middleware !== undefined && !Array.isArray(middleware)) wrong('middleware', 'is not an array')
}

function checkRetry(retry: unknown): void {
  if (retry === false) return
  if (typeof retry !== 'object' || !retry) wrong('retry', 'is neither false nor an object')
  for (const [name, value] of Object.entries(retry as object)) {
    const least = name === 'attempts' ? 1 : 0
    if (!['attempts', 'minDelay', 'maxDelay'].includes(name)) wrong(`retry.${name}`, 'is no option')
    if (typeof value !== 'number' || !(value >= least && value < 2 ** 31))
      wrong(`retry.${name}`, `is not a number from ${least} on`)
  }
}

/** Milliseconds that a timer can wait. */
export function isDuration(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 2 ** 31
}

/** An http(s) URL that a path can be put behind. */
export function isBaseUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/[^?#{}\s\\@]+$/i.test(value) && URL.canParse(value)
}

function absent(value: unknown): string | undefined {
  if (value === undefined || value === null) return 'is missing'
  return value === '' ? 'is empty' : undefined
}

function wrong(name: string, problem: string, hint?: string): never {
  throw new ConfigError('ERR_CONFIG', `${name} ${problem}`, { hint })
}
