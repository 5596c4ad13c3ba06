import fc from 'fast-check'
import type { Any } from './spec.ts'

/** A schema before and after edits, and the names of the edits. */
export interface SchemaPair {
  before: Any
  after: Any
  edits: string[]
}

/** Draws random values; the same for the same seed. */
interface Draw {
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  chance(percent: number): boolean
}

/** Pairs of a random schema and one to three random edits of it. */
export const schemaPair: fc.Arbitrary<SchemaPair> = fc.gen().map((generate) => {
  const draw: Draw = {
    below: (limit) => generate(integer, limit),
    pick: (list) => list[generate(integer, list.length)]!,
    chance: (percent) => generate(integer, 100) < percent,
  }
  const before = object(draw, 2)
  let after = structuredClone(before)
  const names: string[] = []
  for (let count = 1 + draw.below(2); count > 0; count--) {
    const [name, edited] = edit(draw, after)
    after = edited
    names.push(name)
  }
  return { before, after, edits: names }
})

const integer = (limit: number) => fc.integer({ min: 0, max: limit - 1 })

const names = ['id', 'state', 'amount', 'total', 'payer', 'goods', 'mchid', 'sub_mchid', 'time', 'note']
const words = ['OPEN', 'PAID', 'CLOSED', 'REFUND']
const formats = ['date', 'date-time', 'uuid', 'int32', 'password']
const scalars = ['string', 'integer', 'number', 'boolean']

function schema(draw: Draw, depth: number): Any {
  const kind = draw.below(depth > 0 ? 14 : 9)
  if (kind < 2) return { type: draw.pick(scalars) }
  if (kind === 2) return { type: 'string', enum: some(draw, words) }
  if (kind === 3) return { type: 'string', 'x-extensible-enum': some(draw, words) }
  if (kind === 4) return { type: ['string', draw.pick(['null', 'integer', 'boolean'])] }
  if (kind === 5) return { type: 'integer', ...(draw.chance(50) && { enum: some(draw, [1, 2, 3]) }) }
  if (kind === 6) return draw.pick([{ type: 'object' }, { type: 'object', additionalProperties: true }, {}])
  if (kind === 7) return { type: 'string', format: draw.pick(formats.slice(0, 3)) }
  if (kind === 8) return bounded(draw)
  if (kind === 9) return { type: 'array', items: schema(draw, depth - 1) }
  if (kind === 10)
    return { type: 'string', contentMediaType: 'application/json', contentSchema: object(draw, depth - 1) }
  if (kind === 11)
    return { oneOf: [{ type: 'string' }, { type: 'integer' }, object(draw, depth - 1)].slice(draw.below(2)) }
  return object(draw, depth - 1)
}

function bounded(draw: Draw): Any {
  const text = { type: 'string', minLength: draw.below(3), maxLength: 4 + draw.below(3) }
  return draw.pick([text, { type: 'integer', minimum: draw.below(3), maximum: 5 + draw.below(3) }])
}

function object(draw: Draw, depth: number): Any {
  const own = some(draw, names).slice(0, 4)
  const required = own.filter(() => draw.chance(50))
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(own.map((name) => [name, schema(draw, depth)])),
    ...(draw.chance(8) && { additionalProperties: draw.chance(50) }),
  }
}

function some<T>(draw: Draw, list: readonly T[]): T[] {
  const first = draw.below(list.length)
  return [...list.slice(first), ...list.slice(0, first)].slice(0, 1 + draw.below(list.length))
}

interface Slot {
  get(): Any
  set(value: Any): void
}

function slots(root: Any, set: (value: Any) => void): Slot[] {
  const children = (holder: Any, keys: string[]) =>
    keys.flatMap((key) => {
      const child = holder[key]
      const put = (value: Any) => {
        holder[key] = value
      }
      return typeof child === 'object' && child !== null ? slots(child as Any, put) : []
    })
  return [
    { get: () => root, set },
    ...children((root['properties'] ?? {}) as Any, Object.keys((root['properties'] ?? {}) as Any)),
    ...children(root, ['items', 'contentSchema']),
    ...children((root['oneOf'] ?? []) as Any, Object.keys((root['oneOf'] ?? []) as Any)),
  ]
}

type Edit = (draw: Draw, schema: Any) => Any | undefined

const objectEdit =
  (change: (draw: Draw, schema: Any, properties: Any, required: string[]) => Any | undefined): Edit =>
  (draw, schema) => {
    const properties = schema['properties'] as Any | undefined
    return properties && change(draw, schema, properties, (schema['required'] ?? []) as string[])
  }

const withRequired = (schema: Any, required: string[]): Any => {
  const { required: _, ...rest } = schema
  return required.length > 0 ? { ...rest, required } : rest
}

