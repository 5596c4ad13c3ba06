import { constants, privateDecrypt } from 'node:crypto'
import type { Places } from '../../src/operations/traits.ts'

/** Applies a function to the strings at the encrypted places of a value: a second reading of the places, for tests. */
export function atEncrypted(
  value: unknown,
  places: Places | undefined,
  change: (text: string) => string,
): unknown {
  return (places?.encrypted ?? []).reduce((whole, place) => {
    return at(whole, place.split(/\.|(?=\[\])/), change)
  }, value)
}

function at(value: unknown, [step, ...rest]: string[], change: (text: string) => string): unknown {
  if (step === undefined) return typeof value === 'string' ? change(value) : value
  if (step === '[]') return Array.isArray(value) ? value.map((item) => at(item, rest, change)) : value
  if (typeof value === 'string' && value.startsWith('{'))
    return JSON.stringify(at(JSON.parse(value), [step, ...rest], change))
  if (typeof value !== 'object' || value === null || !(step in value)) return value
  return { ...value, [step]: at((value as Record<string, unknown>)[step], rest, change) }
}

/** Decrypts as WeChat Pay does, with OpenSSL's RSA. */
export function opened(privateKey: string): (base64: string) => string {
  return (base64) =>
    // There is nothing to encrypt in nothing.
    base64 &&
    privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(base64, 'base64'),
    ).toString()
}
