import { type Bytes, concat } from '../bytes.ts'
import { RequestError } from '../errors.ts'

/** In bytes. WeChat Pay accepts 7.5 MB at most; this limit catches mistakes, such as a stream of a whole disk. */
const largest = 100 * 1024 * 1024

/**
 * Reads a file into memory, because its digest is signed and the signature is sent before the file. Always a copy, so
 * that the bytes sent are those that were digested.
 *
 * @param file a Blob, ArrayBuffer, Uint8Array or ReadableStream
 * @param operation for messages
 * @throws {RequestError} ERR_UPLOAD when it is something else, cannot be read, is empty or is too large
 */
export async function contentOf(file: unknown, operation: string): Promise<Bytes> {
  const bytes = await read(file, operation)
  if (bytes.length === 0) {
    refuse('the file is empty', operation, 'Was it read before? Pass a new one for each call')
  }
  return bytes
}

async function read(file: unknown, operation: string): Promise<Bytes> {
  if (file instanceof Blob) {
    limit(file.size, operation)
    // A subclass may return memory of its own.
    const buffer = await file.arrayBuffer().catch((cause) => unreadable(cause, operation))
    return new Uint8Array(buffer.slice(0))
  }
  if (file instanceof ArrayBuffer || file instanceof Uint8Array) {
    limit(file.byteLength, operation)
    // A buffer that was given away is empty, and cannot be copied.
    if (file.byteLength === 0) return new Uint8Array()
    return new Uint8Array(file instanceof ArrayBuffer ? file.slice(0) : file)
  }
  if (file instanceof ReadableStream) return drained(file, operation)
  return refuse(
    `the file must be a Blob, ArrayBuffer, Uint8Array or ReadableStream, but is ${described(file)}`,
    operation,
    'On Node: new Blob([await readFile(path)]), await openAsBlob(path), or Readable.toWeb(stream)',
  )
}

async function drained(stream: ReadableStream<unknown>, operation: string): Promise<Bytes> {
  if (stream.locked)
    refuse('the stream of the file is being read already', operation, 'Pass a new one for each call')
  const reader = stream.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => unreadable(cause, operation))
      if (done) break
      if (!(value instanceof Uint8Array)) {
        return refuse(
          `the stream of the file yields ${described(value)}, but must yield Uint8Array`,
          operation,
        )
      }
      size += value.length
      limit(size, operation)
      // A source may fill the same array again.
      pieces.push(new Uint8Array(value))
    }
  } catch (failure) {
    reader.cancel(failure).catch(() => {})
    throw failure
  }
  return concat(pieces)
}

function limit(size: number, operation: string): void {
  if (size > largest) {
    refuse(
      `the file is larger than ${largest / 1024 / 1024} MiB`,
      operation,
      'WeChat Pay accepts a few MB at most',
    )
  }
}

function described(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'a string'
  return typeof value === 'object' ? `a ${value.constructor?.name ?? 'bare object'}` : typeof value
}

function unreadable(cause: unknown, operation: string): never {
  throw new RequestError('ERR_UPLOAD', 'the file cannot be read', { operation, cause })
}

function refuse(problem: string, operation: string, hint?: string): never {
  throw new RequestError('ERR_UPLOAD', problem, { operation, hint })
}
