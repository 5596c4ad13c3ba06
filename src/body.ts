import { RequestError } from './errors.ts'

/**
 * A request's body as the text that is sent and signed. A string is taken for JSON that is written
 * already.
 *
 * @param operation for messages
 * @throws {RequestError} ERR_REQUEST for what JSON cannot hold
 */
export function writeBody(body: unknown, operation: string): string {
  if (typeof body === 'string') return body
  if (body instanceof FormData) {
    throw new RequestError('ERR_REQUEST', 'the body is a form, and this operation takes JSON', { operation })
  }
  try {
    return JSON.stringify(body)
  } catch (cause) {
    throw new RequestError('ERR_REQUEST', 'the body cannot be written as JSON', { operation, cause })
  }
}
