import { type Document, dereference, type Schema } from '../spec/spec-types.ts'

/**
 * A value that a schema allows, the same one every time: a constant, an example, the first of an enum,
 * else something plain. Every property is there; an array has one item.
 */
export function sample(document: Document, given: Schema, name = '', depth = 0): unknown {
  const schema = dereference(document, given)
  for (const value of [
    schema.const,
    schema.example,
    schema.examples?.[0],
    schema.enum?.[0],
    schema.default,
  ]) {
    if (value !== undefined) return value
  }
  const [variant] = schema.oneOf ?? schema.anyOf ?? []
  if (variant) return sample(document, variant, name, depth + 1)
  if (schema.allOf)
    return Object.assign({}, ...schema.allOf.map((part) => sample(document, part, name, depth + 1)))
  const type = [schema.type].flat().find((one) => one !== 'null') ?? (schema.properties ? 'object' : 'string')
  switch (type) {
    case 'object':
      return object(document, schema, depth)
    case 'array':
      // A schema that holds itself ends here.
      if (depth > 12 || !schema.items) return []
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () =>
        sample(document, schema.items!, name, depth + 1),
      )
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return schema.contentSchema
        ? JSON.stringify(sample(document, schema.contentSchema, name, depth + 1))
        : text(schema, name)
  }
}

function object(document: Document, schema: Schema, depth: number): Record<string, unknown> {
  if (depth > 12) return {}
  const entries = Object.entries(schema.properties ?? {})
  return Object.fromEntries(entries.map(([key, inner]) => [key, sample(document, inner, key, depth + 1)]))
}

function text({ format, minLength = 0, maxLength = 64 }: Schema, name: string): string {
  if (format === 'date-time') return '2026-01-02T15:04:05+08:00'
  if (format === 'date') return '2026-01-02'
  if (format === 'uri' || format === 'url') return 'https://pay.weixin.qq.com/'
  return `${name || 'text'}-1`.slice(0, maxLength).padEnd(minLength, '0')
}
