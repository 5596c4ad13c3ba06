import type { ErrorContext } from '../errors.ts'
import type { PrivateKey } from '../keys/signer.ts'
import type { Places } from '../operations/traits.ts'

/** Turns a response's data into what its type says, with its sensitive fields decrypted. */
export type OpenData = (data: unknown, places: Places, context: ErrorContext) => Promise<unknown>

/** Loads the code for that with its first use, as most operations have no such fields. */
export function dataOpener(privateKey: PrivateKey): OpenData {
  let loading: Promise<OpenData> | undefined
  return async (data, places, context) => {
    loading ??= load(privateKey)
    const open = await loading.catch((failure) => {
      loading = undefined
      throw failure
    })
    return open(data, places, context)
  }
}

async function load(privateKey: PrivateKey): Promise<OpenData> {
  const { openerFor } = await import('../fields/opener.ts')
  return openerFor(privateKey)
}
