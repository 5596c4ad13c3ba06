/** The tokens of a JSON Pointer. https://www.rfc-editor.org/rfc/rfc6901 */
export function tokensOf(pointer: string): string[] {
  return pointer.split('/').slice(1).map(decodeToken)
}

/** A token as it is written in a JSON Pointer. */
export function encodeToken(token: string): string {
  return /[~/]/.test(token) ? token.replace(/~/g, '~0').replace(/\//g, '~1') : token
}

/** A token as a JSON Pointer means it. */
export function decodeToken(token: string): string {
  return token.replace(/~1/g, '/').replace(/~0/g, '~')
}

/** The value below a root, or `undefined`. */
export function valueAt(root: object, tokens: readonly string[]): unknown {
  let value: unknown = root
  for (const token of tokens) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined
    value = (value as Record<string, unknown>)[token]
  }
  return value
}
