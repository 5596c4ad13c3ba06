import { writeBody } from '../body.ts'
import type { Form } from '../operations/traits.ts'
import { ownProperties } from '../own.ts'

/**
 * A form as it is now: bytes copied, and the signed part written. An upload waits for keys and digests before it is
 * signed, and what the caller changes meanwhile must be neither signed nor sent. What is not a form is returned as it is,
 * and refused later.
 *
 * @param operation for messages
 * @throws {RequestError} ERR_REQUEST when the signed part cannot be written as JSON
 */
export function formSnapshot(body: unknown, { file, signed }: Form, operation: string): unknown {
  if (body instanceof FormData) {
    const copy = new FormData()
    for (const [name, value] of body) copy.append(name, value)
    return copy
  }
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, signed)) return body
  const parts = ownProperties(body) as Record<string, unknown>
  parts[file] = copied(parts[file])
  const fields = parts[signed]
  if (Object.prototype.toString.call(fields) === '[object Object]')
    parts[signed] = writeBody(fields, operation)
  return parts
}

function copied(file: unknown): unknown {
  // A buffer that was given away has no bytes left, and cannot be copied.
  if (!(file instanceof ArrayBuffer || file instanceof Uint8Array) || file.byteLength === 0) return file
  return new Uint8Array(file instanceof ArrayBuffer ? file.slice(0) : file)
}
