import { ConfigError } from '../errors.ts'
import { checkKey, importPublicKey } from '../keys/import.ts'

/**
 * WeChat Pay's public keys, each under the serial that answers name: `{ 'PUB_KEY_ID_…': pem }`.
 * A PEM (SPKI) or a CryptoKey. Hold both while WeChat Pay switches from one to another; the first one is
 * the one that requests ask for.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012153196
 */
export type PlatformKeys = Readonly<Record<string, string | CryptoKey>>

/** Where the keys of WeChat Pay come from. */
export interface KeySource {
  /** The serial that a request names as the one it trusts. */
  readonly trusted: string
  /** Resolves when an answer could be verified: nothing is sent whose answer could not be. */
  ready(): Promise<unknown>
  /** The key of that serial, or nothing when there is none. */
  find(serial: string): Promise<CryptoKey | undefined>
}

/**
 * A source of keys that are known beforehand; all are imported once, before the first request.
 *
 * @throws {ConfigError} when there is no key
 * @throws {KeyError} when a key is certainly wrong; what only an import can tell rejects `ready`
 */
export function knownKeys(platform: PlatformKeys): KeySource {
  const entries = Object.entries(platform ?? {})
  const [trusted] = entries[0] ?? []
  if (!trusted) {
    throw new ConfigError('ERR_CONFIG', 'platform has no key', {
      hint: "Give { 'PUB_KEY_ID_…': pem }, the WeChat Pay public key under its id, as the merchant platform shows it",
    })
  }
  for (const [serial, key] of entries) checkKey(key, 'public', label(serial))
  let imported: Promise<Map<string, CryptoKey>> | undefined
  const all = () => {
    imported ??= importAll(entries)
    return imported
  }
  return { trusted, ready: all, find: async (serial) => (await all()).get(serial) }
}

/** A Map, as an answer's serial might be `__proto__`. */
async function importAll(entries: [string, string | CryptoKey][]): Promise<Map<string, CryptoKey>> {
  return new Map(
    await Promise.all(
      entries.map(async ([serial, key]) => [serial, await importPublicKey(key, label(serial))] as const),
    ),
  )
}

function label(serial: string): string {
  return `platform['${serial}']`
}
