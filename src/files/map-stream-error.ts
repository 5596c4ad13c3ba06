/**
 * The same stream, with another error where it fails. Nothing is read ahead, and cancelling goes through.
 *
 * @param translate gives or throws the error, from what the stream failed with
 * @param ended told once, when it is read, failed or cancelled
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
