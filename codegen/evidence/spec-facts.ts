import type { OperationObject, Schema } from '../openapi/document.ts'
import { bodySchema, dataSchema, jsonSchema } from '../openapi/operations.ts'

/** What the spec says of a field. */
export interface SpecFact {
  type: string
  required: boolean
  values: string[]
  closed: boolean
  format?: string
  encrypted: boolean
  /** A string that holds JSON; `type` is that of its content. */
  json: boolean
}

/** Fields by their path, as evidence names them. */
export type SpecFacts = Map<string, SpecFact>

/** The fields of an operation's request and response. */
export function specFacts(operation: OperationObject): { request: SpecFacts; response: SpecFacts } {
  const request: SpecFacts = new Map()
  for (const { name, in: place, required = false, schema, content } of operation.parameters ?? []) {
    if (place !== 'query') continue
    const own = schema ?? jsonSchema(content) ?? {}
    addField(`query.${name}`, own, required, request)
  }
  const body = bodySchema(operation)
  if (body) addFields(body, '', true, request)
  const response: SpecFacts = new Map()
  const data = dataSchema(operation)
  if (data) addFields(data, '', true, response)
  return { request, response }
}

function addFields(schema: Schema, path: string, sure: boolean, facts: SpecFacts): void {
  const inner = schema.contentSchema ?? schema
  if (inner.items) addFields(inner.items, path, sure, facts)
  // A field that some of several alternatives lack is not required.
  for (const one of inner.oneOf ?? []) {
    const all = inner.oneOf!
    const always = (name: string) => all.every(({ required }) => required?.includes(name))
    for (const [name, property] of Object.entries(one.properties ?? {}))
      addField(join(path, name), property, sure && always(name), facts)
  }
  for (const [name, property] of Object.entries(inner.properties ?? {}))
    addField(join(path, name), property, sure && (inner.required ?? []).includes(name), facts)
}

function addField(path: string, schema: Schema, required: boolean, facts: SpecFacts): void {
  const inner = schema.type === 'array' ? (schema.items ?? {}) : schema
  const kind = inner.contentSchema
    ? typeOf(inner.contentSchema)
    : (inner.type ?? (inner.properties ? 'object' : 'any'))
  facts.set(path, {
    type: schema.type === 'array' ? `${kind}[]` : kind,
    required: required && facts.get(path)?.required !== false,
    values: (inner.enum ?? inner['x-extensible-enum'] ?? []).map(String),
    closed: inner.enum !== undefined,
    ...(inner.format && { format: inner.format }),
    encrypted: inner['x-encrypted'] !== undefined,
    json: inner.contentSchema !== undefined,
  })
  addFields(schema, path, true, facts)
}

// Several types of one value are alternatives without fields.
function typeOf(schema: Schema): string {
  return schema.type === 'array' ? `${schema.items?.type ?? 'object'}[]` : (schema.type ?? 'object')
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
