import type { Parameter, Schema } from '../../codegen/openapi/document.ts'

/** TypeScript source of a value that fits a schema: what is required, and nothing more. */
export function literalOf(schema: Schema): string {
  if (schema.enum) return JSON.stringify(schema.enum[0])
  if (schema.oneOf) return literalOf(schema.oneOf[0]!)
  switch (schema.type) {
    case 'integer':
    case 'number':
      return '1'
    case 'boolean':
      return 'true'
    case 'array':
      return `[${literalOf(schema.items ?? {})}]`
    case 'object':
      return objectOf(schema.required ?? [], (name) => literalOf(schema.properties?.[name] ?? {}))
    default:
      return "'text'"
  }
}

/** The same for the parameters of one place; undefined when none is required. */
export function parametersOf(parameters: Parameter[], place: Parameter['in']): string | undefined {
  const own = parameters.filter((parameter) => parameter.in === place && parameter.required)
  if (own.length === 0) return undefined
  const schemas = new Map(own.map(({ name, schema }) => [name, schema ?? {}]))
  return objectOf([...schemas.keys()], (name) => literalOf(schemas.get(name)!))
}

function objectOf(names: string[], literalAt: (name: string) => string): string {
  const members = names.map((name) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${literalAt(name)}`)
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}'
}
