/** The innermost named part of a document around a pointer. */
export interface Anchor {
  path: string[]
  kind: 'property' | 'parameter' | 'response' | 'body' | 'operation' | 'other'
  /** Its name, if readers know one that its value does not contain. */
  name?: string
}

const named = { properties: 'property', parameters: 'parameter', responses: 'response' } as const

/** The anchor of the tokens of a pointer. */
export function anchorOf(tokens: readonly string[]): Anchor {
  let found: Anchor = { path: tokens.slice(0, 3), kind: 'other' }
  for (let i = 2; i < tokens.length; i++) {
    const token = tokens[i]!
    if (i === 2 && (tokens[0] === 'paths' || tokens[0] === 'webhooks')) {
      const name = tokens[0] === 'paths' ? `${token.toUpperCase()} ${tokens[1]}` : tokens[1]!
      found = { path: tokens.slice(0, 3), kind: 'operation', name }
    } else if (token === 'requestBody') {
      found = { path: tokens.slice(0, i + 1), kind: 'body' }
    } else if (Object.hasOwn(named, token) && i + 1 < tokens.length) {
      const kind = named[token as keyof typeof named]
      found = { path: tokens.slice(0, i + 2), kind, ...(kind !== 'parameter' && { name: tokens[i + 1]! }) }
      // A property may itself be named `properties`.
      i++
    }
  }
  return found
}
