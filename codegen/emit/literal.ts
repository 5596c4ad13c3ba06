/** Text of a page on its way into code: each helper makes it safe for one place. */

/** A string literal in single quotes. */
export function str(text: unknown): string {
  const json = JSON.stringify(String(text)).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${json.replace(hidden, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).replaceAll('</', '<\\/')}'`
}

/**
 * An identifier.
 * @throws TypeError when the text is none; names come from `operationName` and are always fit
 */
export function ident(text: unknown): string {
  if (typeof text === 'string' && /^[A-Za-z_$][\w$]*$/.test(text)) return text
  throw new TypeError(`not an identifier: ${JSON.stringify(String(text).slice(0, 80))}`)
}

/** One line of a doc comment: it can neither end the comment nor start a line or a tag of its own. */
export function doc(text: unknown): string {
  return String(text)
    .replace(/\s+/g, ' ')
    .replace(hidden, '')
    .replaceAll('*/', '*\\/')
    .replace(/(^|\s)@/g, '$1\\@')
    .trim()
    .slice(0, 200)
}

// Control and direction characters, and the two line ends that only JavaScript knows.
const hidden = /[\p{Cc}\p{Cf}\u2028\u2029]/gu
