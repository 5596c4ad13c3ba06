import { KeyError } from '../errors.ts'
import type { CryptoKey } from '../web-types.ts'
import type { KeyKind } from './pem.ts'

const advice =
  "Import it with { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } for 'sign' or 'verify', or pass the PEM"

/** Whether it is a CryptoKey. Looks at its tag, because a key may come from another realm. */
export function isCryptoKey(key: unknown): key is CryptoKey {
  return Object.prototype.toString.call(key) === '[object CryptoKey]'
}

/**
 * Checks that a key can sign (private) or verify (public) as WeChat Pay requires.
 *
 * @param where the option's name, for messages
 * @throws {KeyError} ERR_KEY_IS_PUBLIC, ERR_KEY_IS_PRIVATE, ERR_KEY_NOT_RSA, ERR_KEY_USAGE, ERR_KEY_SIZE
 */
export function checkCryptoKey(key: CryptoKey, kind: KeyKind, where: string): CryptoKey {
  const { name, hash, modulusLength } = key.algorithm as Partial<RsaHashedKeyAlgorithm>
  if (key.type !== kind) {
    const code =
      key.type === 'private'
        ? 'ERR_KEY_IS_PRIVATE'
        : key.type === 'public'
          ? 'ERR_KEY_IS_PUBLIC'
          : 'ERR_KEY_NOT_RSA'
    throw new KeyError(code, `${where} is a ${key.type} CryptoKey, but must be a ${kind} one`)
  }
  if (!name?.startsWith('RS'))
    throw new KeyError('ERR_KEY_NOT_RSA', `${where} is a CryptoKey for ${name}, but must be RSA`)
  if (name !== 'RSASSA-PKCS1-v1_5' || hash?.name !== 'SHA-256') {
    throw new KeyError('ERR_KEY_USAGE', `${where} is a CryptoKey for ${name} with ${hash?.name}`, {
      hint: advice,
    })
  }
  const usage = kind === 'private' ? 'sign' : 'verify'
  if (!key.usages.includes(usage)) {
    throw new KeyError('ERR_KEY_USAGE', `${where} is a CryptoKey without the usage "${usage}"`, {
      hint: advice,
    })
  }
  if (modulusLength !== 2048) {
    throw new KeyError(
      'ERR_KEY_SIZE',
      `${where} is an RSA key of ${modulusLength} bits, but must have 2048`,
      {
        hint: 'Pass the key of the merchant API certificate, or the WeChat Pay public key, as downloaded',
      },
    )
  }
  return key
}
