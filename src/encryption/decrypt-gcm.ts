import { type Bytes, concat } from '../bytes.ts'
import { ghash } from './ghash.ts'

const tagLength = 16
const zeros = new Uint8Array(16)

/**
 * Decrypts AES-GCM without associated data as a stream, in constant memory. WebCrypto's AES-GCM needs the whole file, so
 * this is its AES-CTR with {@link ghash} beside it. The last 16 bytes of the file are the tag.
 *
 * The tag is known at the end only. By then the reader has seen all bytes: act on them only after the stream has ended
 * without an error.
 *
 * @param key 32 bytes
 * @param nonce of any length but zero
 * @param refused makes the stream's error for a file that does not match its tag, or is shorter than one
 * @see https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf section 7.2
 */
export function decryptGcm(
  key: Bytes,
  nonce: Bytes,
  refused: () => Error,
): TransformStream<Uint8Array, Uint8Array> {
  let cipher: ReturnType<typeof prepare> | undefined
  let rest: Bytes = new Uint8Array()
  let length = 0

  /** Only the last piece may end within a block. */
  async function decrypted(piece: Bytes): Promise<Bytes> {
    cipher ??= prepare(key, nonce)
    const { mac, encrypt, first } = await cipher
    mac.update(piece)
    const plain = await encrypt(advanced(first, 1 + length / 16), piece)
    length += piece.length
    return plain
  }

  return new TransformStream({
    async transform(piece, controller) {
      rest = concat([rest, piece])
      const ready = rest.length - (rest.length % 16) - tagLength
      if (ready <= 0) return
      controller.enqueue(await decrypted(rest.subarray(0, ready)))
      rest = rest.slice(ready)
    },
    async flush(controller) {
      if (rest.length < tagLength) throw refused()
      const last = await decrypted(rest.subarray(0, -tagLength))
      const { mac, encrypt, first } = await cipher!
      mac.update(lengthBlock(length))
      const tag = await encrypt(first, mac.digest())
      if (rest.subarray(-tagLength).some((byte, i) => byte !== tag[i])) throw refused()
      if (last.length > 0) controller.enqueue(last)
    },
  })
}

/** What decrypts one file: its hash, AES-CTR from a given counter, and the counter that encrypts the tag. */
async function prepare(key: Bytes, nonce: Bytes) {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-CTR', false, ['encrypt'])
  const encrypt = async (counter: Bytes, bytes: Bytes) =>
    new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CTR', counter, length: 32 }, imported, bytes))
  const hashKey = await encrypt(zeros, zeros)
  return { mac: ghash(hashKey), encrypt, first: firstCounter(nonce, hashKey) }
}

function firstCounter(nonce: Bytes, hashKey: Bytes): Bytes {
  if (nonce.length === 12) return concat([nonce, Uint8Array.of(0, 0, 0, 1)])
  const hash = ghash(hashKey)
  hash.update(nonce)
  hash.update(lengthBlock(nonce.length))
  return hash.digest()
}

/** A counter moved on by some blocks. Only its last 32 bits count, and begin again at zero. */
function advanced(counter: Bytes, blocks: number): Bytes {
  const moved = counter.slice()
  const view = new DataView(moved.buffer)
  view.setUint32(12, view.getUint32(12) + blocks)
  return moved
}

/** The block that ends what is hashed: the lengths in bits of the associated data, which is empty, and of the rest. */
function lengthBlock(bytes: number): Bytes {
  const block = new Uint8Array(16)
  new DataView(block.buffer).setBigUint64(8, BigInt(bytes) * 8n)
  return block
}
