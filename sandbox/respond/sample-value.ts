import { dereference } from '../spec/dereference.ts'
import type { Document, Schema } from '../spec/spec-types.ts'

/**
 * A value that matches the schema, the same every time: its constant, its example, its first enum value, or else a
 * simple value of its type. Objects have all properties, arrays have one item.
 */
export function sampleValue(document: Document, unresolved: Schema, name = '', depth = 0): unknown {
  const schema = dereference(document, unresolved)
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
  if (variant) return sampleValue(document, variant, name, depth + 1)
  if (schema.allOf)
    return Object.assign({}, ...schema.allOf.map((part) => sampleValue(document, part, name, depth + 1)))
  const type = [schema.type].flat().find((one) => one !== 'null') ?? (schema.properties ? 'object' : 'string')
  switch (type) {
    case 'object':
      return sampleObject(document, schema, depth)
    case 'array':
      // Stops at a schema that refers to itself.
      if (depth > 12 || !schema.items) return []
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () =>
        sampleValue(document, schema.items!, name, depth + 1),
      )
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return schema.contentSchema
        ? JSON.stringify(sampleValue(document, schema.contentSchema, name, depth + 1))
        : sampleText(schema, name)
  }
}

function sampleObject(document: Document, schema: Schema, depth: number): Record<string, unknown> {
  if (depth > 12) return {}
  const entries = Object.entries(schema.properties ?? {})
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, sampleValue(document, inner, key, depth + 1)]),
  )
}

function sampleText({ format, minLength = 0, maxLength = 64 }: Schema, name: string): string {
  if (format === 'date-time') return '2026-01-02T15:04:05+08:00'
  if (format === 'date') return '2026-01-02'
  if (format === 'uri' || format === 'url') return 'https://pay.weixin.qq.com/'
  return `${name || 'text'}-1`.slice(0, maxLength).padEnd(minLength, '0')
}
