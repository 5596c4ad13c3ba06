import { isObject, type Loose, objectOf } from './json.ts'
import { decodeToken, encodeToken, valueAt } from './json-pointer.ts'

/** A document and the name of its domain. */
export interface NamedDocument {
  name: string
  root: Loose
}

/** A JSON value, its document, and its pointer in it. */
export interface Node<T = Loose> {
  document: NamedDocument
  /** JSON Pointer. https://www.rfc-editor.org/rfc/rfc6901 */
  pointer: string
  value: T
  /** Pointers of members that were merged from elsewhere: properties by name, keywords as `/items`. */
  origins?: ReadonlyMap<string, string>
}

/** The root of a document. */
export function rootOf(document: NamedDocument): Node {
  return { document, pointer: '', value: document.root }
}

/** A member of an object, or a value further below. */
export function member(node: Node, ...keys: (string | number)[]): Node<unknown> {
  let { pointer } = node
  let value: unknown = node.value
  for (const key of keys) {
    pointer += `/${typeof key === 'number' ? key : encodeToken(key)}`
    value = (value as Record<string | number, unknown> | undefined)?.[key]
  }
  const origin = node.origins?.get(`/${keys[0]}`)
  return { document: node.document, pointer: (keys.length === 1 && origin) || pointer, value }
}

/** The members of an object below a node. */
export function members(node: Node, ...keys: string[]): [name: string, node: Node<unknown>][] {
  const holder = member(node, ...keys)
  return Object.keys(objectOf(holder.value)).map((name) => [
    name,
    member({ ...holder, value: objectOf(holder.value) }, name),
  ])
}

/**
 * The target of a reference, or the node itself. A reference to another document, to nothing or in a circle is not
 * followed.
 */
export function resolve(node: Node<unknown>): Node {
  const visited = new Set<string>()
  let here = node
  while (isObject(here.value) && typeof here.value['$ref'] === 'string') {
    const reference = here.value['$ref']
    if (!reference.startsWith('#/') || visited.has(reference)) return { ...here, value: here.value }
    visited.add(reference)
    const pointer = reference.slice(1)
    const target = lookUp(here.document, pointer)
    if (target === undefined) return { ...here, value: here.value }
    here = { document: here.document, pointer, value: target }
  }
  return { ...here, value: objectOf(here.value) }
}

/** The value at a pointer, which may be percent-encoded as in a reference. */
function lookUp({ root }: NamedDocument, pointer: string): unknown {
  const tokens = pointer.split('/').slice(1)
  return valueAt(
    root,
    tokens.map((token) => decodeToken(token.includes('%') ? percentDecoded(token) : token)),
  )
}

function percentDecoded(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
