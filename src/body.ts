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
    // Its signature covers one part of the form alone; signed whole, WeChat Pay would refuse it.
    throw new RequestError('ERR_REQUEST', 'the body is a form; only JSON can be sent yet', { operation })
  }
  try {
    return JSON.stringify(body)
  } catch (cause) {
    throw new RequestError('ERR_REQUEST', 'the body cannot be written as JSON', { operation, cause })
  }
}
