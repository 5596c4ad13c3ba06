import { refuseQuery, refuseText } from '../fields/refuse-text.ts'
import type { Hooks } from '../hooks.ts'
import { loadedOnce } from '../loaded-once.ts'
import type { KnownOperations, Operation } from '../operations/operation.ts'
import type { KeySource } from '../verification/platform.ts'
import type { Outgoing, SealedRequest } from './outgoing.ts'

// Loaded late, as most operations have no such fields; and once, as each import() of a loaded module takes time.
const sealing = /* @__PURE__ */ loadedOnce(() => import('./seal-fields.ts'))

/** What sealing needs of a client. */
export interface SealParts {
  keys: KeySource
  hooks: Hooks
  operations: KnownOperations
}

/**
 * Writes embedded JSON, encrypts sensitive fields, and refuses text that the gateway refuses. The result holds no plain
 * text of a sensitive field.
 *
 * @throws {RequestError} ERR_TEXT; ERR_OPERATION_UNKNOWN for a URL that reaches another operation with such fields
 * @throws {EncryptionError}
 */
export async function seal(
  outgoing: Outgoing,
  operation: Operation,
  { keys, hooks, operations }: SealParts,
): Promise<SealedRequest> {
  const { name, traits, encryptedFor } = operation
  const { method, headers, signal } = outgoing
  await refuseOtherOperation(outgoing, operation, operations)
  const sealed =
    traits.request || traits.query
      ? await (await sealing()).sealFields(outgoing, operation, keys, hooks)
      : undefined
  const { url, body, serial = encryptedFor } = sealed ?? (outgoing as Outgoing & { serial?: undefined })
  // After sealing, because encrypted text may hold any character.
  if (typeof body === 'string') await refuseText(body, name)
  await refuseQuery(url, name)
  return { method, url, headers, body, signal, platformSerial: serial ?? keys.trusted() }
}

// A path without variables is what it says, unless baseUrl has a part of the path.
async function refuseOtherOperation(
  { url }: Outgoing,
  operation: Operation,
  operations: KnownOperations,
): Promise<void> {
  const [path = ''] = url.replace(/^https?:\/\/[^/]*/i, '').split(/[?#]/, 1)
  if (!operation.unlisted && operation.name.endsWith(` ${path}`)) return
  const { refuseOtherSpelling } = await import('../operations/spelling.ts')
  refuseOtherSpelling(operation, path, operations)
}