const edits: Record<string, Edit> = {
  replace: (draw) => schema(draw, 1),
  type: (draw, { type, ...rest }) =>
    typeof type === 'string' && scalars.includes(type) && !rest['enum'] && !rest['contentSchema']
      ? { type: draw.pick(scalars) }
      : undefined,
  nullable: (_, { type, ...rest }) => {
    if (rest['enum'] || rest['x-extensible-enum']) return undefined
    if (typeof type === 'string') return { type: [type, 'null'], ...rest }
    return Array.isArray(type) && type.includes('null')
      ? { type: type.filter((one) => one !== 'null')[0], ...rest }
      : undefined
  },
  'enum values': (draw, schema) => {
    const key = schema['enum'] ? 'enum' : 'x-extensible-enum'
    const values = schema[key] as unknown[] | undefined
    return (
      values && { ...schema, [key]: some<unknown>(draw, typeof values[0] === 'string' ? words : [1, 2, 3]) }
    )
  },
  'enum open': (_, { enum: closed, 'x-extensible-enum': open, ...rest }) =>
    closed ? { ...rest, 'x-extensible-enum': closed } : open ? { ...rest, enum: open } : undefined,
  'enum gone': (_, { enum: closed, 'x-extensible-enum': open, ...rest }) =>
    closed || open ? rest : undefined,
  'enum new': (draw, schema) =>
    schema['type'] === 'string' && Object.keys(schema).length === 1
      ? { ...schema, enum: some(draw, words) }
      : undefined,
  format: (draw, schema) =>
    schema['type'] === 'string' && !schema['enum'] && !schema['contentSchema']
      ? { ...schema, format: draw.pick(formats.slice(0, 3)) }
      : undefined,
  'format gone': (_, { format, ...rest }) => (format ? rest : undefined),
  bound: (draw, schema) =>
    schema['type'] === 'string' && !schema['enum'] && !schema['format'] && !schema['contentSchema']
      ? { ...schema, maxLength: 1 + draw.below(6) }
      : undefined,
  const: (draw, schema) =>
    schema['type'] === 'string' && Object.keys(schema).length === 1
      ? { ...schema, const: draw.pick(words) }
      : undefined,
  encrypted: (_, schema) =>
    schema['type'] === 'string' && !schema['enum'] ? { ...schema, 'x-encrypted': 'wechatpay' } : undefined,
  label: (draw, schema) => ({ ...schema, description: draw.pick(words), example: 1 }),
  list: (_, schema) => ({ type: 'array', items: schema }),
  unlist: (_, { type, items }) => (type === 'array' && items ? (items as Any) : undefined),
  embed: (_, schema) =>
    schema['type'] === 'object'
      ? { type: 'string', contentMediaType: 'application/json', contentSchema: schema }
      : undefined,
  unembed: (_, { contentSchema }) => contentSchema as Any | undefined,
  form: (_, schema) =>
    schema['type'] === 'string' && !schema['contentSchema']
      ? { oneOf: [schema, { type: 'integer' }] }
      : undefined,
  'form gone': (draw, { oneOf }) => {
    const forms = oneOf as Any[] | undefined
    return forms && forms.length > 1 ? { oneOf: forms.toSpliced(draw.below(forms.length), 1) } : undefined
  },
  'first property': (draw, whole) => {
    const closed = whole['properties'] || whole['additionalProperties'] === false
    if (whole['type'] !== 'object' || closed) return undefined
    const name = draw.pick(names)
    const grown = { ...whole, properties: { [name]: schema(draw, 0) } }
    return draw.chance(50) ? { ...grown, required: [name] } : grown
  },
  add: objectEdit((draw, whole, properties, required) => {
    const name = draw.pick(names)
    if (name in properties) return undefined
    const grown = { ...whole, properties: { ...properties, [name]: schema(draw, 1) } }
    return withRequired(grown, draw.chance(50) ? [...required, name] : required)
  }),
  remove: objectEdit((draw, whole, properties, required) => {
    const name = draw.pick(Object.keys(properties))
    const { [name]: _, ...rest } = properties
    return withRequired(
      { ...whole, properties: rest },
      required.filter((one) => one !== name),
    )
  }),
  rename: objectEdit((draw, whole, properties, required) => {
    const name = draw.pick(Object.keys(properties))
    const entries = Object.entries(properties).map(([own, value]) => [own === name ? `${own}_2` : own, value])
    return withRequired(
      { ...whole, properties: Object.fromEntries(entries) },
      required.map((one) => (one === name ? `${one}_2` : one)),
    )
  }),
  required: objectEdit((draw, whole, properties, required) => {
    const name = draw.pick(Object.keys(properties))
    const without = required.filter((one) => one !== name)
    return withRequired(whole, without.length < required.length ? without : [...required, name])
  }),
  order: objectEdit((_, whole, properties, required) =>
    withRequired(
      { ...whole, properties: Object.fromEntries(Object.entries(properties).reverse()) },
      [...required].reverse(),
    ),
  ),
  further: objectEdit((_, { additionalProperties, ...rest }) =>
    additionalProperties === undefined ? { ...rest, additionalProperties: false } : rest,
  ),
}

const editNames = Object.keys(edits)

// Draws until an edit applies to the schema that was drawn.
function edit(draw: Draw, root: Any): [name: string, edited: Any] {
  for (;;) {
    let whole = structuredClone(root)
    const slot = draw.pick(
      slots(whole, (value) => {
        whole = value
      }),
    )
    const name = draw.pick(editNames)
    const target = slot.get()
    const isObject =
      target['type'] === 'object' && Object.keys((target['properties'] ?? {}) as Any).length > 0
    if (target === whole && !isObject) return ['nothing', whole]
    if ('properties' in target && !isObject) continue
    const edited = edits[name]!(draw, target)
    if (!edited) continue
    slot.set(edited)
    return [name, whole]
  }
}
