import type { Bytes } from '../bytes.ts'

/** GHASH computed piece by piece. */
export interface Ghash {
  /** Adds bytes, filled up with zeros to whole blocks of 16: only the last piece may end within a block. */
  update(bytes: Uint8Array): void
  /** The hash of all bytes added so far. */
  digest(): Bytes
}

/**
 * The hash behind the tag of AES-GCM, which WebCrypto computes over whole messages only.
 *
 * A table holds the product of the key with each value of each byte of a block (64 KiB), so a block is 16 look-ups.
 *
 * @param key 16 bytes: the encryption of zeros
 * @see https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf sections 6.3 and 6.4
 */
export function ghash(key: Uint8Array): Ghash {
  const products = productsOf(key)
  const state = new Uint8Array(16)
  const view = new DataView(state.buffer)
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length; at += 16) {
        let [a, b, c, d] = [0, 0, 0, 0]
        for (let i = 0; i < 16; i++) {
          // After the end, `undefined` counts as zero.
          const product = (i * 256 + (state[i]! ^ bytes[at + i]!)) * 4
          a ^= products[product]!
          b ^= products[product + 1]!
          c ^= products[product + 2]!
          d ^= products[product + 3]!
        }
        view.setInt32(0, a)
        view.setInt32(4, b)
        view.setInt32(8, c)
        view.setInt32(12, d)
      }
    },
    digest: () => state.slice(),
  }
}

/** The products of the key, as four words each: those of the single bits by doubling, all others as their sums. */
function productsOf(key: Uint8Array): Int32Array {
  const products = new Int32Array(16 * 256 * 4)
  const view = new DataView(key.buffer, key.byteOffset)
  let [a, b, c, d] = [view.getInt32(0), view.getInt32(4), view.getInt32(8), view.getInt32(12)]
  for (let bit = 0; bit < 128; bit++) {
    products.set([a, b, c, d], ((bit >> 3) * 256 + (0x80 >> (bit & 7))) * 4)
    const carry = d & 1
    d = (d >>> 1) | (c << 31)
    c = (c >>> 1) | (b << 31)
    b = (b >>> 1) | (a << 31)
    a = (a >>> 1) ^ (carry && 0xe1000000)
  }
  for (let at = 0; at < products.length; at++) {
    const value = (at >> 2) & 255
    const lowest = value & -value
    products[at] = products[at - lowest * 4]! ^ products[at - (value - lowest) * 4]!
  }
  return products
}
