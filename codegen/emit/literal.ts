import { escapedCharacter, hidden } from '../hidden.ts'

/** Makes text of a page safe to write into code: one helper for each place that it can go to. */

const identifier = /^[A-Za-z_$][\w$]*$/

/** A string literal in single quotes that evaluates to the same text. Invisible characters are escaped. */
export function str(text: unknown): string {
  const quoted = JSON.stringify(String(text)).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${quoted.replace(hidden, escapedCharacter).replaceAll('</', '<\\/')}'`
}

/**
 * An identifier.
 * @throws TypeError when the text is not one; the names of operations always are
 */
export function ident(text: unknown): string {
  if (typeof text === 'string' && identifier.test(text)) return text
  throw new TypeError(`not an identifier: ${JSON.stringify(String(text).slice(0, 80))}`)
}

/** One line of a doc comment. It can neither end the comment nor begin a line or a tag. */
export function doc(text: unknown): string {
  return String(text)
    .replace(/\s+/g, ' ')
    .replace(hidden, '')
    .replace(/\*(?=\/)/g, '*\\')
    .replace(/(^|\s)@/g, '$1\\@')
    .trim()
    .slice(0, 200)
    .replace(/\p{Cs}/gu, '')
}

/**
 * A literal of plain data: `true`, texts, and lists and objects of them.
 * @throws TypeError for any other value, and for a member whose name is not an identifier or would set the prototype
 */
export function data(value: unknown): string {
  if (value === true) return 'true'
  if (typeof value === 'string') return str(value)
  if (Array.isArray(value)) return `[${value.map(data).join(', ')}]`
  if (value === null || typeof value !== 'object') throw new TypeError(`not plain data: ${String(value)}`)
  if (Object.hasOwn(value, '__proto__')) throw new TypeError('not plain data: __proto__')
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${ident(name)}: ${data(member)}`)
    .join(', ')} }`
}
