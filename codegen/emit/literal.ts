/** Text of a page on its way into code: each helper makes it safe for one place. */

// Control and direction characters, and the two line ends that only JavaScript knows.
const hidden = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A string literal in single quotes. It reads back as the same text and shows every character that it holds. */
export function str(text: unknown): string {
  const quoted = JSON.stringify(String(text)).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${quoted.replace(hidden, escaped).replaceAll('</', '<\\/')}'`
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
    .replace(/\*(?=\/)/g, '*\\')
    .replace(/(^|\s)@/g, '$1\\@')
    .trim()
    .slice(0, 200)
    .replace(/\p{Cs}/gu, '')
}

// Characters beyond the first plane are two code units.
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => {
    return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`
  }).join('')
}
