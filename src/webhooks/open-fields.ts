import { EncryptionError, type ErrorContext } from '../errors.ts'
import { openData } from '../fields/open-response.ts'
import type { Decrypter } from '../keys/decrypter.ts'
import type { Places } from '../operations/traits.ts'
import { ownProperties } from '../own.ts'

/**
 * Turns a decrypted resource into what its type says: decrypts fields that are encrypted for the merchant's certificate
 * too, and parses embedded JSON.
 *
 * @param places where the resource has such fields
 * @param decrypter of the merchant's private key, if it was given
 * @throws {EncryptionError} ERR_DECRYPT, or ERR_DECRYPT_KEY when such a field exists and there is no key
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function openFields(
  resource: unknown,
  places: Places,
  decrypter: Decrypter | undefined,
  context: ErrorContext,
): Promise<unknown> {
  const { decrypt = missing } = decrypter ?? {}
  return openData(resource, ownProperties(places), decrypt, context)

  async function missing(_: string, { place }: { place?: string | undefined }): Promise<never> {
    throw new EncryptionError('ERR_DECRYPT_KEY', `${place} is encrypted, and there is no key to decrypt it`, {
      ...context,
      hint: "Pass the merchant's privateKey to createNotifications: this field is encrypted for its certificate",
    })
  }
}
