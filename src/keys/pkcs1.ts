import type { Bytes } from '../bytes.ts'
import { encode, sequence, tags } from './der.ts'

/** AlgorithmIdentifier { rsaEncryption, NULL } */
const rsaEncryption = new Uint8Array([0x30, 13, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1, 5, 0])

/**
 * Wraps a PKCS#1 private key (`RSA PRIVATE KEY`) as PKCS#8, which WebCrypto reads; `undefined` when it is not one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5208#section-5
 */
export function pkcs8(pkcs1: Uint8Array): Bytes | undefined {
  // version, n, e, d, p, q, and three values for the Chinese remainder theorem
  if (!isIntegers(pkcs1, 9)) return undefined
  const version = encode(tags.integer, new Uint8Array(1))
  return encode(tags.sequence, version, rsaEncryption, encode(tags.octets, pkcs1))
}

/**
 * Wraps a PKCS#1 public key (`RSA PUBLIC KEY`) as SPKI, which WebCrypto reads; `undefined` when it is not one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function spki(pkcs1: Uint8Array): Bytes | undefined {
  if (!isIntegers(pkcs1, 2)) return undefined
  // The zero byte says that the bit string has no unused bits.
  return encode(tags.sequence, rsaEncryption, encode(tags.bits, new Uint8Array(1), pkcs1))
}

function isIntegers(der: Uint8Array, count: number): boolean {
  const found = sequence(der)
  return found?.length === count && found.every(({ tag }) => tag === tags.integer)
}
