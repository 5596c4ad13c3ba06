import { dereference } from '../spec/dereference.ts'
import type { CompileSchema } from '../spec/schema-compiler.ts'
import type { Parameter, Schema } from '../spec/spec-types.ts'
import type { DecryptFields } from './decrypt-fields.ts'
import { checkGatewayLimits } from './gateway-limits.ts'
import type { Route } from './operation-router.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/**
 * Checks path variables, query and headers: required ones are present, each matches its schema, and sensitive ones are
 * encrypted.
 *
 * @throws Refusal (400)
 */
export function checkParameters(
  route: Route,
  request: RequestRecord,
  compile: CompileSchema,
  decryptFields: DecryptFields,
): void {
  const query = new URLSearchParams(request.target.split('?').slice(1).join('?'))
  for (const [name, value] of query) checkGatewayLimits(value, 'query', name)
  for (const reference of route.parameters) {
    const parameter = dereference(route.document, reference)
    const values = valuesOf(parameter, route, query, request)
    if (values.length === 0) {
      if (parameter.required) throw paramError(parameter.in, parameter.name, 'missing')
      continue
    }
    const schema = parameterSchema(parameter)
    if (!schema) continue
    const value = checkValue(parameter, schema, values, route, compile)
    decryptFields(schema, value, parameter.in, parameter.name)
  }
}

/** Schema of a parameter's value. With `content` instead of `schema`, the value is a string that contains JSON. */
export function parameterSchema({ schema, content }: Parameter): Schema | undefined {
  const inner = content?.['application/json']?.schema
  if (!inner) return schema
  const embedded = embeddedSchemas.get(inner) ?? { type: 'string', contentSchema: inner }
  embeddedSchemas.set(inner, embedded)
  return embedded
}

// The same object each time, because compiled schemas are cached by identity.
const embeddedSchemas = new WeakMap<Schema, Schema>()

function valuesOf(
  parameter: Parameter,
  route: Route,
  query: URLSearchParams,
  request: RequestRecord,
): string[] {
  const { name } = parameter
  switch (parameter.in) {
    case 'path':
      return name in route.variables ? [route.variables[name]!] : []
    case 'query':
      return query.getAll(name)
    case 'header':
      return [request.headers[name.toLowerCase()] ?? []].flat()
    default:
      return []
  }
}

function checkValue(
  { in: location, name }: Parameter,
  unresolved: Schema,
  values: string[],
  route: Route,
  compile: CompileSchema,
): unknown {
  const schema = dereference(route.document, unresolved)
  const many = schema.type === 'array'
  if (!many && values.length > 1) throw paramError(location, name, 'occurs more than once')
  const item = many && schema.items ? dereference(route.document, schema.items) : schema
  const typed = values.map((value) => coerce(value, item))
  const value = many ? typed : typed[0]
  const validate = compile(unresolved)
  if (validate(value)) return value
  throw paramError(location, name, validate.errors?.[0]?.message ?? 'invalid')
}

/** Converts text to the type of the schema. Text that does not convert stays as it is, so validation refuses it. */
function coerce(value: string, schema: Schema): unknown {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value
    default:
      return value
  }
}
