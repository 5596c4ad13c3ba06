import { groupBy } from '../../group-by.ts'
import { canonical, type Loose, objectOf, sameWithoutReferences, stringsOf } from './json.ts'
import { member, type Node, resolve } from './json-node.ts'
import { note } from './record.ts'
import { compareSchemas } from './schema.ts'
import { below, directionOf, type SchemaScope } from './schema-scope.ts'
import { isOpen, isUnknown } from './schema-type.ts'
import { nameSimilarity } from './similarity.ts'

interface Property {
  name: string
  required: boolean
  schema: Node<unknown>
}

/** Compares the properties of two objects. */
export function compareProperties(before: Node, after: Node, at: SchemaScope): void {
  const [old, now] = [propertiesOf(before), propertiesOf(after)]
  const removed = [...old.values()].filter(({ name }) => !now.has(name))
  const added = [...now.values()].filter(({ name }) => !old.has(name))
  const renamed = isOpen(before.value) || isOpen(after.value) ? [] : renamedPairs(removed, added)
  const direction = directionOf(at)
  const notes = direction === 'request' ? request : received(direction)
  for (const [one, other] of renamed) notes.renamed(one, other, after, at)
  const paired = new Set(renamed.flat())
  for (const one of removed) if (!paired.has(one)) notes.removed(one, after, at)
  for (const one of added) if (!paired.has(one)) notes.added(one, before, at)
  for (const one of old.values()) {
    const other = now.get(one.name)
    if (!other) continue
    if (one.required === other.required && sameWithoutReferences(one.schema.value, other.schema.value))
      continue
    const family = at.family === 'request-parameter' ? 'request-property' : at.family
    const here = { ...below(at, one.name), family }
    if (one.required !== other.required)
      note(
        here,
        `${direction}-property-became-${other.required ? 'required' : 'optional'}`,
        one.schema,
        other.schema,
      )
    compareSchemas(one.schema, other.schema, here)
  }
  compareUnlisted(before, after, at)
}

// `required` may contain names that `properties` does not.
function compareUnlisted(before: Node, after: Node, at: SchemaScope): void {
  const names = ({ value }: Node) => new Set(stringsOf(value['required']))
  const listed = (name: string) =>
    [before, after].some(({ value }) => Object.hasOwn(objectOf(value['properties']), name))
  const [old, now] = [names(before), names(after)]
  for (const name of new Set([...old, ...now])) {
    if (listed(name) || old.has(name) === now.has(name)) continue
    const change = now.has(name) ? 'required' : 'optional'
    note({ ...below(at, name), typed: false }, `${directionOf(at)}-property-became-${change}`, before, after)
  }
}

const request = {
  added(one: Property, before: Node, at: SchemaScope) {
    const documented = isOpen(before.value) && !isUnknown(resolve(one.schema).value)
    const optional = documented ? 'request-property-documented' : 'new-optional-request-property'
    const rule = one.required ? 'new-required-request-property' : optional
    note(below(at, one.name), rule, undefined, one.schema)
  },
  removed(one: Property, after: Node, at: SchemaScope) {
    const closed = after.value['additionalProperties'] === false
    const removal = closed ? 'forbidden' : isOpen(after.value) ? 'undocumented' : 'removed'
    // An object without properties is typed to accept any, even if all are forbidden.
    const typed = at.typed && !(closed && isOpen(after.value))
    note({ ...below(at, one.name), typed }, `request-property-${removal}`, one.schema, undefined)
  },
  renamed(one: Property, other: Property, after: Node, at: SchemaScope) {
    const needed = other.required || after.value['additionalProperties'] === false
    const rule = needed ? 'request-required-property-renamed' : 'request-property-renamed'
    note(below(at, other.name), rule, one.schema, other.schema, { before: one.name, after: other.name })
  },
}

function received(direction: 'response' | 'notification') {
  return {
    added(one: Property, _: Node, at: SchemaScope) {
      const presence = one.required ? 'required' : 'optional'
      note(below(at, one.name), `${direction}-${presence}-property-added`, undefined, one.schema)
    },
    removed(one: Property, after: Node, at: SchemaScope) {
      const open = isOpen(after.value)
      const removal = one.required ? 'required-property-removed' : 'optional-property-removed'
      const undocumented = one.required ? 'required-property-undocumented' : 'property-undocumented'
      const typed = at.typed && (!open || one.required || !isUnknown(resolve(one.schema).value))
      const rule = `${direction}-${open ? undocumented : removal}` as const
      note({ ...below(at, one.name), typed }, rule, one.schema, undefined)
    },
    renamed(one: Property, other: Property, _: Node, at: SchemaScope) {
      const names = { before: one.name, after: other.name }
      note(below(at, other.name), `${direction}-property-renamed`, one.schema, other.schema, names)
    },
  }
}

function propertiesOf(node: Node): Map<string, Property> {
  const required = new Set(stringsOf(node.value['required']))
  return new Map(
    Object.keys(objectOf(node.value['properties'])).map((name) => {
      const own = member(node, 'properties', name)
      const pointer = node.origins?.get(name) ?? own.pointer
      return [name, { name, required: required.has(name), schema: { ...own, pointer } }]
    }),
  )
}

/**
 * Pairs what was removed and added under another name. The schemas are equal, and so are the titles; or, if the titles
 * do not rule it out, the names are similar or the schema is too specific for a coincidence. Ambiguous pairs are
 * dropped.
 */
export function renamedPairs<T extends { name: string; schema: Node<unknown> }>(
  removed: T[],
  added: T[],
): [T, T][] {
  const alike = groupBy(added, formOf)
  const candidates = [...groupBy(removed, formOf)].flatMap(([form, ones]): [T, T][] => {
    const others = alike.get(form) ?? []
    return ones.length * others.length > mostPairs ? sameTitles(ones, others) : likely(ones, others)
  })
  const uses = new Map<T, number>()
  for (const one of candidates.flat()) uses.set(one, (uses.get(one) ?? 0) + 1)
  return candidates.filter((pair) => pair.every((one) => uses.get(one) === 1))
}

// Beyond this, names that are alike are ambiguous, and comparing each with each takes too long.
const mostPairs = 10_000

type Named = { name: string; schema: Node<unknown> }

function likely<T extends Named>(removed: T[], added: T[]): [T, T][] {
  return removed.flatMap((one) =>
    added.filter((other) => isRenamed(one, other)).map((other): [T, T] => [one, other]),
  )
}

function sameTitles<T extends Named>(removed: T[], added: T[]): [T, T][] {
  const others = groupBy(added, titleOf)
  return [...groupBy(removed, titleOf)].flatMap(([title, ones]): [T, T][] => {
    const there = others.get(title)
    return title && ones.length === 1 && there?.length === 1 ? [[ones[0]!, there[0]!]] : []
  })
}

/** Equal for schemas that differ in remarks alone. */
function formOf({ schema }: Named): string {
  return canonical(withoutRemarks(resolve(schema).value))
}

function isRenamed(one: Named, other: Named): boolean {
  const [title, newTitle] = [titleOf(one), titleOf(other)]
  if (title && newTitle && title === newTitle) return true
  const likeness = nameSimilarity(one.name, other.name)
  if (title && newTitle) return likeness >= 0.7
  return likeness >= 0.5 || Object.keys(objectOf(resolve(one.schema).value['properties'])).length > 2
}

function titleOf({ schema }: Named): unknown {
  const own = objectOf(schema.value)
  return own['description'] ?? own['title']
}

function withoutRemarks(schema: Loose): Loose {
  const { description: _, title: __, example: ___, examples: ____, ...rest } = schema
  return rest
}
