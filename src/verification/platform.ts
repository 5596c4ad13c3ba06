import { ConfigError } from '../errors.ts'
import { checkKey, importPublicKey } from '../keys/import.ts'
import { importEncryptionKey } from '../keys/oaep-key.ts'
import { normalSerial } from '../keys/serial.ts'
import { checkCertificateName } from '../keys/x509.ts'

/**
 * WeChat Pay's keys, each under the serial that answers name: public keys by their id, `{ 'PUB_KEY_ID_…': pem }`, and
 * platform certificates by their serial number; several, and both at once. A key is a PEM (SPKI, or a certificate) or
 * a CryptoKey. Hold old and new while WeChat Pay switches; the first one is the one that requests ask for.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012153196
 */
export type PlatformKeys = Readonly<Record<string, string | CryptoKey>>

/** A key to encrypt for WeChat Pay with. */
export interface PlatformEncrypter {
  /** What `Wechatpay-Serial` must name. */
  serial: string
  /** RSA-OAEP with SHA-1, for `encrypt`. */
  key: CryptoKey
}

/** Where the keys of WeChat Pay come from. A signal ends the wait of its caller alone. */
export interface KeySource {
  /** It may have to wait for WeChat Pay. */
  readonly remote: boolean
  /** Resolves when an answer could be verified: nothing is sent whose answer could not be. */
  ready(signal?: AbortSignal): Promise<unknown>
  /** The serial that a request names as the one it trusts, and that it encrypts for. Call it after `ready`. */
  trusted(): string
  /** The key of that serial, for `verify`; nothing when there is none. */
  find(serial: string, signal?: AbortSignal): Promise<CryptoKey | undefined>
  /** The key of the trusted serial, for `encrypt`. */
  encrypter(signal?: AbortSignal): Promise<PlatformEncrypter>
}

/**
 * A source of keys that are known beforehand; all are imported once, before the first request.
 *
 * @throws {ConfigError} when there is no key, or a certificate under another serial than its own
 * @throws {KeyError} when a key is certainly wrong; what only an import can tell rejects `ready`
 */
export function knownKeys(platform: PlatformKeys): KeySource {
  const entries = Object.entries(platform ?? {})
  const [[first, trustedKey] = []] = entries
  // As it was given, zeros before it too: that is how WeChat Pay shows it.
  const trusted = first && (normalSerial(first) === first ? first : first.toUpperCase())
  if (!trusted || !trustedKey) {
    throw new ConfigError('ERR_CONFIG', 'platform has no key', {
      hint: "Give { 'PUB_KEY_ID_…': pem }, the WeChat Pay public key under its id, as the merchant platform shows it",
    })
  }
  for (const [serial, key] of entries) {
    checkKey(key, 'public', label(serial))
    checkCertificateName(serial, key, label(serial))
  }
  let imported: Promise<Map<string, CryptoKey>> | undefined
  let keys: Map<string, CryptoKey> | undefined
  let encryption: Promise<CryptoKey> | undefined
  const all = async () => {
    imported ??= importAll(entries)
    keys = await imported
    return keys
  }
  return {
    remote: false,
    ready: all,
    trusted: () => trusted,
    // Every answer passes here: once the keys are there, nothing is waited for.
    find: async (serial) => (keys ?? (await all())).get(normalSerial(serial)),
    async encrypter() {
      encryption ??= importEncryptionKey(trustedKey, label(trusted))
      return { serial: trusted, key: await encryption }
    },
  }
}

/** A Map, as an answer's serial might be `__proto__`. */
async function importAll(entries: [string, string | CryptoKey][]): Promise<Map<string, CryptoKey>> {
  return new Map(
    await Promise.all(
      entries.map(
        async ([serial, key]) => [normalSerial(serial), await importPublicKey(key, label(serial))] as const,
      ),
    ),
  )
}

function label(serial: string): string {
  return `platform['${serial}']`
}
