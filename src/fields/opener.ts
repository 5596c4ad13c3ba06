import type { ErrorContext } from '../errors.ts'
import { decrypter } from '../keys/decrypter.ts'
import type { PrivateKey } from '../keys/signer.ts'
import type { Places } from '../operations/traits.ts'
import { openData } from './open-response.ts'

/** {@link openData} with a merchant's private key. */
export function openerFor(
  privateKey: PrivateKey,
): (data: unknown, places: Places, context: ErrorContext) => Promise<unknown> {
  const { decrypt } = decrypter(privateKey)
  return (data, places, context) => openData(data, places, decrypt, context)
}
