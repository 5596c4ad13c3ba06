import { writeBody } from '../body.ts'
import { RequestError } from '../errors.ts'

/**
 * Writes a query: names and values are percent-encoded, an array repeats its name, `undefined` and `null` are left out.
 *
 * @param operation for messages
 * @param json names of parameters that are JSON texts on the wire; a string stays unchanged
 * @throws {RequestError} ERR_QUERY for an object, and for text with an unpaired surrogate
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-3.4
 */
export function writeQuery(
  query: Readonly<Record<string, unknown>>,
  operation: string,
  json: readonly string[] = [],
): string {
  const pairs: string[] = []
  for (const [name, given] of Object.entries(query)) {
    const text =
      json.includes(name) && typeof given === 'object' && given ? writeBody(given, operation) : given
    for (const value of Array.isArray(text) ? text : [text]) {
      if (value === undefined || value === null) continue
      pairs.push(`${encoded(name, name, operation)}=${encoded(name, value, operation)}`)
    }
  }
  return pairs.join('&')
}

function encoded(name: string, value: unknown, operation: string): string {
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol') {
    throw new RequestError('ERR_QUERY', `query parameter ${name} must be a string, number or boolean`, {
      operation,
    })
  }
  try {
    return encodeURIComponent(String(value))
  } catch {
    throw new RequestError('ERR_QUERY', `query parameter ${name} has an unpaired surrogate`, {
      operation,
      hint: 'The text was cut in the middle of a character',
    })
  }
}
