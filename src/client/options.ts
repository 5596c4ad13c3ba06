import { utf8 } from '../bytes.ts'
import type { Clock } from '../clock.ts'
import { ConfigError } from '../errors.ts'
import type { Fetch } from '../exchange/dispatch.ts'
import type { Hooks } from '../hooks.ts'
import { isLoopback } from '../hosts.ts'
import type { BrowserOption } from '../keys/refuse-browser.ts'
import { sameSerial } from '../keys/serial.ts'
import type { PrivateKey } from '../keys/signer.ts'
import type { RetryOptions, TimeOptions } from '../retry/policy.ts'
import type { PlatformKeys } from '../verification/platform.ts'
import { callChecks, type Finding } from './call-options.ts'
import type { Middleware } from './openapi-middleware.ts'

/** Options common to merchants and brands. */
export interface CommonOptions extends TimeOptions, BrowserOption {
  /** Serial number of the merchant API certificate, in hexadecimal. */
  serial: string
  /** The merchant's private key: PEM (PKCS#8 or PKCS#1), a CryptoKey, or a remote signer. */
  privateKey: PrivateKey
  /**
   * WeChat Pay's public keys by id, and platform certificates by serial. Requests ask for a response signed with the
   * first one. Required unless `certificates` is given.
   */
  platform?: PlatformKeys
  /** `'auto'` fetches and renews the platform certificates, which needs `apiV3Key`. */
  certificates?: 'auto' | undefined
  /** The APIv3 key, 32 bytes. It decrypts notifications and platform certificates. */
  apiV3Key?: string | undefined
  /** Default: `https://api.mch.weixin.qq.com`, or the operation's own server. */
  baseUrl?: string
  /** Used after a connection failed. Default: `https://api2.mch.weixin.qq.com`, or none when `baseUrl` is given. */
  backupUrl?: string
  /** Sends the signed request. Default: the platform's own `fetch`. */
  fetch?: Fetch
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>
  /**
   * openapi-fetch middleware. It sees a request before it is encrypted and signed, and a response after it is verified.
   * It cannot return a response in place of WeChat Pay's.
   */
  middleware?: readonly Middleware[]
  /** How calls that are safe to repeat are retried; `false` never retries. */
  retry?: RetryOptions | false
  /** The largest response that is read into memory, in bytes. Files are streams without a limit. Default: 4 MiB. */
  maxResponseBytes?: number
  /**
   * Whether a call returns its `data` and throws a `ResponseError` for an error of the API, instead of returning
   * `{ data, error, response }`. Default: false. A call may say otherwise.
   */
  throwOnError?: boolean
  /** Callbacks that observe the client. No event holds a secret. */
  hooks?: Hooks
  /** Returns milliseconds since 1970. Default: the system's clock. */
  clock?: Clock
}

/** Options of a merchant. */
export interface MerchantOptions extends CommonOptions {
  /** Merchant number (`mchid`), a string of digits. */
  mchid: string
  brandId?: undefined
  throwOnError?: false
}

/** Options of a brand: the certificate, the private key and the WeChat Pay public key are its own. */
export interface BrandOptions extends Omit<CommonOptions, 'apiV3Key' | 'certificates' | 'platform'> {
  /** Brand id, a string of digits. */
  brandId: string
  /** WeChat Pay's public keys by id. Requests ask for a response signed with the first one. */
  platform: PlatformKeys
  mchid?: undefined
  throwOnError?: false
  apiV3Key?: undefined
  certificates?: undefined
}

/** Options of a client. */
export type ClientOptions = MerchantOptions | BrandOptions

