/** The innermost thing with a name around a place in a document. */
export interface Anchor {
  path: string[]
  kind: 'property' | 'parameter' | 'response' | 'body' | 'operation' | 'other'
  /** What a reader calls it, where its key does not stand in it. */
  name?: string
}

const named = { properties: 'property', parameters: 'parameter', responses: 'response' } as const

/** Finds the anchor of a pointer's tokens. */
export function anchorOf(tokens: readonly string[]): Anchor {
  let found: Anchor = { path: tokens.slice(0, 3), kind: 'other' }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (i < 2) continue
    if (i === 2 && (tokens[0] === 'paths' || tokens[0] === 'webhooks')) {
      const name = tokens[0] === 'paths' ? `${token.toUpperCase()} ${tokens[1]}` : tokens[1]!
      found = { path: tokens.slice(0, 3), kind: 'operation', name }
    } else if (token === 'requestBody') {
      found = { path: tokens.slice(0, i + 1), kind: 'body' }
    } else if (Object.hasOwn(named, token) && i + 1 < tokens.length) {
      const kind = named[token as keyof typeof named]
      found = { path: tokens.slice(0, i + 2), kind, ...(kind !== 'parameter' && { name: tokens[i + 1]! }) }
      // A property may be called properties.
      i++
    }
  }
  return found
}

/** The tokens of a JSON Pointer. https://www.rfc-editor.org/rfc/rfc6901 */
export function tokensOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What stands at a place, or nothing. */
export function valueAt(document: object, path: readonly string[]): unknown {
  let value: unknown = document
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}
