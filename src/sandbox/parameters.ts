import type { ValidateFunction } from 'ajv'
import { dereference, type Parameter, type Schema } from './document.ts'
import type { RequestRecord } from './record.ts'
import { paramError } from './refusal.ts'
import type { Route } from './route.ts'

/** Compiles a schema of a document. */
export type Compile = (schema: Schema) => ValidateFunction

/**
 * Checks path variables, query and headers: all required ones are there, each is of its type.
 *
 * @throws Refusal (400)
 */
export function checkParameters(route: Route, request: RequestRecord, compile: Compile): void {
  const query = new URLSearchParams(request.target.split('?').slice(1).join('?'))
  const known = route.parameters.map((parameter) => dereference(route.document, parameter))
  for (const parameter of known) {
    const values = valuesOf(parameter, route, query, request)
    if (values.length === 0) {
      if (parameter.required) throw paramError(parameter.in, parameter.name, 'missing')
      continue
    }
    checkValue(parameter, values, route, compile)
  }
}

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

function checkValue(parameter: Parameter, values: string[], route: Route, compile: Compile): void {
  if (!parameter.schema) return
  const schema = dereference(route.document, parameter.schema)
  const many = schema.type === 'array'
  if (!many && values.length > 1) throw paramError(parameter.in, parameter.name, 'given more than once')
  const item = many && schema.items ? dereference(route.document, schema.items) : schema
  const typed = values.map((value) => coerced(value, item))
  const validate = compile(parameter.schema)
  if (validate(many ? typed : typed[0])) return
  throw paramError(parameter.in, parameter.name, validate.errors?.[0]?.message ?? 'invalid')
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
