import { byCodeUnit } from '../../by-code-unit.ts'
import { canonical, difference, differenceKind, isObject, type Loose, same, shownBoth } from './json.ts'
import type { Node } from './json-node.ts'
import { note } from './record.ts'
import type { SchemaScope } from './schema-scope.ts'

/** Compares which values two schemas of one type allow: enum, const, format and bounds. */
export function compareValues(before: Node, after: Node, at: SchemaScope): void {
  compareEnums(before, after, at)
  compareKnownValues(before, after, at)
  compareConst(before, after, at)
  compareFormats(before, after, at)
  for (const bound of bounds) compareBound(bound, before, after, at)
}

function compareEnums(before: Node, after: Node, at: SchemaScope): void {
  const [old, now] = [enumOf(before.value), enumOf(after.value)]
  if (old && now) {
    // At most one of the two is breaking, but a reader wants to see both.
    const { removed, added } = difference(old, now)
    if (removed.length > 0)
      note(at, `${at.family}-enum-value-removed`, before, after, { values: listed(removed) })
    if (added.length > 0) note(at, `${at.family}-enum-value-added`, before, after, { values: listed(added) })
  } else if (now) note(at, `${at.family}-became-enum`, before, after, { values: listed(now) })
  else if (old) note(at, `${at.family}-became-not-enum`, before, after, { values: listed(old) })
}

function compareKnownValues(before: Node, after: Node, at: SchemaScope): void {
  if (enumOf(before.value) || enumOf(after.value)) return
  const [old, now] = [knownValuesOf(before.value), knownValuesOf(after.value)]
  const rule = `${at.family}-extensible-enum` as const
  if (old && now) {
    const { removed, added } = difference(old, now)
    if (removed.length > 0) note(at, `${rule}-value-removed`, before, after, { values: listed(removed) })
    if (added.length > 0) note(at, `${rule}-value-added`, before, after, { values: listed(added) })
  } else if (now) note(at, `${rule}-added`, before, after, { values: listed(now) })
  else if (old) note(at, `${rule}-removed`, before, after, { values: listed(old) })
}

function enumOf(schema: Loose): readonly unknown[] | undefined {
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined
}

function knownValuesOf(schema: Loose): readonly unknown[] | undefined {
  const values = schema['x-extensible-enum']
  return Array.isArray(values) && values.length > 0 ? values : undefined
}

// Sorted, because the order in a document does not count.
function listed(values: readonly unknown[]): string {
  return values
    .map((value) => (typeof value === 'string' ? value : canonical(value)))
    .sort(byCodeUnit)
    .map((value) => `\`${value}\``)
    .join(', ')
}

function compareConst(before: Node, after: Node, at: SchemaScope): void {
  const [old, now] = [before.value['const'], after.value['const']]
  if (same(old, now)) return
  note(at, `${at.family}-const-${differenceKind(old, now)}`, before, after, shownBoth(old, now))
}

// The formats that ajv-formats checks; any other is a hint. https://json-schema.org/draft/2020-12/json-schema-validation#section-7
const checkedFormats = new Set(
  'date time date-time iso-time iso-date-time duration uri uri-reference uri-template url email hostname ipv4 ipv6 regex uuid json-pointer json-pointer-uri-fragment relative-json-pointer byte int32 int64'.split(
    ' ',
  ),
)

function compareFormats(before: Node, after: Node, at: SchemaScope): void {
  const [old, now] = [before.value['format'], after.value['format']]
  if (old === now) return
  const names = shownBoth(old, now)
  const [was, is] = [checkedFormats.has(String(old)), checkedFormats.has(String(now))]
  // Every int32 is an int64.
  const sizes = `${old} ${now}`
  if (sizes === 'int32 int64' || sizes === 'int64 int32') {
    const change = sizes === 'int64 int32' ? 'tightened' : 'loosened'
    note(at, `${at.family}-constraint-${change}`, before, after, { keyword: 'format', ...names })
  } else if (was && is) note(at, `${at.family}-format-changed`, before, after, names)
  else if (is) note(at, `${at.family}-format-added`, before, after, names)
  else if (was) note(at, `${at.family}-format-removed`, before, after, names)
  else note(at, `${at.family}-format-hint-changed`, before, after, names)
}

interface Bound {
  keyword: string
  /** -1 if a smaller value is tighter, 1 if a greater one is. */
  tighter: -1 | 1 | ((old: unknown, now: unknown) => 'tightened' | 'loosened' | 'changed')
  /** The value that its absence means, if any. */
  absent?: number | boolean
}

const bounds: readonly Bound[] = [
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'].map(
    (keyword): Bound => ({ keyword, tighter: -1 }),
  ),
  ...['minimum', 'exclusiveMinimum'].map((keyword): Bound => ({ keyword, tighter: 1 })),
  ...['minLength', 'minItems', 'minProperties'].map((keyword): Bound => ({ keyword, tighter: 1, absent: 0 })),
  { keyword: 'uniqueItems', tighter: 1, absent: false },
  { keyword: 'pattern', tighter: () => 'changed' },
  { keyword: 'multipleOf', tighter: compareMultiples },
]

function compareMultiples(old: unknown, now: unknown): 'tightened' | 'loosened' | 'changed' {
  if (Number(old) % Number(now) === 0) return 'loosened'
  return Number(now) % Number(old) === 0 ? 'tightened' : 'changed'
}

function compareBound(bound: Bound, before: Node, after: Node, at: SchemaScope): void {
  const { keyword, tighter, absent } = bound
  const old = before.value[keyword] ?? absent
  const now = after.value[keyword] ?? absent
  if (same(old, now) || isObject(old) || isObject(now)) return
  // A bound that every listed value respects adds nothing.
  const [values, others] = [enumOf(before.value), enumOf(after.value)]
  if (values?.every((value) => respects(keyword, now, value))) return
  if (others?.every((value) => respects(keyword, old, value))) return
  const change = () => {
    if (old === undefined) return 'tightened'
    if (now === undefined) return 'loosened'
    if (typeof tighter === 'function') return tighter(old, now)
    return (Number(now) - Number(old)) * tighter > 0 ? 'tightened' : 'loosened'
  }
  note(at, `${at.family}-constraint-${change()}`, before, after, { keyword, ...shownBoth(old, now) })
}

function respects(keyword: string, bound: unknown, value: unknown): boolean {
  if (bound === undefined) return true
  const limit = Number(bound)
  if (typeof value === 'number')
    return (
      (keyword === 'minimum' && value >= limit) ||
      (keyword === 'maximum' && value <= limit) ||
      (keyword === 'exclusiveMinimum' && value > limit) ||
      (keyword === 'exclusiveMaximum' && value < limit)
    )
  if (typeof value !== 'string') return false
  const length = [...value].length
  return (keyword === 'minLength' && length >= limit) || (keyword === 'maxLength' && length <= limit)
}
