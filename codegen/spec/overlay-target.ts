import { exec } from 'jsonpath-rfc9535'
import parse, { type JsonPathQuery } from 'jsonpath-rfc9535/parser'

/** Any value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** The names and indexes that lead from the root of a document to one of its nodes. */
export type Location = readonly (string | number)[]

/** A parsed JSONPath. https://www.rfc-editor.org/rfc/rfc9535 */
export interface Target {
  text: string
  /** The choices of each segment, if the path has only names and indexes. */
  names?: (string | number)[][]
}

/** The nodes that a target selects, and its paths that select none. */
interface Selection {
  found: Location[]
  missing: string[]
}

/**
 * Parses a JSONPath.
 * @throws SyntaxError
 */
export function readTarget(text: string): Target {
  let query: JsonPathQuery
  try {
    query = parse(text)
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error))
  }
  const names = query.segments.map(namesOf)
  return names.every((choice) => choice !== undefined) ? { text, names } : { text }
}

/**
 * Finds the nodes of a target. `['a', 'b']` are two paths, and each is missing on its own: a list with one name left
 * would hide that the others are gone.
 */
export function select(document: Json, target: Target): Selection {
  if (!target.names) {
    const found = new Map<string, Location>()
    // A query may find a node in two ways, but the node is changed once.
    exec(document, target.text, (_, location) => found.set(JSON.stringify(location), location))
    return { found: [...found.values()], missing: found.size > 0 ? [] : [target.text] }
  }
  const locations = target.names.reduce<Location[]>(
    (all, choice) => all.flatMap((location) => choice.map((name) => [...location, name])),
    [[]],
  )
  const found = locations.filter((location) => nodeAt(document, location) !== undefined)
  return {
    found,
    missing: locations.filter((location) => !found.includes(location)).map(pathOf),
  }
}

/** The node at a location; undefined when there is none. */
export function nodeAt(document: Json, location: Location): Json | undefined {
  let node: Json | undefined = document
  for (const key of location) node = member(node, key)
  return node
}

/** A location as a normalized JSONPath: `$['paths']['/v3/certificates']`. */
export function pathOf(location: Location): string {
  return `$${location.map((key) => `[${typeof key === 'number' ? key : quote(key)}]`).join('')}`
}

function member(node: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(node)) return typeof key === 'number' ? node[key] : undefined
  if (node === null || typeof node !== 'object') return undefined
  return typeof key === 'string' && Object.hasOwn(node, key) ? node[key] : undefined
}

function namesOf({ type, node }: JsonPathQuery['segments'][number]): (string | number)[] | undefined {
  if (type !== 'ChildSegment') return undefined
  if (node.type === 'MemberNameShorthand') return [node.value]
  if (node.type !== 'BracketedSelection') return undefined
  const names = node.selectors.flatMap((selector): (string | number)[] => {
    if (selector.type === 'NameSelector') return [selector.value]
    return selector.type === 'IndexSelector' && selector.value >= 0 ? [selector.value] : []
  })
  return names.length === node.selectors.length ? [...new Set(names)] : undefined
}

function quote(name: string): string {
  const text = JSON.stringify(name).slice(1, -1)
  return `'${text.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
