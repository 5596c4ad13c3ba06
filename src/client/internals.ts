import { ConfigError } from '../errors.ts'
import type { DownloadTools } from '../files/file-download.ts'
import type { KeySource } from '../verification/platform.ts'

/** What a client has beside its verbs, for the functions that take one. */
export interface Internals {
  download: DownloadTools
  keys: KeySource
}

const internals = new WeakMap<object, Internals>()

/** Puts it behind a client. */
export function withInternals<C extends object>(client: C, inside: Internals): C {
  internals.set(client, inside)
  return client
}

/** @throws {ConfigError} for anything but what `createClient` made */
export function internalsOf(client: object): Internals {
  const inside = internals.get(client)
  if (inside) return inside
  throw new ConfigError('ERR_CONFIG', 'this is no client that createClient made')
}

/**
 * The keys of WeChat Pay that a client trusts, with the certificates that it fetches, for `createNotifications`:
 *
 * ```ts
 * const notifications = createNotifications({ keys: platformKeys(client), apiV3Key })
 * ```
 *
 * @param client as `createClient` made it
 * @throws {ConfigError} for anything else
 */
export function platformKeys(client: object): KeySource {
  return internalsOf(client).keys
}
