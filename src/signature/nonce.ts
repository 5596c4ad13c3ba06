const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase())

const length = 16

// Filled for many nonces at once, as a few random bytes cost as much time as many.
const pool = new Uint8Array(length * 64)
let next = pool.length

/** 32 characters from the platform's cryptographic random source. No byte is used twice. */
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
