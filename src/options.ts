import { utf8 } from './bytes.ts'
import { ConfigError } from './errors.ts'
import { sameSerial } from './keys/serial.ts'

/** The options whose shape can be told before anything is sent. */
export interface CheckedOptions {
  mchid?: unknown
  brandId?: unknown
  serial: unknown
  platform?: unknown
  certificates?: unknown
  apiV3Key?: unknown
  baseUrl?: unknown
  backupUrl?: unknown
  fetch?: unknown
  retry?: unknown
  timeout?: unknown
  deadline?: unknown
  hooks?: unknown
  middleware?: unknown
  clock?: unknown
}

/**
 * Tells a mistake in the options when the client is made, not with its first payment. The keys are
 * checked where they are used.
 *
 * @throws {ConfigError} that names the option and never quotes a secret
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013070756
 */
export function checkOptions(options: CheckedOptions): void {
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
