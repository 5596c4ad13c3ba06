import { ConfigError, type ErrorContext, VerificationError } from '../errors.ts'

// What is unpacked of a piece is held at once, so pieces are small. Gzip packs a thousand to one at most.
const pieceSize = 16 * 1024

/**
 * Checks that the runtime can unpack gzip: some edge runtimes cannot.
 *
 * @throws {ConfigError} ERR_CONFIG_RUNTIME
 */
export function requireGunzip(context: ErrorContext): void {
  if (typeof DecompressionStream === 'function') return
  throw new ConfigError('ERR_CONFIG_RUNTIME', 'the runtime has no DecompressionStream to unpack gzip with', {
    ...context,
    hint: 'Request the file without gzip (a bill without tar_type), or give gzip: false and unpack it yourself',
  })
}

/**
 * Unpacks a gzip file as it comes. What the file's own stream fails with passes as it is; cancelling cancels it.
 *
 * It is fed piece by piece and only when all before was read: Node's own pipe into a `DecompressionStream` counts pieces
 * where it should count bytes, and unpacks far ahead of a slow reader.
 *
 * @param context for messages
 * @throws {VerificationError} ERR_RESPONSE_MALFORMED, as the stream's error, for what is not gzip, breaks off,
 *   does not fit its checksum or is followed by something else
 */
export function gunzip(
  file: ReadableStream<Uint8Array>,
  context: ErrorContext = {},
): ReadableStream<Uint8Array> {
  const packed = file.getReader()
  const { readable, writable } = new DecompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>
  const content = readable.getReader()
  const writer = writable.getWriter()
  let broken: { reason: unknown } | undefined
  let rest: Uint8Array = new Uint8Array()
  let ended = false
  let feeding: Promise<undefined> | undefined
  let next: ReturnType<typeof content.read> | undefined
  const ignore = () => {}
  // What unpacking fails with is seen where the content is read.
  writer.closed.catch(ignore)

  async function feed(): Promise<undefined> {
    while (rest.length === 0 && !ended) {
      const { done, value } = await packed.read().catch((reason) => {
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
          packed.cancel(reason).catch(ignore)
          throw reason
        }
      },
      async cancel(reason) {
        writer.abort(reason).catch(ignore)
        await packed.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

function notGzip(context: ErrorContext): VerificationError {
  return new VerificationError('ERR_RESPONSE_MALFORMED', 'the file is not gzip, or not whole', {
    ...context,
    hint: 'Do not use what came of it: download it again. For a file that is not packed, give gzip: false',
  })
}
