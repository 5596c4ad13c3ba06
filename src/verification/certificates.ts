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
  /** The APIv3 key, 32 bytes: it opens the certificates. */
  apiV3Key: string
  /**
   * Sends a signed `GET /v3/certificates` and resolves to the answer as it came, whatever its status. Nothing is
   * verified: that is done here. It must give up by itself after a time, its body's too; callers that abort only
   * stop waiting for it.
   */
  download(): Promise<Response>
  /** Keys that are known beforehand. The first is the one that requests ask for, and encrypt for. */
  platform?: PlatformKeys | undefined
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: Clock | undefined
  /** Watches renewals. */
  observe?: ((event: CertificatesEvent) => void) | undefined
}

const hour = 60 * 60_000
/** From here on a list is renewed while it is still used … */
const soon = 11 * hour
/** … and from here on the new one is waited for. */
const late = 12 * hour

/**
 * Trusts the platform certificates that WeChat Pay lists, and keeps the list new: nobody has to copy a certificate,
 * and a switch from one to the next needs no deployment. It shares nothing with others of its kind.
 *
 * The list is fetched when it is first needed, before it is 12 hours old, and when a message is signed with a serial
 * that is not in it, which happens at most once a minute whoever sends such messages. When that fails, the
 * certificates from before stay until they expire.
 *
 * With `platform` the list is only fetched for a message that none of those keys signed. A merchant that has a public
 * key and no certificate at all is served as well.
 *
 * @throws {ConfigError} when apiV3Key is not of 32 bytes
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
    const answer = await fetchCertificates(download)
    if (!answer) return none(fixed !== undefined)
    const known = async (serial: string) => (await fixed?.find(serial)) ?? store.find(serial)?.key
    try {
      return await readCertificates(answer, { cipher, clock, known })
    } catch (error) {
      // WeChat Pay does not send two probes in a row.
      if (again && isProbe(error)) return list(false)
      throw error
    }
  }

  async function keepNew(signal: AbortSignal | undefined): Promise<void> {
    if (store.age < soon || !renewal.allowed) return
    // The certificates at hand are good; that they could not be renewed was told.
    const renewed = renewal.run(signal).catch(() => {})
    if (store.age >= late) await renewed
  }

  async function ready(signal?: AbortSignal): Promise<void> {
    if (fixed) await fixed.ready()
    else if (store.newest()) await keepNew(signal)
    // Not kept to once a minute: it takes the place of a request that cannot be sent.
    else await renewal.run(signal).then(current)
  }

  function current(): PlatformCertificate {
    const newest = store.newest()
    if (newest) return newest
    throw new CertificateError('ERR_CERTIFICATES_UNAVAILABLE', 'no platform certificate is in effect', {
      hint: 'Is the clock of this machine right?',
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
      // A public key's id is in no list.
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

// Each caller has one of their own.
function again(cause: Error): CertificateError {
  return new CertificateError(
    'ERR_CERTIFICATES_UNAVAILABLE',
    'the platform certificates could not be had less than a minute ago',
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
      hint: "In place of certificates: 'auto' give platform: { 'PUB_KEY_ID_…': pem }, from the merchant platform",
    },
  )
}

function isProbe(error: unknown): boolean {
  return (
    error instanceof Error && (error.cause as VerificationError | undefined)?.code === 'ERR_RESPONSE_PROBE'
  )
}
