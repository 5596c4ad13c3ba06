import { placesWithin } from '../fields/place-tree.ts'
import { refuseQuery, refuseText } from '../fields/refuse-text.ts'
import { sealQuery, sealRequest } from '../fields/seal-request.ts'
import { sealerFor } from '../fields/sealer.ts'
import type { WrittenForm } from '../files/form.ts'
import { type Hooks, notify } from '../hooks.ts'
import type { Operation } from '../operation.ts'
import type { KeySource } from '../verification/platform.ts'
import { formSnapshot } from './form-snapshot.ts'
import type { Outgoing, SealedRequest } from './outgoing.ts'

/** A written form whose sensitive fields are encrypted. */
export interface SealedForm extends Omit<WrittenForm, 'signed'> {
  /** Signed instead of the body. */
  signedText: string
  /** The key that its fields are encrypted for, if it has any. */
  platformSerial: string | undefined
}

/**
 * Writes embedded JSON, encrypts sensitive fields, and refuses text that the gateway refuses. The result holds no plain
 * text of a sensitive field.
 *
 * @throws {RequestError} ERR_TEXT
 * @throws {EncryptionError}
 */
export async function seal(
  outgoing: Outgoing,
  operation: Operation,
  keys: KeySource,
  hooks: Hooks,
): Promise<SealedRequest> {
  const { name, traits } = operation
  const { request, query } = traits
  const { serial, encrypt } = sealerFor(observed(keys, name, hooks))
  const { method, headers, signal, url: plainUrl, body: plain } = outgoing
  const url = query ? await sealQuery(plainUrl, query, encrypt, name) : plainUrl
  const body = request && typeof plain === 'string' ? await sealRequest(plain, request, encrypt, name) : plain
  // After sealing, because encrypted text may hold any character.
  if (typeof body === 'string') refuseText(body, name)
  refuseQuery(url, name)
  return { method, url, headers, body, signal, platformSerial: serial() ?? keys.trusted() }
}

/**
 * Writes the form of an upload, with the sensitive fields of its signed part encrypted.
 *
 * @throws {RequestError} ERR_UPLOAD, ERR_TEXT
 * @throws {EncryptionError}
 */
export async function sealForm(
  body: unknown,
  { name, traits }: Operation,
  keys: KeySource,
  hooks: Hooks,
  signal: AbortSignal,
): Promise<SealedForm> {
  // Before anything is awaited, so that what the caller changes later is neither signed nor sent.
  const taken = formSnapshot(body, traits.form!, name)
  // Loaded here, as most apps never upload.
  const { writeForm } = await import('../files/form.ts')
  await keys.ready(signal)
  const { encrypt, serial } = sealerFor(observed(keys, name, hooks))
  const places = traits.request && placesWithin(traits.request, traits.form!.signed)
  const { signed, ...written } = await writeForm(taken, traits.form!, name, async (text) => {
    const sealed = places ? await sealRequest(text, places, encrypt, name) : text
    refuseText(sealed, name)
    return sealed
  })
  return { ...written, signedText: signed, platformSerial: serial() }
}

/** The key source, wrapped so that the `key` hook sees each encryption. */
function observed(keys: KeySource, operation: string, hooks: Hooks): Pick<KeySource, 'encrypter'> {
  return {
    async encrypter(signal) {
      const encrypter = await keys.encrypter(signal)
      notify(hooks.key, { use: 'encrypt', serial: encrypter.serial, operation })
      return encrypter
    },
  }
}
