import { constants, createCipheriv, createHash, publicEncrypt } from 'node:crypto'
import { gzipSync } from 'node:zlib'

// With the second, the counter of AES starts over after 31,920 bytes.
const keys = [
  { key: 'tEkDnNfribxUdl7dXTPyLsxPFkThf4Vu', nonce: 'uluk4a9R25RW' },
  { key: 'U8JZpDE0iGXlD6gNCFbaEPFjbD0kH8Oo', nonce: 'c743973a29223734' },
]

/** A part of an encrypted bill: the files that are downloaded, and how the response lists it. */
interface Part {
  plain: Buffer
  packed: Buffer
  listed: object
}

/** A bill in two parts, cut within a row, each encrypted with a key of its own for a merchant. */
export function encryptedBill(content: Buffer, merchantKey: string): Part[] {
  const middle = content.length >> 1
  return [content.subarray(0, middle), content.subarray(middle)].map((part, index) => {
    const { key, nonce } = keys[index]!
    return {
      plain: sealed(part, key, nonce),
      packed: sealed(gzipSync(part), key, nonce),
      listed: {
        bill_sequence: index + 1,
        encrypt_key: encrypted(key, merchantKey),
        nonce,
        hash_type: 'SHA1',
        hash_value: createHash('sha1').update(part).digest('hex'),
      },
    }
  })
}

function sealed(content: Buffer, key: string, nonce: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

function encrypted(text: string, key: string): string {
  const { RSA_PKCS1_OAEP_PADDING: padding } = constants
  return publicEncrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64')
}
