import { ConfigError, type ErrorContext, VerificationError } from '../errors.ts'

// The decompressed content of a piece is in memory at once, and gzip compresses a thousand to one at most.
const pieceSize = 16 * 1024

/**
 * Checks that the runtime can decompress gzip. Some edge runtimes cannot.
 *
 * @throws {ConfigError} ERR_CONFIG_RUNTIME
 */
export function requireGunzip(context: ErrorContext): void {
  if (typeof DecompressionStream === 'function') return
  throw new ConfigError('ERR_CONFIG_RUNTIME', 'this runtime has no DecompressionStream, which gzip needs', {
    ...context,
    hint: 'Request the file without gzip (a bill without tar_type), or pass gzip: false without hash and decompress it yourself',
  })
}

/**
 * Decompresses a gzip file as a stream. An error of the file's own stream is passed on, and cancelling cancels it.
 *
 * Each piece is written only after all output of the previous one was read. Node's `pipeThrough(DecompressionStream)`
 * counts pieces instead of bytes, and decompresses far ahead of a slow reader.
 *
 * @param context for messages
 * @throws {VerificationError} ERR_RESPONSE_MALFORMED, as the stream's error, for a file that is not gzip, is incomplete,
 *   does not match its checksum or has data after its end
 */
export function gunzip(
  file: ReadableStream<Uint8Array>,
  context: ErrorContext = {},
): ReadableStream<Uint8Array> {
  const compressed = file.getReader()
  const { readable, writable } = new DecompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>
  const content = readable.getReader()
  const writer = writable.getWriter()
  let broken: { reason: unknown } | undefined
  let rest: Uint8Array = new Uint8Array()
  let ended = false
  let feeding: Promise<undefined> | undefined
  let next: ReturnType<typeof content.read> | undefined
  const ignore = () => {}
  // An error of decompression is reported where the content is read.
  writer.closed.catch(ignore)

  async function feed(): Promise<undefined> {
    while (rest.length === 0 && !ended) {
      const { done, value } = await compressed.read().catch((reason) => {
        broken = { reason }
        throw reason
      })
      if (done) ended = true
      else rest = value
    }
    if (ended) await writer.close()
    else await writer.write(rest.subarray(0, pieceSize))
    rest = rest.subarray(pieceSize)
  }

  async function read() {
    next ??= content.read()
    let got = await Promise.race([next, undefined])
    while (!got) {
      if (!ended) feeding ??= feed()
      got = await (feeding ? Promise.race([next, feeding]) : next)
      if (!got) feeding = undefined
    }
    next = undefined
    return got
  }

  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await read()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch {
          const reason = broken ? broken.reason : notGzip(context)
          compressed.cancel(reason).catch(ignore)
          throw reason
        }
      },
      async cancel(reason) {
        writer.abort(reason).catch(ignore)
        await compressed.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function notGzip(context: ErrorContext): VerificationError {
  return new VerificationError('ERR_RESPONSE_MALFORMED', 'the file is not gzip, or is incomplete', {
    ...context,
    hint: 'Do not use its content: download it again',
  })
}
