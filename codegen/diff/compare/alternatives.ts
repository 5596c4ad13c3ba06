import { isObject, type Loose, listOf, objectOf, same, shown, stringsOf } from './json.ts'
import { member, type Placed, resolve } from './json-node.ts'
import { note } from './record.ts'
import { below, compareResolved, compareSchemas, type SchemaStanding } from './schema.ts'
import { isNullable, isUnknown, kindsWithin, nameTypes, overlap, typesOf, valuesOf } from './schema-type.ts'
import { likeness } from './similarity.ts'

/**
 * Compares the forms that a value may have, where either side names several.
 * @returns whether it did
 */
export function compareAlternatives(
  before: Placed,
  after: Placed,
  keyword: 'oneOf' | 'anyOf',
  at: SchemaStanding,
): boolean {
  const [was, is] = [listOf(before.value[keyword]), listOf(after.value[keyword])]
  if (was.length === 0 && is.length === 0) return false
  const [old, now] = [formsOf(before, keyword), formsOf(after, keyword)]
  const pairs = pair(old, now)
  const rule = `${at.family}-${keyword === 'oneOf' ? 'one-of' : 'any-of'}`
  for (const [one, other] of pairs) {
    const location = old.length > 1 || now.length > 1 ? below(at, `[${now.indexOf(other) + 1}]`) : at
    const sent = at.family.startsWith('request')
    compareSchemas(one, other, sent ? typed(location, one, now) : typed(location, other, old))
  }
  for (const form of old.filter((one) => !pairs.some(([paired]) => paired === one)))
    note(typed(at, form, now), `${rule}-removed`, form, after, { value: nameForm(form) })
  for (const form of now.filter((one) => !pairs.some(([, paired]) => paired === one)))
    note(typed(at, form, old), `${rule}-added`, before, form, { value: nameForm(form) })
  if (was.length > 0 && is.length > 0) compareResolved(without(before, keyword), without(after, keyword), at)
  return true
}

// A schema with one form is that form; forms of a form are its own.
function formsOf(placed: Placed, keyword: 'oneOf' | 'anyOf'): Placed<unknown>[] {
  const forms = listOf(placed.value[keyword])
  if (forms.length === 0) return byType(placed)
  const { type } = placed.value
  return forms.flatMap((form, index) => {
    const own = member(placed, keyword, index)
    if (!isObject(form) || '$ref' in form) return [own]
    const value = type === undefined || 'type' in form ? form : { type, ...form }
    return Object.keys(form).some((name) => name === keyword)
      ? formsOf({ ...own, value }, keyword)
      : [{ ...own, value }]
  })
}

// A list of types is a form for each.
function byType(placed: Placed): Placed[] {
  const types = stringsOf(placed.value['type'])
  if (types.length < 2 || valuesOf(placed.value)) return [placed]
  return types.map((type) => ({ ...placed, value: { ...placed.value, type } }))
}

function without(placed: Placed, keyword: 'oneOf' | 'anyOf'): Placed {
  const { [keyword]: _, ...rest } = placed.value
  return { ...placed, value: rest }
}

// Equal forms belong together, then those that are most alike; the order does not count.
function pair(old: Placed<unknown>[], now: Placed<unknown>[]): [Placed<unknown>, Placed<unknown>][] {
  const pairs: [Placed<unknown>, Placed<unknown>][] = []
  const left = new Set(old)
  const right = new Set(now)
  const join = (one: Placed<unknown>, other: Placed<unknown>) => {
    pairs.push([one, other])
    left.delete(one)
    right.delete(other)
  }
  for (const one of old) {
    const other = [...right].find((candidate) => same(bare(one), bare(candidate)))
    if (other) join(one, other)
  }
  const scored = [...left]
    .flatMap((one) => [...right].map((other) => ({ one, other, score: alikeness(one, other) })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  for (const { one, other } of scored) if (left.has(one) && right.has(other)) join(one, other)
  return pairs
}

function alikeness(one: Placed<unknown>, other: Placed<unknown>): number {
  const [a, b] = [heldBy(one), heldBy(other)]
  const [types, others] = [typesOf(a), typesOf(b)]
  const texts = [one, other].map((form) => typesOf(resolve(form).value)?.has('string') === true)
  if (texts[0] && texts[1] && (types?.has('string') || others?.has('string'))) return 0.5
  if (!types || !others || !overlap(types, others)) return 0
  const names = (schema: Loose) => Object.keys(objectOf(schema['properties']))
  return types.has('object') ? 0.01 + likeness(names(a), names(b)) : 0.5
}

// A text that holds JSON is like what it holds.
function heldBy(form: Placed<unknown>): Loose {
  const { value } = resolve(form)
  return isObject(value['contentSchema']) ? value['contentSchema'] : value
}

// To TypeScript a form says nothing new beside forms of the same kinds: an integer beside a number.
function typed(at: SchemaStanding, form: Placed<unknown>, others: Placed<unknown>[]): SchemaStanding {
  const kinds = others.flatMap((other) => {
    const value = heldBy(other)
    return valuesOf(value) ? [] : kindsOf(value)
  })
  const plain = new Set(kinds.filter((kind) => kind !== 'object' && kind !== 'array'))
  const any = others.some((other) => isUnknown(heldBy(other)))
  const values = valuesOf(heldBy(form))
  const listed = others.flatMap((other) => valuesOf(heldBy(other)) ?? [])
  if (values?.every((value) => listed.includes(value))) return { ...at, typed: false }
  return any || kindsWithin(new Set(kindsOf(heldBy(form))), plain) ? { ...at, typed: false } : at
}

function kindsOf(schema: Loose): string[] {
  return [...(typesOf(schema) ?? ['any']), ...(isNullable(schema) ? ['null'] : [])]
}

function bare({ value }: Placed<unknown>): unknown {
  if (!isObject(value)) return value
  const { description: _, example: __, title: ___, ...rest } = value
  return rest
}

function nameForm(form: Placed<unknown>): string {
  const { value } = resolve(form)
  const names = Object.keys(objectOf(value['properties']))
  if (names.length > 0) return shown(`{ ${names.join(', ')} }`)
  return value['type'] === 'null' ? 'null' : nameTypes(typesOf(value))
}
