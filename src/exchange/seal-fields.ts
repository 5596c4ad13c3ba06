import { placesWithin } from '../fields/place-tree.ts'
import { refuseText } from '../fields/refuse-text.ts'
import { sealQuery, sealRequest } from '../fields/seal-request.ts'
import { sealerFor } from '../fields/sealer.ts'
import { writeForm } from '../files/form.ts'
import { type Hooks, notify } from '../hooks.ts'
import type { Operation } from '../operations/operation.ts'
import type { KeySource } from '../verification/platform.ts'
import type { Outgoing, SealedForm } from './outgoing.ts'

/** The URL and the body of a request, and the key that their fields are encrypted for, if they have any. */
interface SealedFields extends Pick<Outgoing, 'url' | 'body'> {
  serial: string | undefined
}

/**
 * Encrypts the sensitive fields of a request and writes its embedded JSON.
 *
 * @throws {EncryptionError}
 */
export async function sealFields(
  { url, body }: Outgoing,
  { name, traits: { request, query } }: Operation,
  keys: KeySource,
  hooks: Hooks,
): Promise<SealedFields> {
  const { serial, encrypt } = sealerFor(observed(keys, name, hooks))
  const sealed = {
    url: query ? await sealQuery(url, query, encrypt, name) : url,
    body: request && typeof body === 'string' ? await sealRequest(body, request, encrypt, name) : body,
  }
  return { ...sealed, serial: serial() }
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
  await keys.ready(signal)
  const { encrypt, serial } = sealerFor(observed(keys, name, hooks))
  const places = traits.request && placesWithin(traits.request, traits.form!.signed)
  const { signed, ...written } = await writeForm(body, traits.form!, name, async (text) => {
    const sealed = places ? await sealRequest(text, places, encrypt, name) : text
    await refuseText(sealed, name)
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