/** One check for each option. An option without a check does not compile. */
const checks: {
  readonly [Option in keyof ClientOptions]-?: (value: unknown, all: ClientOptions) => Finding
} = {
  mchid(value, { brandId }) {
    if (brandId === undefined) return digits(value, 'It is the merchant number, as a string')
    return value === undefined
      ? undefined
      : ['excludes brandId', 'A client signs for a merchant or for a brand']
  },
  brandId: (value) => (value === undefined ? undefined : digits(value)),
  serial(value) {
    if (typeof value === 'string' && /^[\dA-Fa-f]{8,40}$/.test(value)) return undefined
    const problem = absent(value) ?? 'must be a certificate serial: at most 40 hexadecimal digits'
    return [problem, 'See it with: openssl x509 -in apiclient_cert.pem -noout -serial']
  },
  // Keys are checked by the signer and the key source, which name what they got instead.
  privateKey: () => undefined,
  dangerouslyAllowBrowser(value) {
    return value === undefined || typeof value === 'boolean' ? undefined : ['must be true or false']
  },
  certificates(value, { brandId }) {
    if (value !== undefined && brandId !== undefined)
      return ['is not for brands', 'A brand has a public key of WeChat Pay: give it as platform']
    if (value === undefined || value === 'auto') return undefined
    return ["must be 'auto'", 'Put certificates that you have into platform, each under its serial']
  },
  apiV3Key(value, { certificates }) {
    if (value === undefined)
      return certificates === 'auto'
        ? ['is missing', "certificates: 'auto' needs it to decrypt the certificates"]
        : undefined
    if (typeof value === 'string' && utf8(value).length === 32) return undefined
    return ['must be 32 bytes', 'It is the APIv3 key that you set on the merchant platform']
  },
  platform(value, { brandId, certificates, serial }) {
    if (value === undefined && certificates === 'auto') return undefined
    if (typeof value !== 'object' || value === null)
      return [absent(value) ?? 'must be an object', "Give { 'PUB_KEY_ID_…': pem }"]
    if (brandId !== undefined && Object.keys(value).some((name) => !name.trim().startsWith('PUB_KEY_ID_')))
      return ['has a key that is not a PUB_KEY_ID_…', 'Brands have no platform certificates']
    if (!Object.keys(value).some((name) => sameSerial(name.trim(), serial))) return undefined
    return ["has a key under the merchant's own serial", 'Responses are signed with a key of WeChat Pay']
  },
  baseUrl: url,
  backupUrl: url,
  fetch: callable,
  headers: (value) => (value === undefined || isObject(value) ? undefined : ['must be an object']),
  middleware: (value) => (value === undefined || Array.isArray(value) ? undefined : ['must be an array']),
  ...callChecks,
  maxResponseBytes(value) {
    if (value === undefined || (typeof value === 'number' && value > 0)) return undefined
    return ['must be a positive number of bytes']
  },
  hooks: (value) => (value === undefined || isObject(value) ? undefined : ['must be an object of functions']),
  clock: callable,
}

/**
 * Reports a mistake in the options when the client is created, not with its first payment.
 *
 * @throws {ConfigError} that names the option and never quotes a secret
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013070756
 */
export function checkOptions(options: ClientOptions): void {
  for (const [name, check] of Object.entries(checks)) {
    const finding = check(options[name as keyof ClientOptions], options)
    if (finding) throw wrong(name, finding)
  }
}

/** Whether it is an https URL, or an http one of this machine, that a path can be appended to. */
export function isBaseUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !/^https?:\/\/[^?#{}\s\\@]+$/i.test(value) || !URL.canParse(value))
    return false
  const url = new URL(value)
  return url.protocol === 'https:' || isLoopback(url)
}

function digits(value: unknown, hint?: string): Finding {
  if (typeof value === 'string' && /^\d{1,32}$/.test(value)) return undefined
  return [absent(value) ?? 'must be a string of digits', hint]
}

function url(value: unknown): Finding {
  if (value === undefined || isBaseUrl(value)) return undefined
  return [
    'must be an https URL, or http of this machine, without query and fragment',
    'For example https://api2.mch.weixin.qq.com',
  ]
}

function callable(value: unknown): Finding {
  return value === undefined || typeof value === 'function' ? undefined : ['must be a function']
}

function absent(value: unknown): string | undefined {
  if (value === undefined || value === null) return 'is missing'
  return value === '' ? 'is empty' : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function wrong(name: string, [problem, hint, member = '']: NonNullable<Finding>): ConfigError {
  return new ConfigError('ERR_CONFIG', `${name}${member} ${problem}`, { hint })
}
