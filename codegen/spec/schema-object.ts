import type { Description, Field } from '../docs/field.ts'
import type { Schema } from '../openapi/document.ts'
import type { Context } from './context.ts'
import { isDomesticCurrency } from './currency.ts'
import { formatOf } from './formats.ts'
import { loosenModes } from './modes.ts'
import { unitOf } from './units.ts'
import { isWhole } from './whole-numbers.ts'

/** Who receives the value: WeChat Pay (`request`) or the merchant (`response`, and notifications). */
type Direction = 'request' | 'response'

/** The schema of one field. */
export function fieldSchema(field: Field, direction: Direction, context: Context): Schema {
  const text = description(field.description, context)
  const item = field.alternatives
    ? alternatives(field, direction, context)
    : itemSchema(field, direction, context)
  if (field.array) return { type: 'array', ...text, items: item }
  const { type, ...rest } = item
  return { ...(type && { type }), ...text, ...rest }
}

/** An object schema of fields, in the order of the page. */
export function objectSchema(fields: Field[], direction: Direction, context: Context): Schema {
  const schema: Schema = { type: 'object' }
  const own = direction === 'request' ? loosenModes(fields, context) : fields
  const required = own.filter((field) => field.required).map((field) => field.name)
  if (required.length > 0) schema.required = required
  schema.properties = Object.fromEntries(
    fields.map((field) => [field.name, fieldSchema(field, direction, context)]),
  )
  return schema
}

/** The description of a field: its term, or with `full` the whole text of the page. */
export function description(said: Description, context: Context): { description?: string } {
  if (context.descriptions === 'none') return {}
  const text = context.descriptions === 'full' ? said.prose : said.term
  return text ? { description: text } : {}
}

function alternatives(field: Field, direction: Direction, context: Context): Schema {
  const all = [field, ...(field.alternatives ?? [])]
  return {
    oneOf: all.map(({ children, description: said }) => ({
      ...description(said, context),
      ...objectSchema(children, direction, context),
    })),
  }
}

function itemSchema(field: Field, direction: Direction, context: Context): Schema {
  if (field.type === 'object') return objectOrOpen(field, direction, context)
  const { description: said } = field
  const schema: Schema = { type: isWhole(field, context.place) ? 'integer' : field.type }
  const known = said.values ?? (isDomesticCurrency(field, direction, context.place) ? ['CNY'] : undefined)
  if (known) {
    const values = typedValues(field, known, schema, context)
    if (direction === 'request') schema.enum = values
    else schema['x-extensible-enum'] = values
  }
  if (said.default !== undefined && typed(said.default, field.type) !== undefined)
    schema.default = typed(said.default, field.type)
  const unit = unitOf(field, context.place)
  if (unit) schema['x-unit'] = unit
  const format = field.encryption ? undefined : formatOf(field, context.place)
  if (format) schema.format = format
  if (field.encryption === 'rsa') schema['x-encrypted'] = direction === 'request' ? 'wechatpay' : 'merchant'
  if (field.embedded) {
    schema.contentMediaType = 'application/json'
    schema.contentSchema = embedded(field, direction, context)
  }
  return schema
}

function objectOrOpen(field: Field, direction: Direction, context: Context): Schema {
  if (field.children.length > 0) return objectSchema(field.children, direction, context)
  context.report('object-empty', field, `${field.name} has no documented fields`)
  return { type: 'object', additionalProperties: true }
}

function embedded(field: Field, direction: Direction, context: Context): Schema {
  const [only, ...rest] = field.embedded!
  const single = only !== undefined && rest.length === 0 && only.array
  if (single) {
    const list = field.embeddedList ?? context.isList(field, only)
    if (list) return fieldSchema(only, direction, context)
    if (list === undefined)
      context.report(
        'list-guessed',
        field,
        `no sample shows whether the JSON in ${field.name} is the array ${only.name} or an object with it; read as the object`,
      )
  }
  return objectSchema(field.embedded!, direction, context)
}

// On a conflict the values decide: words cannot be numbers.
function typedValues(field: Field, values: string[], schema: Schema, context: Context): (string | number)[] {
  if (field.type === 'string') return values
  const numbers = values.map(Number)
  if (numbers.every((value) => Number.isFinite(value))) return numbers
  context.report('enum-type', field, `${field.name} is ${field.type} but has words as values; read as string`)
  schema.type = 'string'
  return values
}

function typed(value: string, type: Field['type']): string | number | boolean | undefined {
  if (type === 'string') return value
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : undefined
  const number = Number(value)
  return type !== 'object' && value !== '' && Number.isFinite(number) ? number : undefined
}
