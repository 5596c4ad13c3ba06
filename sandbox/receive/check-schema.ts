import type { CompileSchema } from '../spec/schema-compiler.ts'
import type { Schema } from '../spec/spec-types.ts'
import { paramError } from './refusal.ts'

/**
 * Validates a value against its schema.
 *
 * @param pointer JSON pointer to the value
 * @throws Refusal (400) that names the field
 */
export function checkSchema(
  compile: CompileSchema,
  schema: Schema,
  value: unknown,
  location: string,
  pointer = '',
): void {
  const validate = compile(schema)
  if (validate(value)) return
  const [error] = validate.errors ?? []
  const missing = error?.keyword === 'required' ? `/${error.params['missingProperty']}` : ''
  const field = `${pointer}${error?.instancePath ?? ''}${missing}`
  throw paramError(location, field, error?.message ?? 'invalid')
}
