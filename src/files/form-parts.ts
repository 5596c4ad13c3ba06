import { RequestError } from '../errors.ts'
import { parseJson } from '../json.ts'
import type { Form } from '../operations/traits.ts'

/** The parts of a form, as the caller passed them. */
export interface FormParts {
  readonly file: unknown
  /** An object, or its JSON text. */
  readonly signed: string | Readonly<Record<string, unknown>>
}

/**
 * Reads the parts of a form: `{ file, meta }`, or a `FormData` whose signed part is a JSON text or a Blob of one.
 *
 * @param operation for messages
 * @throws {RequestError} ERR_UPLOAD for a part that is missing, repeated or unknown
 */
export async function formParts(body: unknown, form: Form, operation: string): Promise<FormParts> {
  const entries =
    body instanceof FormData ? [...body.entries()] : Object.entries(record(body, form, operation))
  const parts = new Map<string, unknown>()
  for (const [name, value] of entries) {
    if (value === undefined) continue
    if (name !== form.file && name !== form.signed) {
      refuse(`the form has an unknown part ${JSON.stringify(name)}`, form, operation)
    }
    if (parts.has(name)) refuse(`the form has the part ${name} twice`, form, operation)
    parts.set(name, value)
  }
  for (const name of [form.file, form.signed]) {
    if (!parts.has(name)) refuse(`the form has no part ${name}`, form, operation)
  }
  const given = parts.get(form.signed)
  const signed = given instanceof Blob ? await given.text() : given
  const object = typeof signed === 'string' ? parseJson(signed) : signed
  if (!isRecord(object)) {
    return refuse(`the part ${form.signed} of the form must be an object or its JSON text`, form, operation)
  }
  return { file: parts.get(form.file), signed: typeof signed === 'string' ? signed : object }
}

function record(body: unknown, form: Form, operation: string): Record<string, unknown> {
  return isRecord(body) ? body : refuse('the body must be an object or a FormData', form, operation)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value))
}

function refuse(problem: string, { file, signed }: Form, operation: string): never {
  throw new RequestError('ERR_UPLOAD', problem, {
    operation,
    hint: `Pass { ${file}: blob, ${signed}: { … } }`,
  })
}
