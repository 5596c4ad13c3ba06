import { byCodeUnit } from '../../by-code-unit.ts'
import { canonical, isObject, type Loose, same, shown } from './json.ts'
import type { Placed } from './json-node.ts'
import { note } from './record.ts'
import type { SchemaStanding } from './schema.ts'

/** Compares which values two schemas of one type allow: enum, const, format and the bounds. */
export function compareValues(before: Placed, after: Placed, at: SchemaStanding): void {
  compareEnums(before, after, at)
  compareKnownValues(before, after, at)
  compareConst(before, after, at)
  compareFormats(before, after, at)
  for (const bound of bounds) compareBound(bound, before, after, at)
}

function compareEnums(before: Placed, after: Placed, at: SchemaStanding): void {
  const [old, now] = [closed(before.value), closed(after.value)]
  if (old && now) {
    const { added, removed } = changed(old, now)
    // One of the two at most is breaking; a reader wants to see both.
    if (removed.length > 0)
      note(at, `${at.family}-enum-value-removed`, before, after, { values: listed(removed) })
    if (added.length > 0) note(at, `${at.family}-enum-value-added`, before, after, { values: listed(added) })
  } else if (now) note(at, `${at.family}-became-enum`, before, after, { values: listed(now) })
  else if (old) note(at, `${at.family}-became-not-enum`, before, after, { values: listed(old) })
}

function compareKnownValues(before: Placed, after: Placed, at: SchemaStanding): void {
  if (closed(before.value) || closed(after.value)) return
  const [old, now] = [open(before.value), open(after.value)]
  const rule = `${at.family}-extensible-enum`
  if (old && now) {
    const { added, removed } = changed(old, now)
    if (removed.length > 0) note(at, `${rule}-value-removed`, before, after, { values: listed(removed) })
    if (added.length > 0) note(at, `${rule}-value-added`, before, after, { values: listed(added) })
  } else if (now) note(at, `${rule}-added`, before, after, { values: listed(now) })
  else if (old) note(at, `${rule}-removed`, before, after, { values: listed(old) })
}

function closed(schema: Loose): readonly unknown[] | undefined {
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined
}

function open(schema: Loose): readonly unknown[] | undefined {
  const values = schema['x-extensible-enum']
  return Array.isArray(values) && values.length > 0 ? values : undefined
}

function changed(old: readonly unknown[], now: readonly unknown[]) {
  const has = (list: readonly unknown[], value: unknown) => list.some((one) => same(one, value))
  return {
    added: now.filter((value) => !has(old, value)),
    removed: old.filter((value) => !has(now, value)),
  }
}

// By value, so that the order in a document does not count.
function listed(values: readonly unknown[]): string {
  return values
    .map((value) => (typeof value === 'string' ? value : canonical(value)))
    .sort(byCodeUnit)
    .map((value) => `\`${value}\``)
    .join(', ')
}

function compareConst(before: Placed, after: Placed, at: SchemaStanding): void {
  const [old, now] = [before.value['const'], after.value['const']]
  if (same(old, now)) return
  const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
  note(at, `${at.family}-const-${change}`, before, after, { before: shown(old), after: shown(now) })
}

// What ajv-formats checks; other formats are remarks. https://json-schema.org/draft/2020-12/json-schema-validation#section-7
const checked = new Set(
  'date time date-time iso-time iso-date-time duration uri uri-reference uri-template url email hostname ipv4 ipv6 regex uuid json-pointer json-pointer-uri-fragment relative-json-pointer byte int32 int64'.split(
    ' ',
  ),
)

function compareFormats(before: Placed, after: Placed, at: SchemaStanding): void {
  const [old, now] = [before.value['format'], after.value['format']]
  if (old === now) return
  const names = { before: shown(old), after: shown(now) }
  const [was, is] = [checked.has(String(old)), checked.has(String(now))]
  // Every int32 is an int64.
  const size = `${old} ${now}`
  if (size === 'int32 int64' || size === 'int64 int32') {
    const tighter = size === 'int64 int32' ? 'tightened' : 'loosened'
    note(at, `${at.family}-constraint-${tighter}`, before, after, { keyword: 'format', ...names })
  } else if (was && is) note(at, `${at.family}-format-changed`, before, after, names)
  else if (is) note(at, `${at.family}-format-added`, before, after, names)
  else if (was) note(at, `${at.family}-format-removed`, before, after, names)
  else note(at, `${at.family}-format-hint-changed`, before, after, names)
}

interface Bound {
  keyword: string
  /** -1 where a smaller value is tighter, 1 where a greater one is. */
  tighter: -1 | 1 | ((old: unknown, now: unknown) => 'tightened' | 'loosened' | 'changed')
  /** What its absence means, where that is a value. */
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
  { keyword: 'multipleOf', tighter: multiples },
]

function multiples(old: unknown, now: unknown): 'tightened' | 'loosened' | 'changed' {
  if (Number(old) % Number(now) === 0) return 'loosened'
  return Number(now) % Number(old) === 0 ? 'tightened' : 'changed'
}

function compareBound(bound: Bound, before: Placed, after: Placed, at: SchemaStanding): void {
  const { keyword, tighter, absent } = bound
  const old = before.value[keyword] ?? absent
  const now = after.value[keyword] ?? absent
  if (same(old, now) || isObject(old) || isObject(now)) return
  // Where values are listed, a bound that all of them keep says nothing.
  const [values, others] = [closed(before.value), closed(after.value)]
  if (values?.every((value) => keeps(keyword, now, value))) return
  if (others?.every((value) => keeps(keyword, old, value))) return
  const verdict = () => {
    if (old === undefined) return 'tightened'
    if (now === undefined) return 'loosened'
    if (typeof tighter === 'function') return tighter(old, now)
    return (Number(now) - Number(old)) * tighter > 0 ? 'tightened' : 'loosened'
  }
  note(at, `${at.family}-constraint-${verdict()}`, before, after, {
    keyword,
    before: shown(old),
    after: shown(now),
  })
}

function keeps(keyword: string, bound: unknown, value: unknown): boolean {
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
