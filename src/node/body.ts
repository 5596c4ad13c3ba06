import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Bytes } from '../bytes.ts'

// As fetch does: what has arrived of a body is passed on, and one whose end is missing is no error of its own.
const zlib = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }
const brotli = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH }

/** The body without its `Content-Encoding`. */
export function decoded(response: IncomingMessage): Readable {
  const decoder = decoderFor(response.headers['content-encoding'])
  if (!decoder) return response
  pipeline(response, decoder, () => {})
  return decoder
}

function decoderFor(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(zlib)
    case 'deflate':
      return createInflate(zlib)
    case 'br':
      return createBrotliDecompress(brotli)
    default:
      return undefined
  }
}

/**
 * Reads a stream up to a limit.
 *
 * @param limit in bytes
 * @returns undefined when it is longer; it is destroyed then
 */
export function readUpTo(stream: Readable, limit: number): Promise<Bytes | undefined> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed) return reject(new TypeError('terminated', { cause: stream.errored }))
    const parts: Buffer[] = []
    let length = 0
    stream
      .on('data', (part: Buffer) => {
        length += part.length
        if (length > limit) {
          resolve(undefined)
          stream.destroy()
        } else parts.push(part)
      })
      .once('end', () => resolve((parts.length === 1 ? parts[0]! : Buffer.concat(parts)) as Bytes))
      .once('error', (cause) => reject(new TypeError('terminated', { cause })))
      // Destroyed without an error.
      .once('close', () => reject(new TypeError('terminated')))
  })
}
