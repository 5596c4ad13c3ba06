import type { FamilyId } from '../rules/facet.ts'
import { compareAllOf, mergeAllOf } from './all-of.ts'
import { compareAlternatives } from './alternatives.ts'
import { compareContents } from './contents.ts'
import { isObject, type Loose, settled } from './json.ts'
import { member, type Placed, resolve } from './json-node.ts'
import { compareKeywords } from './keywords.ts'
import { compareProperties } from './properties.ts'
import { note, type Standing } from './record.ts'
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

/** Where a comparison of schemas stands. */
export interface SchemaStanding extends Standing {
  family: FamilyId
  /** A number in a path is typed `string | number`. */
  pathVariable?: boolean
  share: Share
}

/** Notes that a place uses two schemas which others may use too; they are compared once. */
export type Share = (before: Placed, after: Placed, at: SchemaStanding) => void

/** The same standing one step down. */
export function below(at: SchemaStanding, ...steps: string[]): SchemaStanding {
  return { ...at, location: [...at.location, ...steps] }
}

/** Compares two schemas, and what stands below them. */
export function compareSchemas(before: Placed<unknown>, after: Placed<unknown>, at: SchemaStanding): void {
  if (settled(before.value, after.value)) return
  if (refers(before) || refers(after)) at.share(read(before), read(after), at)
  else compareResolved(read(before), read(after), at)
}

/** Compares two schemas that are no references. */
export function compareResolved(before: Placed, after: Placed, at: SchemaStanding): void {
  if (compareAllOf(before, after, at)) return
  const [old, now] = [mergeAllOf(before), mergeAllOf(after)]
  if (compareAlternatives(old, now, 'oneOf', at)) return
  if (compareAlternatives(old, now, 'anyOf', at)) return
  const [oldTypes, nowTypes] = [typesOf(old.value), typesOf(now.value)]
  if (compareEmbedding(old, now, at)) return
  compareTypes(old, now, at)
  if (!overlap(oldTypes, nowTypes)) return
  compareValues(old, now, typedHere(at, now))
  compareContents(old, now, at)
  compareKeywords(old, now, at)
  if (may(oldTypes, 'object') && may(nowTypes, 'object')) compareProperties(old, now, at)
  if (may(oldTypes, 'array') && may(nowTypes, 'array') && (hasItems(old) || hasItems(now)))
    compareSchemas(member(old, 'items'), member(now, 'items'), below(at, '[]'))
}

// Text that holds JSON: what it holds is compared, and its types are those of the place.
function compareEmbedding(old: Placed, now: Placed, at: SchemaStanding): boolean {
  const [was, is] = [holds(old), holds(now)]
  if (was === is) {
    if (is) {
      // The plain text of a notification is what its types are made of.
      const typed = at.typed || at.family === 'notification-property'
      compareSchemas(member(old, 'contentSchema'), member(now, 'contentSchema'), { ...at, typed })
    }
    return false
  }
  const [oldTypes, nowTypes] = [typesOf(old.value), typesOf(now.value)]
  const plain = was ? nowTypes : oldTypes
  const isText = plain === undefined || plain.has('string')
  if (isText) return false
  const rule = `${at.family}-became-${is ? '' : 'not-'}embedded-json`
  note(at, rule, old, now, { before: nameTypes(oldTypes), after: nameTypes(nowTypes) })
  compareSchemas(was ? member(old, 'contentSchema') : old, is ? member(now, 'contentSchema') : now, at)
  return true
}

function compareTypes(old: Placed, now: Placed, at: SchemaStanding): void {
  const [before, after] = [typesOf(old.value), typesOf(now.value)]
  const relation = relate(before, after)
  const here = typedHere(at, now)
  // A fraction that is refused where text is accepted: all is well to TypeScript.
  const known = at.family.startsWith('request') ? kindsWithin(before, after) : kindsWithin(after, before)
  if (relation !== 'same')
    note({ ...here, typed: here.typed && !known }, `${at.family}-${ruleNames[relation]}`, old, now, {
      before: nameTypes(before),
      after: nameTypes(after),
      values: relation === 'narrowed' ? nameMore(before, after) : nameMore(after, before),
    })
  // A schema without types allows null already.
  if (!before || !after || !overlap(before, after)) return
  const [was, is] = [isNullable(old.value), isNullable(now.value)]
  // The type of a text that holds JSON is that of what it holds.
  const typed = here.typed && !(holds(old) && holds(now))
  if (was !== is) note({ ...here, typed }, `${at.family}-became-${is ? '' : 'not-'}nullable`, old, now)
}

const ruleNames = {
  changed: 'type-changed',
  widened: 'list-of-types-widened',
  narrowed: 'list-of-types-narrowed',
  generalized: 'type-generalized',
  specialized: 'type-specialized',
  'array-to-object': 'array-to-object',
  'object-to-array': 'object-to-array',
}

// Whatever a number in a path was before, its type `string | number` takes it.
function typedHere(at: SchemaStanding, now: Placed): SchemaStanding {
  return at.pathVariable && isNumeric(now.value) ? { ...at, typed: false } : at
}

function may(types: Types, type: string): boolean {
  return !types || types.has(type)
}

function holds({ value }: Placed): boolean {
  return isObject(value['contentSchema'])
}

function hasItems({ value }: Placed): boolean {
  return value['items'] !== undefined
}

function refers({ value }: Placed<unknown>): boolean {
  return isObject(value) && typeof value['$ref'] === 'string'
}

/** A schema as an object: references followed, `true` and `false` written out, what stands beside a reference merged. */
function read(placed: Placed<unknown>): Placed {
  if (placed.value === false) return { ...placed, value: { not: {} } }
  if (!isObject(placed.value)) return { ...placed, value: {} }
  const resolved = resolve(placed)
  const beside = besideReference(placed.value)
  if (resolved.pointer === placed.pointer || !beside) return resolved
  return { ...resolved, pointer: placed.pointer, value: { allOf: [resolved.value, beside] } }
}

const remarks = new Set(['$ref', 'description', 'summary', 'title', 'example', 'examples', 'deprecated'])

function besideReference(value: Loose): Loose | undefined {
  const entries = Object.entries(value).filter(([name]) => !remarks.has(name))
  return entries.length > 0 && '$ref' in value ? Object.fromEntries(entries) : undefined
}
