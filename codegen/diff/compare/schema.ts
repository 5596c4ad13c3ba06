import { compareAllOf, mergeAllOf } from './all-of.ts'
import { compareAlternatives } from './alternatives.ts'
import { compareContents } from './contents.ts'
import { isObject, type Loose, sameWithoutReferences } from './json.ts'
import { member, type Node, resolve } from './json-node.ts'
import { compareKeywords } from './keywords.ts'
import { compareProperties } from './properties.ts'
import { note } from './record.ts'
import { below, directionOf, type SchemaScope } from './schema-scope.ts'
import {
  isNullable,
  isNumeric,
  kindsWithin,
  nameMore,
  nameTypes,
  overlap,
  relate,
  type Types,
  typesOf,
} from './schema-type.ts'
import { compareValues } from './values.ts'

/** Compares two schemas and everything within them. */
export function compareSchemas(before: Node<unknown>, after: Node<unknown>, at: SchemaScope): void {
  if (sameWithoutReferences(before.value, after.value)) return
  const [old, now] = [read(before), read(after)]
  if (isReference(before) || isReference(after)) at.share(old, now, at)
  else compareResolved(old, now, at)
}

/** Compares two schemas that are not references. */
export function compareResolved(before: Node, after: Node, at: SchemaScope): void {
  if (compareAllOf(before, after, at)) return
  const [old, now] = [mergeAllOf(before), mergeAllOf(after)]
  if (compareAlternatives(old, now, 'oneOf', at)) return
  if (compareAlternatives(old, now, 'anyOf', at)) return
  const [oldTypes, nowTypes] = [typesOf(old.value), typesOf(now.value)]
  if (compareEmbeddedJson(old, now, at)) return
  compareTypes(old, now, at)
  if (!overlap(oldTypes, nowTypes)) return
  compareValues(old, now, untypedNumber(at, now))
  compareContents(old, now, at)
  compareKeywords(old, now, at)
  if (allows(oldTypes, 'object') && allows(nowTypes, 'object')) compareProperties(old, now, at)
  if (allows(oldTypes, 'array') && allows(nowTypes, 'array') && (hasItems(old) || hasItems(now)))
    compareSchemas(member(old, 'items'), member(now, 'items'), below(at, '[]'))
}

// The types describe a string that contains JSON by that JSON.
function compareEmbeddedJson(old: Node, now: Node, at: SchemaScope): boolean {
  const [was, is] = [containsJson(old), containsJson(now)]
  if (was === is) {
    if (is) {
      // The decrypted content of a notification is what its types describe.
      const typed = at.typed || at.family === 'notification-property'
      compareSchemas(member(old, 'contentSchema'), member(now, 'contentSchema'), { ...at, typed })
    }
    return false
  }
  const [oldTypes, nowTypes] = [typesOf(old.value), typesOf(now.value)]
  const plain = was ? nowTypes : oldTypes
  if (plain === undefined || plain.has('string')) return false
  const names = { before: nameTypes(oldTypes), after: nameTypes(nowTypes) }
  note(at, `${at.family}-became-${is ? '' : 'not-'}embedded-json`, old, now, names)
  compareSchemas(was ? member(old, 'contentSchema') : old, is ? member(now, 'contentSchema') : now, at)
  return true
}

function compareTypes(old: Node, now: Node, at: SchemaScope): void {
  const [before, after] = [typesOf(old.value), typesOf(now.value)]
  const relation = relate(before, after)
  const here = untypedNumber(at, now)
  // TypeScript does not see that fractions are refused where strings are accepted too.
  const compiles = directionOf(at) === 'request' ? kindsWithin(before, after) : kindsWithin(after, before)
  if (relation !== 'same')
    note({ ...here, typed: here.typed && !compiles }, `${at.family}-${typeFacets[relation]}`, old, now, {
      before: nameTypes(before),
      after: nameTypes(after),
      values: relation === 'narrowed' ? nameMore(before, after) : nameMore(after, before),
    })
  // A schema without types allows null anyway.
  if (!before || !after || !overlap(before, after)) return
  const [was, is] = [isNullable(old.value), isNullable(now.value)]
  const typed = here.typed && !(containsJson(old) && containsJson(now))
  if (was !== is) note({ ...here, typed }, `${at.family}-became-${is ? '' : 'not-'}nullable`, old, now)
}

const typeFacets = {
  changed: 'type-changed',
  widened: 'list-of-types-widened',
  narrowed: 'list-of-types-narrowed',
  generalized: 'type-generalized',
  specialized: 'type-specialized',
  'array-to-object': 'array-to-object',
  'object-to-array': 'object-to-array',
} as const

// A number in a path is typed `string | number`, which accepts every former type.
function untypedNumber(at: SchemaScope, now: Node): SchemaScope {
  return at.pathVariable && isNumeric(now.value) ? { ...at, typed: false } : at
}

function allows(types: Types, type: string): boolean {
  return !types || types.has(type)
}

function containsJson({ value }: Node): boolean {
  return isObject(value['contentSchema'])
}

function hasItems({ value }: Node): boolean {
  return value['items'] !== undefined
}

function isReference({ value }: Node<unknown>): boolean {
  return isObject(value) && typeof value['$ref'] === 'string'
}

/** A schema as an object: references followed and merged with keywords beside them, booleans written out. */
function read(node: Node<unknown>): Node {
  if (node.value === false) return { ...node, value: { not: {} } }
  if (!isObject(node.value)) return { ...node, value: {} }
  const resolved = resolve(node)
  const beside = besideReference(node.value)
  if (resolved.pointer === node.pointer || !beside) return resolved
  return { ...resolved, pointer: node.pointer, value: { allOf: [resolved.value, beside] } }
}

const remarks = new Set(['$ref', 'description', 'summary', 'title', 'example', 'examples', 'deprecated'])

function besideReference(value: Loose): Loose | undefined {
  const entries = Object.entries(value).filter(([name]) => !remarks.has(name))
  return entries.length > 0 && '$ref' in value ? Object.fromEntries(entries) : undefined
}
