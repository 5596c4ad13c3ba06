import { isObject, type Loose, objectOf } from './json.ts'

/** A document under the name by which changes call it. */
export interface NamedDocument {
  name: string
  root: Loose
}

/** A value with its place in its document. */
export interface Placed<T = Loose> {
  document: NamedDocument
  /** JSON Pointer. https://www.rfc-editor.org/rfc/rfc6901 */
  pointer: string
  value: T
  /** Where properties come from that were merged into `value` from elsewhere, and keywords, as `/items`. */
  origins?: ReadonlyMap<string, string>
}

/** A member of a placed object. */
export function member(placed: Placed, ...keys: (string | number)[]): Placed<unknown> {
  let { pointer } = placed
  let value: unknown = placed.value
  for (const key of keys) {
    pointer += `/${typeof key === 'number' ? key : encode(key)}`
    value = (value as Record<string | number, unknown> | undefined)?.[key]
  }
  const origin = placed.origins?.get(`/${keys[0]}`)
  return { document: placed.document, pointer: (keys.length === 1 && origin) || pointer, value }
}

/** The members of an object below a placed one. */
export function members(placed: Placed, ...keys: string[]): [name: string, placed: Placed<unknown>][] {
  const holder = member(placed, ...keys)
  return Object.keys(objectOf(holder.value)).map((name) => [
    name,
    member({ ...holder, value: objectOf(holder.value) }, name),
  ])
}

/**
 * What a reference points to, or the value itself. A reference that leads out of the document, nowhere or in a circle
 * is left as it is.
 */
export function resolve(placed: Placed<unknown>): Placed {
  const met = new Set<string>()
  let here = placed
  while (isObject(here.value) && typeof here.value['$ref'] === 'string') {
    const reference = here.value['$ref']
    if (!reference.startsWith('#/') || met.has(reference)) return { ...here, value: here.value }
    met.add(reference)
    const target = lookUp(here.document, reference.slice(1))
    if (target === undefined) return { ...here, value: here.value }
    here = { document: here.document, pointer: reference.slice(1), value: target }
  }
  return { ...here, value: objectOf(here.value) }
}

/** The value at a pointer. */
export function lookUp({ root }: NamedDocument, pointer: string): unknown {
  let value: unknown = root
  for (const key of pointer.split('/').slice(1)) {
    const name = decode(key)
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

function encode(key: string): string {
  if (!/[~/]/.test(key)) return key
  return key.replace(/~/g, '~0').replace(/\//g, '~1')
}

// References write a pointer as a URI fragment.
function decode(key: string): string {
  const plain = key.includes('%') ? percent(key) : key
  return plain.replace(/~1/g, '/').replace(/~0/g, '~')
}

function percent(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
