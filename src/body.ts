import { RequestError } from './errors.ts'

/** What `JSON.stringify` would write as `{}` or as numbers: the content would be lost without an error. */
const notJson =
  /^\[object (?:Blob|File|FormData|ReadableStream|(?:Shared)?ArrayBuffer|DataView|\w+Array|Map|Set|Promise|URLSearchParams)\]$/

/**
 * Writes a request's body as the text that is sent and signed. A string is JSON already and stays unchanged.
 *
 * @param operation for messages
 * @throws {RequestError} ERR_REQUEST for a form, for a value that `JSON.stringify` refuses, and for one that it would
 *   write without its content: a file, a stream, bytes
 */
export function writeBody(body: unknown, operation: string): string {
  if (typeof body === 'string') return body
  if (body instanceof FormData) {
    throw new RequestError('ERR_REQUEST', 'the body is a form, but this operation takes JSON', { operation })
  }
  try {
    return JSON.stringify(body, function (this: Record<string, unknown>, name, written) {
      // Before `toJSON`, which a Buffer has.
      const value = this[name]
      if (typeof value === 'object' && notJson.test(tagOf(value))) throw binary(name, tagOf(value), operation)
      return written
    })
  } catch (cause) {
    if (cause instanceof RequestError) throw cause
    throw new RequestError('ERR_REQUEST', 'the body cannot be written as JSON', { operation, cause })
  }
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value)
}

function binary(name: string, tag: string, operation: string): RequestError {
  const what = name === '' ? 'the body' : `the field ${name.slice(0, 64)}`
  return new RequestError('ERR_REQUEST', `${what} is a ${tag.slice(8, -1)}, which JSON cannot hold`, {
    operation,
    hint: tag.includes('Promise')
      ? 'Await it first'
      : 'A file goes to an upload operation, as { file, meta }',
  })
}
