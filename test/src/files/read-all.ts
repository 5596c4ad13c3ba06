/** All bytes of a stream. */
export async function readAll(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** A stream of pieces that counts how many were read, and records whether it was cancelled. */
export function streamOf(...pieces: Uint8Array[]): {
  stream: ReadableStream<Uint8Array>
  taken: () => number
  cancelled: () => { reason: unknown } | undefined
} {
  let taken = 0
  let cancelled: { reason: unknown } | undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[taken]
        if (piece === undefined) return controller.close()
        taken++
        controller.enqueue(piece)
      },
      cancel(reason) {
        cancelled = { reason }
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, taken: () => taken, cancelled: () => cancelled }
}
