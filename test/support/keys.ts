import { generateKeyPairSync } from 'node:crypto'

/** A key pair in PEM: PKCS#8 and SPKI. */
export interface Pair {
  privateKey: string
  publicKey: string
}

// Pairs of 2048 bits take a seventh of the time of all tests, so that the next test file of a process gets them again.
const made: Pair[] = []
let given = 0
let givenTo: string | undefined

/** An RSA pair that the running test file has not had yet. */
export function rsaPair(bits = 2048): Pair {
  if (bits !== 2048) return generate(bits)
  const { TEST_FILE } = process.env
  if (TEST_FILE !== givenTo) given = 0
  givenTo = TEST_FILE
  const pair = made[given] ?? generate(bits)
  made[given++] = pair
  return pair
}

function generate(bits: number): Pair {
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
    pair ??= generate(2048)
    return pair
  }
})()
