import fc from 'fast-check'
import type { Any } from './spec.ts'

/** Instances of a schema, as an SDK for that schema would send them. */
export function instanceOf(schema: Any): fc.Arbitrary<unknown> {
  const { const: fixed, enum: values, oneOf, type, contentSchema } = schema
  if (fixed !== undefined) return fc.constant(fixed)
  if (values) return fc.constantFrom(...(values as unknown[]))
  if (oneOf) return fc.oneof(...(oneOf as Any[]).map(instanceOf))
  if (contentSchema)
    return nullable(
      type,
      instanceOf(contentSchema as Any).map((value) => JSON.stringify(value)),
    )
  const types = (Array.isArray(type) ? type : [type]) as string[]
  return fc.oneof(...types.map((one) => ofType(one, schema)))
}

function nullable(type: unknown, instance: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return Array.isArray(type) && type.includes('null') ? fc.option(instance) : instance
}

function ofType(type: string | undefined, schema: Any): fc.Arbitrary<unknown> {
  const { minimum = -5, maximum = 12, items } = schema
  if (type === 'string') return text(schema)
  if (type === 'integer') return fc.integer({ min: minimum as number, max: maximum as number })
  if (type === 'number') return fc.double({ min: -5, max: 12, noNaN: true })
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'array')
    return fc.array(items ? instanceOf(items as Any) : anything, { minLength: 0, maxLength: 2 })
  if (type === 'object') return ofObject(schema)
  return anything
}

const anything = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constant({}),
  fc.constant([]),
)

function text({ format, minLength = 0, maxLength = 8, ...schema }: Any): fc.Arbitrary<string> {
  const date = fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
  if (format === 'date') return date.map((day) => day.toISOString().slice(0, 10))
  if (format === 'date-time') return date.map((day) => day.toISOString())
  if (format === 'uuid') return fc.uuid()
  const free = fc.string({ minLength: minLength as number, maxLength: maxLength as number })
  const known = schema['x-extensible-enum'] as string[] | undefined
  return known && maxLength === 8 ? fc.oneof(fc.constantFrom(...known), free) : free
}

function ofObject(schema: Any): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Any>
  const names = Object.keys(properties)
  const requiredKeys = ((schema['required'] ?? []) as string[]).filter((name) => names.includes(name))
  const entries = names.map((name): [string, fc.Arbitrary<unknown>] => [name, instanceOf(properties[name]!)])
  return fc.record(Object.fromEntries(entries), { requiredKeys })
}
