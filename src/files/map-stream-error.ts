// Cloudflare Workers collect the object of a stream that is still piped, and free what a request holds at its end.
const inWorker = 'WebSocketPair' in globalThis

/** Frees what a stream holds that was dropped before its end. Some edge runtimes have no such registry. */
const dropped =
  typeof FinalizationRegistry === 'function' && !inWorker
    ? new FinalizationRegistry<() => void>((free) => free())
    : undefined

/**
 * Wraps a stream to replace the error that it fails with. Nothing is read ahead, and cancelling cancels the stream.
 *
 * @param translate returns or throws the new error
 * @param ended called when the stream has been read, fails, is cancelled, or is garbage-collected; maybe twice
 */
export function mapStreamError(
  stream: ReadableStream<Uint8Array>,
  translate: (reason: unknown) => unknown,
  ended: () => void = () => {},
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  const mapped = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await reader.read().catch((reason) => {
          ended()
          throw translate(reason)
        })
        if (next.done) {
          ended()
          controller.close()
        } else controller.enqueue(next.value)
      },
      cancel(reason) {
        ended()
        return reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
  dropped?.register(mapped, () => {
    ended()
    reader.cancel().catch(() => {})
  })
  return mapped
}
