import { encryptOaep } from '../encryption/oaep.ts'
import type { KeySource, PlatformEncrypter } from '../verification/platform.ts'
import type { Encrypt } from './seal-text.ts'

/** Encrypts the fields of one request. */
export interface Sealer {
  encrypt: Encrypt
  /** Serial of the key that was used, to be sent as `Wechatpay-Serial`; `undefined` until something is encrypted. */
  serial(): string | undefined
}

/**
 * Makes a sealer for one request. All its fields are encrypted for one key, even when keys are switched meanwhile. The
 * key is requested with the first field, so a request without sensitive fields needs none.
 */
export function sealerFor(keys: Pick<KeySource, 'encrypter'>): Sealer {
  let requested: Promise<PlatformEncrypter> | undefined
  let serial: string | undefined
  return {
    serial: () => serial,
    async encrypt(plain, field) {
      requested ??= keys.encrypter()
      const used = await requested
      serial = used.serial
      return encryptOaep(used.key, plain, field)
    },
  }
}
