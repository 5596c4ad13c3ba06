const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase())

const length = 16

// Drawn for many nonces at once: asking for a few bytes takes as long as asking for many.
const pool = new Uint8Array(length * 64)
let next = pool.length

/** 32 characters from the platform's cryptographic random source, each of them used once. */
export function randomNonce(): string {
  if (next === pool.length) {
    crypto.getRandomValues(pool)
    next = 0
  }
  let nonce = ''
  for (const end = next + length; next < end; next++) {
    nonce += hex[pool[next]!]
    pool[next] = 0
  }
  return nonce
}
