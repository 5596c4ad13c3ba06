import { type Bytes, concat } from '../bytes.ts'
import { RequestError } from '../errors.ts'

/** In bytes. WeChat Pay takes 7.5 MB at most, so that this is for mistakes: a whole disk given as a stream. */
const largest = 100 * 1024 * 1024

/**
 * All bytes of a file, in memory: its digest is signed, and the signature goes out before the file. A copy, so that
 * what is digested is what is sent.
 *
 * @param operation for messages
 * @throws {RequestError} ERR_UPLOAD for what is no file, cannot be read, is empty or is too large
 */
export async function contentOf(file: unknown, operation: string): Promise<Bytes> {
  const bytes = await read(file, operation)
  if (bytes.length === 0) {
    refuse('the file is empty', operation, 'Has it been read before? Give it anew for each call')
  }
  return bytes
}

async function read(file: unknown, operation: string): Promise<Bytes> {
  if (file instanceof Blob) {
    limit(file.size, operation)
    return new Uint8Array(await file.arrayBuffer().catch((cause) => unreadable(cause, operation)))
  }
  if (file instanceof ArrayBuffer || file instanceof Uint8Array) {
    limit(file.byteLength, operation)
    return new Uint8Array(file instanceof ArrayBuffer ? file.slice(0) : file)
  }
  if (file instanceof ReadableStream) return drained(file, operation)
  return refuse(
    `the file is not a Blob, ArrayBuffer, Uint8Array or ReadableStream, but ${described(file)}`,
    operation,
    'On Node: new Blob([await readFile(path)]), await openAsBlob(path), or Readable.toWeb(stream)',
  )
}

async function drained(stream: ReadableStream<unknown>, operation: string): Promise<Bytes> {
  if (stream.locked)
    refuse('the file’s stream is being read already', operation, 'Give a new one for each call')
  const reader = stream.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => unreadable(cause, operation))
      if (done) break
      if (!(value instanceof Uint8Array)) {
        return refuse(`the file’s stream gives ${described(value)}, not Uint8Array`, operation)
      }
      size += value.length
      limit(size, operation)
      pieces.push(value)
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
      'WeChat Pay takes a few MB at most',
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
