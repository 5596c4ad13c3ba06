import { type Loose, objectOf, same, settled, stringsOf } from './json.ts'
import { member, type Placed, resolve } from './json-node.ts'
import { note } from './record.ts'
import { below, compareSchemas, type SchemaStanding } from './schema.ts'
import { isOpen, isUnknown } from './schema-type.ts'
import { nameLikeness } from './similarity.ts'

interface Property {
  name: string
  required: boolean
  schema: Placed<unknown>
}

/** Compares the properties of two objects. */
export function compareProperties(before: Placed, after: Placed, at: SchemaStanding): void {
  const [old, now] = [propertiesOf(before), propertiesOf(after)]
  const gone = [...old.values()].filter(({ name }) => !now.has(name))
  const come = [...now.values()].filter(({ name }) => !old.has(name))
  const renames = isOpen(before.value) || isOpen(after.value) ? [] : renamed(gone, come)
  const tell = at.family.startsWith('request') ? request : received
  for (const [one, other] of renames) tell.renamed(one, other, after, at)
  for (const one of gone) if (!renames.some(([from]) => from === one)) tell.removed(one, after, at)
  for (const one of come) if (!renames.some(([, to]) => to === one)) tell.added(one, before, at)
  for (const one of old.values()) {
    const other = now.get(one.name)
    if (!other || (one.required === other.required && settled(one.schema.value, other.schema.value))) continue
    const family = at.family === 'request-parameter' ? 'request-property' : at.family
    const here = { ...below(at, one.name), family }
    if (one.required !== other.required) tell.required(one, other, here)
    compareSchemas(one.schema, other.schema, here)
  }
  comparePromises(before, after, at)
}

// `required` may name what `properties` does not.
function comparePromises(before: Placed, after: Placed, at: SchemaStanding): void {
  const names = ({ value }: Placed) => new Set(stringsOf(value['required']))
  const listed = (name: string) =>
    [before, after].some(({ value }) => Object.hasOwn(objectOf(value['properties']), name))
  const [old, now] = [names(before), names(after)]
  const prefix = at.family.startsWith('notification') ? 'notification' : at.family.split('-')[0]
  for (const name of new Set([...old, ...now])) {
    if (listed(name) || old.has(name) === now.has(name)) continue
    const change = now.has(name) ? 'required' : 'optional'
    note({ ...below(at, name), typed: false }, `${prefix}-property-became-${change}`, before, after)
  }
}

const request = {
  added(one: Property, before: Placed, at: SchemaStanding) {
    const documented = isOpen(before.value) && !isUnknown(resolve(one.schema).value)
    const optional = documented ? 'request-property-documented' : 'new-optional-request-property'
    const rule = one.required ? 'new-required-request-property' : optional
    note(below(at, one.name), rule, undefined, one.schema)
  },
  removed(one: Property, after: Placed, at: SchemaStanding) {
    const closed = after.value['additionalProperties'] === false
    const rule = closed ? 'forbidden' : isOpen(after.value) ? 'undocumented' : 'removed'
    // Without properties the type of an object takes any, whatever is forbidden.
    const typed = at.typed && !(closed && isOpen(after.value))
    note({ ...below(at, one.name), typed }, `request-property-${rule}`, one.schema, undefined)
  },
  renamed(one: Property, other: Property, after: Placed, at: SchemaStanding) {
    const needed = other.required || after.value['additionalProperties'] === false
    const rule = needed ? 'request-required-property-renamed' : 'request-property-renamed'
    note(below(at, other.name), rule, one.schema, other.schema, { before: one.name, after: other.name })
  },
  required(one: Property, other: Property, at: SchemaStanding) {
    const rule = `request-property-became-${other.required ? 'required' : 'optional'}`
    note(at, rule, one.schema, other.schema)
  },
}

const received = {
  added(one: Property, _: Placed, at: SchemaStanding) {
    const rule = `${direction(at)}-${one.required ? 'required' : 'optional'}-property-added`
    note(below(at, one.name), rule, undefined, one.schema)
  },
  removed(one: Property, after: Placed, at: SchemaStanding) {
    const optional = one.required ? 'required' : 'optional'
    const undocumented = one.required ? 'required-property-undocumented' : 'property-undocumented'
    const rule = isOpen(after.value) ? undocumented : `${optional}-property-removed`
    const lost = !isOpen(after.value) || one.required || !isUnknown(resolve(one.schema).value)
    const typed = at.typed && lost
    note({ ...below(at, one.name), typed }, `${direction(at)}-${rule}`, one.schema, undefined)
  },
  renamed(one: Property, other: Property, _: Placed, at: SchemaStanding) {
    const rule = `${direction(at)}-property-renamed`
    note(below(at, other.name), rule, one.schema, other.schema, { before: one.name, after: other.name })
  },
  required(one: Property, other: Property, at: SchemaStanding) {
    const rule = `${direction(at)}-property-became-${other.required ? 'required' : 'optional'}`
    note(at, rule, one.schema, other.schema)
  },
}

function direction({ family }: SchemaStanding): 'response' | 'notification' {
  return family === 'notification-property' ? 'notification' : 'response'
}

function propertiesOf(placed: Placed): Map<string, Property> {
  const required = new Set(stringsOf(placed.value['required']))
  return new Map(
    Object.keys(objectOf(placed.value['properties'])).map((name) => {
      const own = member(placed, 'properties', name)
      const origin = placed.origins?.get(name)
      return [
        name,
        { name, required: required.has(name), schema: origin ? { ...own, pointer: origin } : own },
      ]
    }),
  )
}

/**
 * What went and came under another name: the same schema with the same title, or where no titles speak against it a
 * similar name or a schema that is no accident. An ambiguous pair is none.
 */
export function renamed<T extends { name: string; schema: Placed<unknown> }>(gone: T[], come: T[]): [T, T][] {
  const candidates = gone.flatMap((one) =>
    come.filter((other) => isRenamed(one, other)).map((other): [T, T] => [one, other]),
  )
  return candidates.filter(
    ([one, other]) => candidates.filter(([from, to]) => from === one || to === other).length === 1,
  )
}

function isRenamed(one: { name: string; schema: Placed<unknown> }, other: typeof one): boolean {
  const [old, now] = [resolve(one.schema).value, resolve(other.schema).value]
  if (!same(bare(old), bare(now))) return false
  const [title, newTitle] = [titleOf(one), titleOf(other)]
  if (title && newTitle && title === newTitle) return true
  const likeness = nameLikeness(one.name, other.name)
  if (title && newTitle) return likeness >= 0.7
  return likeness >= 0.5 || Object.keys(objectOf(old['properties'])).length > 2
}

function titleOf({ schema }: { schema: Placed<unknown> }): unknown {
  const own = objectOf(schema.value)
  return own['description'] ?? own['title']
}

function bare(schema: Loose): Loose {
  const { description: _, title: __, example: ___, examples: ____, ...rest } = schema
  return rest
}
