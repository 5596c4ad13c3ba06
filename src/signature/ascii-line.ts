import { RequestError } from '../errors.ts'

/**
 * Checks a value that a front end passes on. A line feed inside would let one value be signed as two.
 *
 * @param hint what to do about a wrong one
 * @throws {RequestError} ERR_REQUEST when it is empty or not one line of ASCII
 */
export function asciiLine(name: string, value: unknown, hint: string): string {
  if (typeof value === 'string' && /^[!-~]+$/.test(value)) return value
  throw new RequestError('ERR_REQUEST', `${name} must be one line of ASCII`, { hint })
}
