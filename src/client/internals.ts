import { ConfigError } from '../errors.ts'
import type { DownloadTools } from '../files/file-download.ts'
import type { PrivateKey } from '../keys/signer.ts'
import type { KnownOperations } from '../operations/operation.ts'
import type { KeySource } from '../verification/platform.ts'
import type { Call } from './call.ts'

/** What a client has beside its verbs, for the functions that take a client. */
export interface Internals {
  download: DownloadTools
  keys: KeySource
  operations: KnownOperations
  call: Call
  privateKey: PrivateKey
}

const internals = new WeakMap<object, Internals>()

/** Marks clients of every copy of this package. It opens nothing: only the copy that made a client has its keys. */
const made = /* @__PURE__ */ Symbol.for('wechatpay-fetch.client')

/** Attaches internals to a client. */
export function withInternals<C extends object>(client: C, own: Internals): C {
  internals.set(client, own)
  return Object.defineProperty(client, made, { value: true })
}

/** @throws {ConfigError} for anything that `createClient` did not make */
export function internalsOf(client: object): Internals {
  const own = internals.get(client)
  if (own) return own
  if (typeof client === 'object' && client !== null && made in client)
    throw new ConfigError('ERR_CONFIG', 'this client was made by another copy of wechatpay-fetch', {
      hint: 'Import all of it from one copy: see npm ls wechatpay-fetch; a bundle is one, too',
    })
  throw new ConfigError('ERR_CONFIG', 'this object was not made by createClient')
}

/**
 * The WeChat Pay keys that a client trusts, including the certificates that it fetches, for `createNotifications`:
 *
 * ```ts
 * const notifications = createNotifications({ keys: platformKeys(client), apiV3Key })
 * ```
 *
 * @param client made by `createClient`
 * @throws {ConfigError} for anything else
 */
export function platformKeys(client: object): KeySource {
  return internalsOf(client).keys
}
