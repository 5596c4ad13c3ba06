import { type Clock, systemClock } from '../clock.ts'
import { aead } from '../encryption/aead.ts'
import { CertificateError, type VerificationError } from '../errors.ts'
import { type CertificatesEvent, notify } from '../hooks.ts'
import { importEncryptionKey } from '../keys/oaep-key.ts'
import { fetchCertificates } from './certificate-download.ts'
import { type PlatformCertificate, readCertificates } from './certificate-list.ts'
import { Renewal } from './certificate-renewal.ts'
import { CertificateStore } from './certificate-store.ts'
import { type KeySource, knownKeys, type PlatformKeys } from './platform.ts'

/** What {@link automaticCertificates} needs. */
export interface AutomaticCertificates {
  /** The APIv3 key, 32 bytes. It decrypts the certificates. */
  apiV3Key: string
  /**
   * Sends a signed `GET /v3/certificates` and resolves to the response, whatever its status, without verifying it. It
   * must have a time limit of its own, the body included: a caller that aborts only stops waiting for it.
   */
  download(): Promise<Response>
  /** Given keys. Requests ask for the first one, and encrypt for it. */
  platform?: PlatformKeys | undefined
  /** Returns milliseconds since 1970. Default: the system's clock. */
  clock?: Clock | undefined
  /** Called after each renewal. */
  observe?: ((event: CertificatesEvent) => void) | undefined
}

const hour = 60 * 60_000
/** A list of this age is renewed in the background … */
const soon = 11 * hour
/** … and at this age callers wait for the new one. */
const late = 12 * hour

/**
 * Trusts the platform certificates that WeChat Pay lists and renews the list, so that nobody has to copy a certificate and
 * a switch to the next one needs no deployment. Each source has a list of its own.
 *
 * The list is fetched when it is first needed, before it is 12 hours old, and when a message names a serial that is not
 * in it, at most once a minute. When a fetch fails, the certificates fetched earlier stay trusted until they expire.
 *
 * With `platform` the list is only fetched for a message that none of those keys signed. A merchant with a public key and
 * no certificate at all works too.
 *
 * @throws {ConfigError} when apiV3Key is not 32 bytes
 * @throws {KeyError} when a key of `platform` is certainly wrong
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012551764
 */
export function automaticCertificates(options: AutomaticCertificates): KeySource {
  const { apiV3Key, download, platform, clock = systemClock, observe } = options
  const cipher = aead(apiV3Key)
  const fixed = platform && knownKeys(platform)
  const store = new CertificateStore(clock)
  const encryptionKeys = new WeakMap<PlatformCertificate, Promise<CryptoKey>>()
  let failure: Error | undefined

  const renewal = new Renewal(async () => {
    try {
      store.replace(await list())
      failure = undefined
    } catch (error) {
      failure = error as Error
    }
    notify(observe, { serials: store.serials(), ...(failure && { failure }) })
    if (failure) throw failure
  }, clock)

  async function list(again = true): Promise<PlatformCertificate[]> {
    const response = await fetchCertificates(download)
    if (!response) return none(fixed !== undefined)
    const known = async (serial: string) => (await fixed?.find(serial)) ?? store.find(serial)?.key
    try {
      return await readCertificates(response, { cipher, clock, known })
    } catch (error) {
      // WeChat Pay does not probe twice in a row.
      if (again && isProbe(error)) return list(false)
      throw error
    }
  }

  async function keepNew(signal: AbortSignal | undefined): Promise<void> {
    if (store.age < soon || !renewal.allowed) return
    // The certificates at hand are still valid, and the failure was already reported to `observe`.
    const renewed = renewal.run(signal).catch(() => {})
    if (store.age >= late) await renewed
  }

  async function ready(signal?: AbortSignal): Promise<void> {
    if (fixed) await fixed.ready()
    else if (store.newest()) await keepNew(signal)
    // Not limited to once a minute: without certificates no request can be sent.
    else await renewal.run(signal).then(current)
  }

  function current(): PlatformCertificate {
    const newest = store.newest()
    if (newest) return newest
    throw new CertificateError('ERR_CERTIFICATES_UNAVAILABLE', 'no platform certificate is in effect', {
      hint: 'Check the clock of this machine',
    })
  }

  return {
    remote: true,
    async ready(signal) {
      await ready(signal)
    },
    trusted: () => (fixed ? fixed.trusted() : current().serial),
    async find(serial, signal) {
      const key = await fixed?.find(serial)
      // The id of a public key is never listed.
      if (key || !/^[\dA-F]{8,64}$/i.test(serial)) return key
      const held = store.find(serial)
      if (held) await keepNew(signal)
      else if (renewal.allowed) await renewal.run(signal)
      else if (failure) throw again(failure)
      return (held ?? store.find(serial))?.key
    },
    async encrypter(signal) {
      await ready(signal)
      if (fixed) return fixed.encrypter()
      const certificate = current()
      let key = encryptionKeys.get(certificate)
      if (!key) {
        key = importEncryptionKey(certificate.pem, 'a platform certificate')
        encryptionKeys.set(certificate, key)
      }
      return { serial: certificate.serial, key: await key }
    },
  }
}

// Each caller gets an error of its own.
function again(cause: Error): CertificateError {
  return new CertificateError(
    'ERR_CERTIFICATES_UNAVAILABLE',
    'fetching the platform certificates failed less than a minute ago',
    { operation: 'GET /v3/certificates', cause },
  )
}

function none(served: boolean): [] {
  if (served) return []
  throw new CertificateError(
    'ERR_CERTIFICATES_UNAVAILABLE',
    'this merchant has no platform certificate (HTTP 404 RESOURCE_NOT_EXISTS): it is in public key mode',
    {
      operation: 'GET /v3/certificates',
      hint: "Instead of certificates: 'auto', give platform: { 'PUB_KEY_ID_…': pem } with the key from the merchant platform",
    },
  )
}

function isProbe(error: unknown): boolean {
  return (
    error instanceof Error && (error.cause as VerificationError | undefined)?.code === 'ERR_RESPONSE_PROBE'
  )
}
