import { encryptOaep } from '../encryption/oaep.ts'
import type { KeySource, PlatformEncrypter } from '../verification/platform.ts'
import type { Encrypt } from './seal-text.ts'

/** Encrypts the fields of one request. */
export interface Sealer {
  encrypt: Encrypt
  /** Serial of the key that was used, to be sent as `Wechatpay-Serial`; nothing while nothing was encrypted. */
  serial(): string | undefined
}

/**
 * Makes a sealer for one request: all of its fields are for one key, also while keys change. The key is asked for with
 * the first field, so a request without one needs none.
 */
export function sealerFor(keys: Pick<KeySource, 'encrypter'>): Sealer {
  let asked: Promise<PlatformEncrypter> | undefined
  let serial: string | undefined
  return {
    serial: () => serial,
    async encrypt(plain, field) {
      asked ??= keys.encrypter()
      const used = await asked
      serial = used.serial
      return encryptOaep(used.key, plain, field)
    },
  }
}
