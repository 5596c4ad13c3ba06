import { exec } from 'jsonpath-rfc9535'
import parse, { type JsonPathQuery } from 'jsonpath-rfc9535/parser'

/** Any value of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** The names and indexes that lead from the root of a document to one of its nodes. */
export type Location = readonly (string | number)[]

/**
 * A choice of a segment: a name, an index, or the entry of a list that is that text or has those members, as in
 * `required[?@ == 'mchid']` and `parameters[?@.name == 'mchid' && @.in == 'query']`.
 */
type Choice = string | number | { value: string } | { members: Record<string, string> }

/** A parsed JSONPath. https://www.rfc-editor.org/rfc/rfc9535 */
export interface Target {
  text: string
  /** The choices of each segment, if the path has only names, indexes and values. */
  choices?: Choice[][]
}

type Bracketed = Extract<JsonPathQuery['segments'][number]['node'], { type: 'BracketedSelection' }>
type Filter = Extract<Bracketed['selectors'][number], { type: 'FilterSelector' }>['value']

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
  const choices = query.segments.map(choicesOf)
  return choices.every((choice) => choice !== undefined) ? { text, choices } : { text }
}

/**
 * Finds the nodes of a target. `['a', 'b']` are two paths, and each is missing on its own: a list with one name left
 * would hide that the others are gone.
 */
export function select(document: Json, target: Target): Selection {
  if (!target.choices) {
    const found = new Map<string, Location>()
    // A query may find a node in two ways, but the node is changed once.
    exec(document, target.text, (_, location) => found.set(JSON.stringify(location), location))
    return { found: [...found.values()], missing: found.size > 0 ? [] : [target.text] }
  }
  const paths = target.choices.reduce<Choice[][]>(
    (all, choice) => all.flatMap((path) => choice.map((one) => [...path, one])),
    [[]],
  )
  const found: Location[] = []
  const missing: string[] = []
  for (const path of paths) {
    const location = locate(document, path)
    if (location) found.push(location)
    else missing.push(textOf(path))
  }
  return { found, missing }
}

function locate(document: Json, path: Choice[]): Location | undefined {
  const location: (string | number)[] = []
  let node: Json | undefined = document
  for (const choice of path) {
    const key: string | number =
      typeof choice !== 'object'
        ? choice
        : Array.isArray(node)
          ? node.findIndex((entry) => is(entry, choice))
          : -1
    node = member(node, key)
    if (node === undefined) return undefined
    location.push(key)
  }
  return location
}

/** The node at a location; undefined when there is none. */
export function nodeAt(document: Json, location: Location): Json | undefined {
  let node: Json | undefined = document
  for (const key of location) node = member(node, key)
  return node
}

/** A location as a normalized JSONPath: `$['paths']['/v3/certificates']`. */
export function pathOf(location: Location): string {
  return textOf(location)
}

function textOf(path: readonly Choice[]): string {
  const keys = path.map((key) => {
    if (typeof key === 'object' && 'value' in key) return `?@ == ${quote(key.value)}`
    if (typeof key === 'object')
      return `?${Object.entries(key.members)
        .map(([name, value]) => `@.${name} == ${quote(value)}`)
        .join(' && ')}`
    return typeof key === 'number' ? key : quote(key)
  })
  return `$${keys.map((key) => `[${key}]`).join('')}`
}

function member(node: Json | undefined, key: string | number): Json | undefined {
  if (Array.isArray(node)) return typeof key === 'number' ? node[key] : undefined
  if (node === null || typeof node !== 'object') return undefined
  return typeof key === 'string' && Object.hasOwn(node, key) ? node[key] : undefined
}

function choicesOf({ type, node }: JsonPathQuery['segments'][number]): Choice[] | undefined {
  if (type !== 'ChildSegment') return undefined
  if (node.type === 'MemberNameShorthand') return [node.value]
  if (node.type !== 'BracketedSelection') return undefined
  const choices = node.selectors.flatMap((selector): Choice[] => {
    if (selector.type === 'NameSelector') return [selector.value]
    if (selector.type === 'FilterSelector') return entryOf(selector.value)
    return selector.type === 'IndexSelector' && selector.value >= 0 ? [selector.value] : []
  })
  if (choices.length !== node.selectors.length) return undefined
  return choices.filter((choice, index) => choices.indexOf(choice) === index)
}

function is(entry: Json, choice: Exclude<Choice, string | number>): boolean {
  if ('value' in choice) return entry === choice.value
  return Object.entries(choice.members).every(([name, value]) => member(entry, name) === value)
}

// `?@ == 'text'`, and `?@.name == 'text'` with any number of `&&`: entries of a list that a path can name.
function entryOf(filter: Filter): Choice[] {
  if (filter.type === 'LogicalAndExpr') {
    const [left] = entryOf(filter.left)
    const [right] = entryOf(filter.right)
    if (typeof left !== 'object' || typeof right !== 'object') return []
    if (!('members' in left) || !('members' in right)) return []
    return [{ members: { ...left.members, ...right.members } }]
  }
  if (filter.type !== 'ComparisonExpr' || filter.op !== '==') return []
  const { left, right } = filter
  if (left.type !== 'RelSingularQuery' || right.type !== 'Literal' || typeof right.value !== 'string')
    return []
  const [segment, ...more] = left.segments
  if (segment === undefined) return [{ value: right.value }]
  if (more.length > 0 || segment.node.type !== 'MemberNameShorthand') return []
  return [{ members: { [segment.node.value]: right.value } }]
}

function quote(name: string): string {
  const text = JSON.stringify(name).slice(1, -1)
  return `'${text.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
