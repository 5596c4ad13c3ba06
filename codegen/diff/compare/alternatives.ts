import { isObject, type Loose, listOf, objectOf, same, shown, stringsOf } from './json.ts'
import { member, type Node, resolve } from './json-node.ts'
import { note } from './record.ts'
import { compareResolved, compareSchemas } from './schema.ts'
import { below, directionOf, type SchemaScope } from './schema-scope.ts'
import { isNullable, isUnknown, kindsWithin, nameTypes, overlap, typesOf, valuesOf } from './schema-type.ts'
import { similarity } from './similarity.ts'

type Keyword = 'oneOf' | 'anyOf'

const facets = { oneOf: 'one-of', anyOf: 'any-of' } as const

/**
 * Compares the alternatives of two schemas, if either has any.
 * @returns whether it did
 */
export function compareAlternatives(before: Node, after: Node, keyword: Keyword, at: SchemaScope): boolean {
  const [was, is] = [listOf(before.value[keyword]), listOf(after.value[keyword])]
  if (was.length === 0 && is.length === 0) return false
  const [old, now] = [formsOf(before, keyword), formsOf(after, keyword)]
  const pairs = pairForms(old, now)
  const rule = `${at.family}-${facets[keyword]}` as const
  for (const [one, other] of pairs) {
    const here = old.length > 1 || now.length > 1 ? below(at, `[${now.indexOf(other) + 1}]`) : at
    const isSent = directionOf(at) === 'request'
    compareSchemas(one, other, isSent ? typedBeside(here, one, now) : typedBeside(here, other, old))
  }
  for (const form of old.filter((one) => !pairs.some(([paired]) => paired === one)))
    note(typedBeside(at, form, now), `${rule}-removed`, form, after, { value: nameForm(form) })
  for (const form of now.filter((one) => !pairs.some(([, paired]) => paired === one)))
    note(typedBeside(at, form, old), `${rule}-added`, before, form, { value: nameForm(form) })
  if (was.length > 0 && is.length > 0) compareResolved(without(before, keyword), without(after, keyword), at)
  return true
}

// A schema without alternatives is its only form. Nested alternatives are flattened.
function formsOf(node: Node, keyword: Keyword): Node<unknown>[] {
  const forms = listOf(node.value[keyword])
  if (forms.length === 0) return formsByType(node)
  const { type } = node.value
  return forms.flatMap((form, index) => {
    const own = member(node, keyword, index)
    if (!isObject(form) || '$ref' in form) return [own]
    const value = type === undefined || 'type' in form ? form : { type, ...form }
    return Object.keys(form).some((name) => name === keyword)
      ? formsOf({ ...own, value }, keyword)
      : [{ ...own, value }]
  })
}

// A list of types is one form per type.
function formsByType(node: Node): Node[] {
  const types = stringsOf(node.value['type'])
  if (types.length < 2 || valuesOf(node.value)) return [node]
  return types.map((type) => ({ ...node, value: { ...node.value, type } }))
}

function without(node: Node, keyword: Keyword): Node {
  const { [keyword]: _, ...rest } = node.value
  return { ...node, value: rest }
}

// Pairs equal forms first, then the most similar ones, in any order.
function pairForms(old: Node<unknown>[], now: Node<unknown>[]): [Node<unknown>, Node<unknown>][] {
  const pairs: [Node<unknown>, Node<unknown>][] = []
  const left = new Set(old)
  const right = new Set(now)
  const join = (one: Node<unknown>, other: Node<unknown>) => {
    pairs.push([one, other])
    left.delete(one)
    right.delete(other)
  }
  for (const one of old) {
    const other = [...right].find((candidate) => same(withoutRemarks(one), withoutRemarks(candidate)))
    if (other) join(one, other)
  }
  const scored = [...left]
    .flatMap((one) => [...right].map((other) => ({ one, other, score: formSimilarity(one, other) })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  for (const { one, other } of scored) if (left.has(one) && right.has(other)) join(one, other)
  return pairs
}

function formSimilarity(one: Node<unknown>, other: Node<unknown>): number {
  const [a, b] = [contentOf(one), contentOf(other)]
  const [types, others] = [typesOf(a), typesOf(b)]
  const strings = [one, other].map((form) => typesOf(resolve(form).value)?.has('string') === true)
  if (strings[0] && strings[1] && (types?.has('string') || others?.has('string'))) return 0.5
  if (!types || !others || !overlap(types, others)) return 0
  const names = (schema: Loose) => Object.keys(objectOf(schema['properties']))
  return types.has('object') ? 0.01 + similarity(names(a), names(b)) : 0.5
}

// The types describe a string that contains JSON by that JSON.
function contentOf(form: Node<unknown>): Loose {
  const { value } = resolve(form)
  return isObject(value['contentSchema']) ? value['contentSchema'] : value
}

// A form adds nothing to a TypeScript union that has its kinds or values already: an integer beside a number.
function typedBeside(at: SchemaScope, form: Node<unknown>, others: Node<unknown>[]): SchemaScope {
  const schema = contentOf(form)
  const otherSchemas = others.map(contentOf)
  const listed = otherSchemas.flatMap((other) => valuesOf(other) ?? [])
  if (valuesOf(schema)?.every((value) => listed.includes(value))) return { ...at, typed: false }
  const kinds = otherSchemas.flatMap((other) => (valuesOf(other) ? [] : kindsOf(other)))
  const plain = new Set(kinds.filter((kind) => kind !== 'object' && kind !== 'array'))
  const covered = otherSchemas.some(isUnknown) || kindsWithin(new Set(kindsOf(schema)), plain)
  return covered ? { ...at, typed: false } : at
}

function kindsOf(schema: Loose): string[] {
  return [...(typesOf(schema) ?? ['any']), ...(isNullable(schema) ? ['null'] : [])]
}

function withoutRemarks({ value }: Node<unknown>): unknown {
  if (!isObject(value)) return value
  const { description: _, example: __, title: ___, ...rest } = value
  return rest
}

function nameForm(form: Node<unknown>): string | null {
  const { value } = resolve(form)
  const names = Object.keys(objectOf(value['properties']))
  if (names.length > 0) return shown(`{ ${names.join(', ')} }`)
  return value['type'] === 'null' ? 'null' : nameTypes(typesOf(value))
}
