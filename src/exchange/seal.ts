import { refuseQuery, refuseText } from '../fields/refuse-text.ts'
import { sealQuery, sealRequest } from '../fields/seal-request.ts'
import { sealerFor } from '../fields/sealer.ts'
import { type Hooks, notify } from '../hooks.ts'
import type { Operation } from '../operation.ts'
import type { KeySource } from '../verification/platform.ts'
import type { Outgoing } from './outgoing.ts'

/** A request as it goes out, but for its signature. */
export interface SealedRequest extends Outgoing {
  /** The key of WeChat Pay that sensitive fields are encrypted for, and that the answer shall be signed with. */
  platformSerial: string
}

/**
 * Refuses text that the gateway refuses, writes embedded JSON, and encrypts sensitive fields. After it, nothing holds
 * their plain text any more.
 *
 * @throws {RequestError} ERR_TEXT
 * @throws {EncryptionError}
 */
export async function seal(
  outgoing: Outgoing,
  operation: Operation,
  keys: KeySource,
  hooks: Hooks = {},
): Promise<SealedRequest> {
  const { name, traits } = operation
  const { request, query } = traits
  const { serial, encrypt } = sealerFor(observed(keys, name, hooks))
  const { method, headers, signal, url: plainUrl, body: plain } = outgoing
  const url = query ? await sealQuery(plainUrl, query, encrypt, name) : plainUrl
  const body = request && typeof plain === 'string' ? await sealRequest(plain, request, encrypt, name) : plain
  // What is encrypted may hold any character, so this looks at what goes out.
  if (typeof body === 'string') refuseText(body, name)
  refuseQuery(url, name)
  return { method, url, headers, body, signal, platformSerial: serial() ?? keys.trusted() }
}

/** The same keys, whose use for encryption is told. */
export function observed(keys: KeySource, operation: string, hooks: Hooks): Pick<KeySource, 'encrypter'> {
  return {
    async encrypter(signal) {
      const encrypter = await keys.encrypter(signal)
      notify(hooks.key, { use: 'encrypt', serial: encrypter.serial, operation })
      return encrypter
    },
  }
}
