import { type Loose, listOf, objectOf, stringsOf } from './json.ts'

/** The JSON types that a schema allows, without null; `undefined` if it does not restrict them. */
export type Types = ReadonlySet<string> | undefined

/** The types that a schema names, or that its keywords imply. */
export function typesOf(schema: Loose): Types {
  const named = typeof schema['type'] === 'string' ? [schema['type']] : stringsOf(schema['type'])
  const plain = named.filter((type) => type !== 'null')
  if (plain.length > 0 || named.length > 0) return new Set(plain)
  const values = valuesOf(schema) ?? listOf(schema['x-extensible-enum'])
  const notNull = values.filter((value) => value !== null)
  if (notNull.length > 0) return new Set(notNull.map(typeOfValue))
  if (schema['properties'] || schema['required'] || schema['additionalProperties'] !== undefined)
    return new Set(['object'])
  if (schema['items'] !== undefined) return new Set(['array'])
  if (schema['contentSchema'] !== undefined) return new Set(['string'])
  return undefined
}

/** The values of `enum` or `const`. */
export function valuesOf(schema: Loose): readonly unknown[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum']
  return schema['const'] !== undefined ? [schema['const']] : undefined
}

/** Whether a schema with types allows null, as OpenAPI 3.1 or 3.0 writes it. */
export function isNullable(schema: Loose): boolean {
  const values = valuesOf(schema)
  if (values && !values.includes(null)) return false
  const type = schema['type']
  return type === 'null' || stringsOf(type).includes('null') || schema['nullable'] === true
}

function typeOfValue(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** How the types of two schemas relate. */
type TypeRelation =
  | 'same'
  | 'changed'
  | 'widened'
  | 'narrowed'
  | 'generalized'
  | 'specialized'
  | 'array-to-object'
  | 'object-to-array'

/** How the types of two schemas relate. */
export function relate(before: Types, after: Types): TypeRelation {
  const forth = within(before, after)
  const back = within(after, before)
  if (forth && back) return 'same'
  const sameKinds = kindsWithin(before, after) && kindsWithin(after, before)
  if (forth) return sameKinds ? 'generalized' : 'widened'
  if (back) return sameKinds ? 'specialized' : 'narrowed'
  if (only(before, 'array') && only(after, 'object')) return 'array-to-object'
  if (only(before, 'object') && only(after, 'array')) return 'object-to-array'
  return 'changed'
}

/** Whether both allow some type. */
export function overlap(before: Types, after: Types): boolean {
  if (!before || !after) return true
  const numbers = (types: ReadonlySet<string>) => types.has('integer') || types.has('number')
  return [...before].some((type) => after.has(type)) || (numbers(before) && numbers(after))
}

function within(inner: Types, outer: Types): boolean {
  if (!outer) return true
  if (!inner) return false
  return [...inner].every((type) => outer.has(type) || (type === 'integer' && outer.has('number')))
}

/** Whether TypeScript finds the types of one among those of the other. */
export function kindsWithin(inner: Types, outer: Types): boolean {
  return within(inner && kindsOf(inner), outer && kindsOf(outer))
}

// Integers and numbers are the same to TypeScript.
function kindsOf(types: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...types].map((type) => (type === 'integer' ? 'number' : type)))
}

function only(types: Types, type: string): boolean {
  return types?.size === 1 && types.has(type)
}

/** The types as a message names them. */
export function nameTypes(types: Types): string {
  return types ? [...types].join(' | ') || 'null' : 'any'
}

/** The types of one that the other lacks, as a message names them. */
export function nameMore(types: Types, than: Types): string {
  if (!types || !than) return nameTypes(types)
  return [...types].filter((type) => !than.has(type)).join(' | ')
}

/** Whether all values of a schema are numbers. */
export function isNumeric(schema: Loose): boolean {
  const types = typesOf(schema)
  return types !== undefined && [...types].every((type) => type === 'integer' || type === 'number')
}

/** Whether the generated type of a schema is `unknown`. */
export function isUnknown(schema: Loose): boolean {
  return typesOf(schema) === undefined && listOf(schema['oneOf']).length === 0
}

// Remembered, as it is asked again for each property, and listing the names takes longer the more there are.
const open = new WeakMap<Loose, boolean>()

/** Whether the generated type of an object has an index signature, so that any property can be written and read. */
export function isOpen(schema: Loose): boolean {
  const known = open.get(schema)
  if (known !== undefined) return known
  const extra = schema['additionalProperties']
  const found =
    Object.keys(objectOf(schema['properties'])).length === 0 || (extra !== undefined && extra !== false)
  open.set(schema, found)
  return found
}
