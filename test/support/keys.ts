import { generateKeyPairSync } from 'node:crypto'

/** A key pair in PEM: PKCS#8 and SPKI. */
export interface Pair {
  privateKey: string
  publicKey: string
}

/** A new RSA pair. */
export function rsaPair(bits = 2048): Pair {
  return generateKeyPairSync('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}

/** Another pair that fits no other one of a test; made once. */
export const stranger: () => Pair = (() => {
  let pair: Pair | undefined
  return () => {
    pair ??= rsaPair()
    return pair
  }
})()
