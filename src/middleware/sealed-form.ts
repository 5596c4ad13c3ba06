import { RequestError } from '../errors.ts'
import { placesWithin } from '../fields/place-tree.ts'
import { sealRequest } from '../fields/seal-request.ts'
import type { Encrypt } from '../fields/seal-text.ts'
import type { Places } from '../operations/traits.ts'

/**
 * Encrypts the sensitive fields in the JSON part of a form. The other parts stay unchanged.
 *
 * @param part its name: `meta`
 * @param places of the form: `meta.phone`
 * @throws {RequestError} ERR_REQUEST when the part is missing or not JSON
 * @throws {EncryptionError} as {@link sealRequest} does
 */
export async function sealForm(
  form: FormData,
  part: string,
  places: Places,
  encrypt: Encrypt,
  operation: string,
): Promise<FormData> {
  const given = form.get(part)
  if (given === null) throw new RequestError('ERR_REQUEST', `the form has no ${part}`, { operation })
  const text = typeof given === 'string' ? given : await given.text()
  const sealed = await sealRequest(text, placesWithin(places, part), encrypt, operation)
  const copy = new FormData()
  for (const [name, value] of form) {
    if (name !== part) copy.append(name, value)
    else if (typeof value === 'string') copy.append(name, sealed)
    else copy.append(name, new Blob([sealed], { type: value.type }), value.name)
  }
  return copy
}
