import { webhookPlaces } from '../../generated/webhook-places.ts'
import { EncryptionError, type ErrorContext } from '../errors.ts'
import { openData } from '../fields/open-response.ts'
import type { Decrypter } from '../keys/decrypter.ts'

/**
 * Makes of a decrypted resource what its type says: the fields that are encrypted once more, with the key of the
 * merchant's certificate, in plain; embedded JSON as objects.
 *
 * @param decrypter of the merchant's private key, when there is one
 * @throws {EncryptionError} ERR_DECRYPT, or ERR_DECRYPT_KEY when there is such a field and no key
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053257
 */
export async function openFields(
  resource: unknown,
  event: string,
  decrypter: Decrypter | undefined,
  context: ErrorContext,
): Promise<unknown> {
  if (!Object.hasOwn(webhookPlaces, event)) return resource
  const { decrypt = missing } = decrypter ?? {}
  return openData(resource, webhookPlaces[event]!, decrypt, context)

  async function missing(_: string, { place }: { place?: string | undefined }): Promise<never> {
    throw new EncryptionError('ERR_DECRYPT_KEY', `${place} is encrypted, and there is no key to open it`, {
      ...context,
      hint: "Give privateKey, the merchant's own: WeChat Pay encrypts this field for its certificate",
    })
  }
}
