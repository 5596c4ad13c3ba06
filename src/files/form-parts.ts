import type { Form } from '../../generated/operations.ts'
import { RequestError } from '../errors.ts'
import { parseJson } from '../json.ts'

/** A form as the caller gave it. */
export interface FormParts {
  readonly file: unknown
  /** A JSON text that was written already, or the object to write. */
  readonly signed: string | Readonly<Record<string, unknown>>
}

/**
 * Takes a form apart: `{ file, meta }`, or a `FormData` whose signed part is a JSON text or a Blob of one.
 *
 * @param operation for messages
 * @throws {RequestError} ERR_UPLOAD when a part is missing, comes twice or does not belong there
 */
export async function formParts(body: unknown, form: Form, operation: string): Promise<FormParts> {
  const entries =
    body instanceof FormData ? [...body.entries()] : Object.entries(record(body, form, operation))
  const parts = new Map<string, unknown>()
  for (const [name, value] of entries) {
    if (value === undefined) continue
    if (name !== form.file && name !== form.signed) {
      refuse(`the form has a part ${JSON.stringify(name)} that does not belong there`, form, operation)
    }
    if (parts.has(name)) refuse(`the form has the part ${name} twice`, form, operation)
    parts.set(name, value)
  }
  for (const name of [form.file, form.signed]) {
    if (!parts.has(name)) refuse(`the form’s part ${name} is missing`, form, operation)
  }
  const given = parts.get(form.signed)
  const signed = given instanceof Blob ? await given.text() : given
  const object = typeof signed === 'string' ? parseJson(signed) : signed
  if (!isRecord(object)) {
    return refuse(
      `the form’s part ${form.signed} is neither an object nor the JSON text of one`,
      form,
      operation,
    )
  }
  return { file: parts.get(form.file), signed: typeof signed === 'string' ? signed : object }
}

function record(body: unknown, form: Form, operation: string): Record<string, unknown> {
  return isRecord(body) ? body : refuse('the body is neither an object nor a FormData', form, operation)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value))
}

function refuse(problem: string, { file, signed }: Form, operation: string): never {
  throw new RequestError('ERR_UPLOAD', problem, {
    operation,
    hint: `Give { ${file}: blob, ${signed}: { … } }`,
  })
}
