import type { ValidateFunction } from 'ajv'
import { dereference, type Parameter, type Schema } from '../spec/spec-types.ts'
import type { opener } from './decrypt-fields.ts'
import { checkText } from './gateway-limits.ts'
import type { Route } from './operation-router.ts'
import { paramError } from './refusal.ts'
import type { RequestRecord } from './request-record.ts'

/** Compiles a schema of a document. */
export type Compile = (schema: Schema) => ValidateFunction

/**
 * Checks path variables, query and headers: all required ones are there, each is of its type, sensitive
 * ones are encrypted.
 *
 * @throws Refusal (400)
 */
export function checkParameters(
  route: Route,
  request: RequestRecord,
  compile: Compile,
  open: ReturnType<typeof opener>,
): void {
  const query = new URLSearchParams(request.target.split('?').slice(1).join('?'))
  for (const [name, value] of query) checkText(value, 'query', name)
  const known = route.parameters.map((parameter) => dereference(route.document, parameter))
  for (const parameter of known) {
    const values = valuesOf(parameter, route, query, request)
    if (values.length === 0) {
      if (parameter.required) throw paramError(parameter.in, parameter.name, 'missing')
      continue
    }
    const schema = parameterSchema(parameter)
    if (!schema) continue
    const value = checkValue(parameter, schema, values, route, compile)
    open(schema, value, parameter.in, parameter.name)
  }
}

/** What a parameter's value must be; one with a `content` is a text that holds JSON. */
export function parameterSchema({ schema, content }: Parameter): Schema | undefined {
  const inner = content?.['application/json']?.schema
  if (!inner) return schema
  const text = texts.get(inner) ?? { type: 'string', contentSchema: inner }
  texts.set(inner, text)
  return text
}

// The same one each time, as a schema is compiled once.
const texts = new WeakMap<Schema, Schema>()

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
  given: Schema,
  values: string[],
  route: Route,
  compile: Compile,
): unknown {
  const schema = dereference(route.document, given)
  const many = schema.type === 'array'
  if (!many && values.length > 1) throw paramError(location, name, 'given more than once')
  const item = many && schema.items ? dereference(route.document, schema.items) : schema
  const typed = values.map((value) => coerced(value, item))
  const value = many ? typed : typed[0]
  const validate = compile(given)
  if (validate(value)) return value
  throw paramError(location, name, validate.errors?.[0]?.message ?? 'invalid')
}

/** Text as the type that the schema wants, or as it is, for the schema to refuse. */
function coerced(value: string, schema: Schema): unknown {
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
