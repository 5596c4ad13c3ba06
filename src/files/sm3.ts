/** A digest computed piece by piece, in constant memory. */
export interface Digest {
  /** Adds bytes; it keeps no reference to them. */
  update(bytes: Uint8Array): unknown
  /** The digest of all bytes added. Call it once, at the end. */
  digest(): Uint8Array
}

const start = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]

// The constant T of each round, rotated left by j.
const constants = Int32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j & 31))

/**
 * SM3, which WebCrypto lacks: the digest of invoice uploads and electronic receipts.
 *
 * @see https://www.oscca.gov.cn/sca/xxgk/2010-12/17/content_1002389.shtml GM/T 0004-2012
 */
export function sm3(): Digest {
  const state = Int32Array.from(start)
  const words = new Int32Array(68)
  const block = new Uint8Array(64)
  const view = new DataView(block.buffer)
  let filled = 0
  let length = 0

  function update(bytes: Uint8Array): void {
    length += bytes.length
    for (let at = 0; at < bytes.length; ) {
      const taken = Math.min(64 - filled, bytes.length - at)
      block.set(bytes.subarray(at, at + taken), filled)
      at += taken
      filled += taken
      if (filled === 64) compress()
    }
  }

  /** Compresses the full block into the state. */
  function compress(): void {
    filled = 0
    for (let j = 0; j < 16; j++) words[j] = view.getInt32(j * 4)
    for (let j = 16; j < 68; j++) {
      const x = words[j - 16]! ^ words[j - 9]! ^ rotate(words[j - 3]!, 15)
      words[j] = x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(words[j - 13]!, 7) ^ words[j - 6]!
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
    for (let j = 0; j < 64; j++) {
      const a12 = rotate(a, 12)
      const ss1 = rotate((a12 + e + constants[j]!) | 0, 7)
      const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
      const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
      const tt1 = (ff + d + (ss1 ^ a12) + (words[j]! ^ words[j + 4]!)) | 0
      const tt2 = (gg + h + ss1 + words[j]!) | 0
      d = c
      c = rotate(b, 9)
      b = a
      a = tt1
      h = g
      g = rotate(f, 19)
      f = e
      e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17)
    }
    for (const [j, word] of [a, b, c, d, e, f, g, h].entries()) state[j]! ^= word
  }

  function digest(): Uint8Array {
    const bits = new DataView(new ArrayBuffer(8))
    bits.setBigUint64(0, BigInt(length) * 8n)
    const padding = new Uint8Array(((119 - filled) % 64) + 1)
    padding[0] = 0x80
    update(padding)
    update(new Uint8Array(bits.buffer))
    const out = new DataView(new ArrayBuffer(32))
    state.forEach((word, j) => {
      out.setInt32(j * 4, word)
    })
    return new Uint8Array(out.buffer)
  }

  return { update, digest }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}
