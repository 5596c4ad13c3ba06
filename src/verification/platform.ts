import type { Bytes } from '../bytes.ts'
import { ConfigError } from '../errors.ts'
import { checkKey, importPublicKey } from '../keys/import.ts'
import { normalSerial } from '../keys/serial.ts'
import { checkCertificateName } from '../keys/x509.ts'
import type { CryptoKey } from '../web-types.ts'

/** Verifies signatures of a key of WeChat Pay in another way than by WebCrypto: `nodeVerifier` of `wechatpay-fetch/node`. */
export interface Verifier {
  /** The key, which encrypts sensitive fields: a PEM or a CryptoKey. */
  readonly publicKey: string | CryptoKey
  /**
   * @param message the bytes that were signed, not hashed
   * @param signature RSASSA-PKCS1-v1_5 with SHA-256
   */
  verify(message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>
}

/** What verifies the signatures of one key. */
export type PlatformKey = CryptoKey | Verifier

/**
 * WeChat Pay's keys, each under the serial that responses name: public keys by their id, `{ 'PUB_KEY_ID_…': pem }`, and
 * platform certificates by their serial number. A key is a PEM (SPKI, or a certificate), a CryptoKey or a {@link Verifier}. While WeChat Pay
 * switches keys, list both the old and the new one. Requests ask for the first.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012153196
 */
export type PlatformKeys = Readonly<Record<string, string | CryptoKey | Verifier>>

/** A key that encrypts for WeChat Pay. */
export interface PlatformEncrypter {
  /** The value of `Wechatpay-Serial`. */
  serial: string
  /** RSA-OAEP with SHA-1, for `encrypt`. */
  key: CryptoKey
}

/** Where the keys of WeChat Pay come from. A signal ends the wait of its own caller only. */
export interface KeySource {
  /** Whether keys may have to be fetched from WeChat Pay. */
  readonly remote: boolean
  /** Resolves once responses can be verified. Nothing is sent before. */
  ready(signal?: AbortSignal): Promise<unknown>
  /** The serial that requests name, and encrypt for. Call it after `ready`. */
  trusted(): string
  /** The key of a serial, for {@link verifiedBy}; undefined when it is unknown. */
  find(serial: string, signal?: AbortSignal): Promise<PlatformKey | undefined>
  /** The key of the trusted serial, for `encrypt`. */
  encrypter(signal?: AbortSignal): Promise<PlatformEncrypter>
}

/**
 * A source of given keys. All are imported once, before the first request.
 *
 * @throws {ConfigError} when there is no key, a name is not one of a key, or a certificate is listed under another serial
 * @throws {KeyError} when a key is certainly wrong; one that fails to import rejects `ready`
 */
export function knownKeys(platform: PlatformKeys): KeySource {
  const verifiers = new Map<string, Verifier>()
  const entries = Object.entries(platform ?? {}).map(([name, key]) => {
    const serial = platformSerial(name, 'platform has a key under the name')
    if (!isVerifier(key)) return [serial, key] as const
    verifiers.set(normalSerial(serial), key)
    return [serial, key.publicKey] as const
  })
  const [first] = entries
  if (!first) {
    throw new ConfigError('ERR_CONFIG', 'platform has no key', {
      hint: "Give { 'PUB_KEY_ID_…': pem }, the WeChat Pay public key under the id shown by the merchant platform",
    })
  }
  const [trusted, trustedKey] = first
  for (const [serial, key] of entries) {
    checkKey(key, 'public', label(serial))
    checkCertificateName(serial, key, label(serial))
  }
  // Requests would ask for one of them, and responses be verified with the other.
  if (new Set(entries.map(([serial]) => normalSerial(serial))).size < entries.length) {
    throw new ConfigError('ERR_CONFIG', 'platform has two keys under one name', {
      hint: 'White space around a name, the case of a serial and zeros before it make no difference',
    })
  }
  let imported: Promise<Map<string, CryptoKey>> | undefined
  let keys: Map<string, PlatformKey> | undefined
  let encryption: Promise<CryptoKey> | undefined
  const all = async () => {
    imported ??= importAll(entries)
    keys = new Map<string, PlatformKey>([...(await imported), ...verifiers])
    return keys
  }
  return {
    remote: false,
    ready: all,
    trusted: () => trusted,
    // Every response passes here: once the keys are imported, do not wait again.
    find: async (serial) => (keys ?? (await all())).get(normalSerial(serial)),
    async encrypter() {
      encryption ??= importedFor(trustedKey, label(trusted))
      return { serial: trusted, key: await encryption }
    },
  }
}

/** Whether a signature is right. */
export async function verifiedBy(key: PlatformKey, message: Bytes, signature: Bytes): Promise<boolean> {
  if ('verify' in key) return (await key.verify(message, signature)) === true
  return crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, signature, message)
}

function isVerifier(key: unknown): key is Verifier {
  return typeof key === 'object' && key !== null && 'verify' in key && typeof key.verify === 'function'
}

/**
 * The serial of a key of WeChat Pay, as requests and responses have it. A wrong one would only be found out by the response
 * of a request that has taken effect.
 *
 * @param problem what a wrong one is, for the message
 * @throws {ConfigError}
 */
export function platformSerial(given: string, problem: string): string {
  const name = String(given).trim()
  if (/^PUB_KEY_ID_\d+$/.test(name)) return name
  // With its leading zeros, as WeChat Pay shows it.
  if (/^(?!0+$)[\da-f]{1,40}$/i.test(name)) return name.toUpperCase()
  throw new ConfigError('ERR_CONFIG', `${problem} ${JSON.stringify(name.slice(0, 64))}`, {
    hint: 'Name a public key by its id, PUB_KEY_ID_ and digits in capitals, and a certificate by its serial number in hexadecimal',
  })
}

// Loaded here, as most operations encrypt nothing.
async function importedFor(key: string | CryptoKey, where: string): Promise<CryptoKey> {
  const { importEncryptionKey } = await import('../keys/oaep-key.ts')
  return importEncryptionKey(key, where)
}

/** A Map, as the serial of a response might be `__proto__`. */
async function importAll(
  entries: (readonly [string, string | CryptoKey])[],
): Promise<Map<string, CryptoKey>> {
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
