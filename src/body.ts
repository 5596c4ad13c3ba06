import { RequestError } from './errors.ts'

/**
 * Writes a request's body as the text that is sent and signed. A string is JSON already and stays unchanged.
 *
 * @param operation for messages
 * @throws {RequestError} ERR_REQUEST for a form, and for a value that `JSON.stringify` refuses
 */
export function writeBody(body: unknown, operation: string): string {
  if (typeof body === 'string') return body
  if (body instanceof FormData) {
    throw new RequestError('ERR_REQUEST', 'the body is a form, but this operation takes JSON', { operation })
  }
  try {
    return JSON.stringify(body)
  } catch (cause) {
    throw new RequestError('ERR_REQUEST', 'the body cannot be written as JSON', { operation, cause })
  }
}
