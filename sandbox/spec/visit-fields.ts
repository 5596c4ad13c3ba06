import { dereference, isObject } from './dereference.ts'
import type { Document, Schema } from './spec-types.ts'

/** Replaces the fields whose form on the wire differs from their value. */
export interface FieldVisitor {
  /** Replaces an encrypted field, or one that is to be encrypted. */
  encrypted(text: string, pointer: string, by: 'wechatpay' | 'merchant' | 'apiv3'): unknown
  /** Replaces a string that contains JSON. `visitInner` visits the fields of the parsed value. */
  embedded(text: string, pointer: string, schema: Schema, visitInner: (value: unknown) => unknown): unknown
}

/**
 * Copies a value and lets the visitor replace each field that the schema marks as encrypted or as embedded JSON, at
 * any depth.
 *
 * @param pointer JSON pointer to the value
 */
export function visitFields(
  document: Document,
  unresolved: Schema,
  value: unknown,
  pointer: string,
  visitor: FieldVisitor,
): unknown {
  const schema = dereference(document, unresolved)
  const visit = (inner: Schema, one: unknown, at: string) => visitFields(document, inner, one, at, visitor)
  if (typeof value === 'string') {
    const leaf = markedSchema(document, schema)
    if (leaf['x-encrypted']) return visitor.encrypted(value, pointer, leaf['x-encrypted'])
    const { contentSchema } = leaf
    if (!contentSchema) return value
    return visitor.embedded(value, pointer, contentSchema, (inner) => visit(contentSchema, inner, pointer))
  }
  let copy = value
  for (const part of variants(schema)) copy = visit(part, copy, pointer)
  const { items, properties = {} } = schema
  if (Array.isArray(copy)) {
    return items ? copy.map((one, at) => visit(items, one, `${pointer}/${at}`)) : copy
  }
  if (!isObject(copy)) return copy
  const entries = Object.entries(copy).map(([key, one]) => {
    const inner = Object.hasOwn(properties, key) ? properties[key] : undefined
    return [key, inner ? visit(inner, one, `${pointer}/${key}`) : one]
  })
  return Object.fromEntries(entries)
}

function variants({ allOf = [], anyOf = [], oneOf = [] }: Schema): Schema[] {
  return [...allOf, ...anyOf, ...oneOf]
}

/** The schema itself or the first of its variants that marks the string as encrypted or as JSON. */
function markedSchema(document: Document, schema: Schema): Schema {
  const parts = [schema, ...variants(schema).map((part) => dereference(document, part))]
  return parts.find((part) => part['x-encrypted'] || part.contentSchema) ?? schema
}
