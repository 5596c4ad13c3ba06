import { type Document, dereference, isObject, type Schema } from './spec-types.ts'

/** What to do with the fields that are not on the wire what they are to a reader. */
export interface FieldVisitor {
  /** An encrypted text. */
  encrypted(text: string, place: string, by: 'wechatpay' | 'merchant' | 'apiv3'): unknown
  /** A text that holds JSON; `inside` walks through what it holds. */
  embedded(text: string, place: string, schema: Schema, inside: (value: unknown) => unknown): unknown
}

/**
 * Copies a value, and lets a visitor replace the fields that its schema marks as encrypted or as JSON
 * texts, however deep.
 *
 * @param place of the value, as a JSON pointer
 */
export function walk(
  document: Document,
  given: Schema,
  value: unknown,
  place: string,
  visitor: FieldVisitor,
): unknown {
  const schema = dereference(document, given)
  const into = (inner: Schema, one: unknown, at: string) => walk(document, inner, one, at, visitor)
  if (typeof value === 'string') {
    const leaf = leafOf(document, schema)
    if (leaf['x-encrypted']) return visitor.encrypted(value, place, leaf['x-encrypted'])
    const { contentSchema } = leaf
    if (!contentSchema) return value
    return visitor.embedded(value, place, contentSchema, (inner) => into(contentSchema, inner, place))
  }
  let copy = value
  for (const part of variants(schema)) copy = into(part, copy, place)
  const { items, properties = {} } = schema
  if (Array.isArray(copy)) {
    return items ? copy.map((one, at) => into(items, one, `${place}/${at}`)) : copy
  }
  if (!isObject(copy)) return copy
  const entries = Object.entries(copy).map(([key, one]) => {
    const inner = Object.hasOwn(properties, key) ? properties[key] : undefined
    return [key, inner ? into(inner, one, `${place}/${key}`) : one]
  })
  return Object.fromEntries(entries)
}

function variants({ allOf = [], anyOf = [], oneOf = [] }: Schema): Schema[] {
  return [...allOf, ...anyOf, ...oneOf]
}

/** A text's schema, or the first of its variants that says more than that it is one. */
function leafOf(document: Document, schema: Schema): Schema {
  const parts = [schema, ...variants(schema).map((part) => dereference(document, part))]
  return parts.find((part) => part['x-encrypted'] || part.contentSchema) ?? schema
}
