import type { ErrorContext } from '../errors.ts'
import type { PrivateKey } from '../keys/signer.ts'
import { loadedOnce } from '../loaded-once.ts'
import type { Places } from '../operations/traits.ts'

/** Turns a response's data into what its type says, with its sensitive fields decrypted. */
export type OpenData = (data: unknown, places: Places, context: ErrorContext) => Promise<unknown>

/** Loads the code for that with its first use, as most operations have no such fields. */
export function dataOpener(privateKey: PrivateKey): OpenData {
  const opener = loadedOnce(async () => (await import('../fields/opener.ts')).openerFor(privateKey))
  return async (data, places, context) => (await opener())(data, places, context)
}
