import type { Attempts } from '../exchange/attempts.ts'
import { loadedOnce } from '../loaded-once.ts'
import { type KeySource, knownKeys } from '../verification/platform.ts'
import type { CommonOptions } from './options.ts'

/** The source of the WeChat Pay keys that a client trusts. */
export function keySource(options: CommonOptions, attempt: Attempts): KeySource {
  const { platform, certificates } = options
  if (certificates !== 'auto') return knownKeys(platform ?? {})
  // They are read again where certificates are fetched; a mistake is reported here.
  if (platform) knownKeys(platform)
  return loadedLate(async () => (await import('./automatic-keys.ts')).automaticKeys(options, attempt))
}

/** A key source whose code is loaded with its first use, as most merchants have a public key of WeChat Pay. */
function loadedLate(load: () => Promise<KeySource>): KeySource {
  let loaded: KeySource | undefined
  const source = loadedOnce(async () => {
    loaded = await load()
    return loaded
  })
  return {
    remote: true,
    ready: async (signal) => (await source()).ready(signal),
    trusted: () => loaded!.trusted(),
    find: async (serial, signal) => (await source()).find(serial, signal),
    encrypter: async (signal) => (await source()).encrypter(signal),
  }
}
