/**
 * Wraps a stream to replace the error that it fails with. Nothing is read ahead, and cancelling cancels the stream.
 *
 * @param translate returns or throws the new error
 * @param ended called when the stream has been read, fails or is cancelled
 */
export function mapStreamError(
  stream: ReadableStream<Uint8Array>,
  translate: (reason: unknown) => unknown,
  ended: () => void = () => {},
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  return new ReadableStream(
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
}
