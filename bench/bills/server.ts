import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import { head, rows, summary } from './rows.ts'

/**
 * Serves one bill of about `MB` megabytes. With `KIND=gzip` it is a single gzip member, put together of blocks that were
 * compressed once, so that compressing does not take the reader's time. With `KIND=encrypted` it is encrypted while it is
 * sent, and not compressed, so that all of it is decrypted.
 */
const megabytes = Number(process.env['MB'] ?? 2048)
const encrypted = process.env['KIND'] === 'encrypted'
const blockRows = 20_000

const rowBlock = Buffer.from(rows(blockRows))
const blocks = Math.max(1, Math.round((megabytes * 1024 * 1024) / rowBlock.length))
const count = blocks * blockRows
const content = [
  Buffer.from(head),
  ...Array.from({ length: blocks }, () => rowBlock),
  Buffer.from(summary(count)),
]

const sha1 = createHash('sha1')
let crc = 0
let length = 0
for (const piece of content) {
  sha1.update(piece)
  crc = crc32(piece, crc)
  length += piece.length
}
const hash = sha1.digest('hex')

// As WeChat Pay does: 32 and 16 characters.
const key = randomBytes(16).toString('hex')
const nonce = randomBytes(8).toString('hex')

const file = encrypted ? content : gzipped()

const server = createServer(async (_, answer) => {
  const cipher = encrypted ? createCipheriv('aes-256-gcm', key, nonce) : undefined
  answer.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': file.reduce((sum, piece) => sum + piece.length, encrypted ? 16 : 0),
  })
  for (const piece of file) await written(answer, cipher ? cipher.update(piece) : piece)
  cipher?.final()
  answer.end(cipher?.getAuthTag())
}).listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ port, hash, count, length, ...(encrypted && { key, nonce }) })
})
process.on('disconnect', () => process.exit())

function gzipped(): Buffer[] {
  const packed = new Map(content.map((piece) => [piece, packedBlock(piece)]))
  const begin = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
  const end = Buffer.alloc(10)
  end.writeUInt8(3, 0)
  end.writeUInt32LE(crc, 2)
  end.writeUInt32LE(length % 2 ** 32, 6)
  return [begin, ...content.map((piece) => packed.get(piece)!), end]
}

/** Deflated, and ended on a byte, so that any other block may follow. */
function packedBlock(piece: Buffer): Buffer {
  return deflateRawSync(piece, { level: 6, finishFlush: constants.Z_FULL_FLUSH })
}

async function written(answer: ServerResponse, piece: Buffer): Promise<void> {
  if (answer.destroyed || answer.write(piece)) return
  await new Promise<void>((resolve) => {
    const done = () => {
      answer.off('drain', done).off('close', done)
      resolve()
    }
    answer.on('drain', done).on('close', done)
  })
}
