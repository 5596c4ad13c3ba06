import { visible } from './visible.ts'

/**
 * Text of a page for Markdown on a code host, within a paragraph, a table's cell or an HTML element alike: as
 * character references it is no markup, and no mention, issue or link either.
 * https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
export function escaped(text: string): string {
  return visible(text)
    .replace(markup, (found, mark) => (mark ? `&#${found.charCodeAt(0)};` : `${found}<!-- -->`))
    .replace(/^(\s*)([-+=]|\d+(?=[.)]))/, '$1<!-- -->$2')
}

// Markup becomes its number. Hosts look for mentions, issues and addresses after Markdown is done: these get a
// comment in their midst. An underscore within a word is none.
const markup = /([&<>"'`*[\]|~\\$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))|[@#](?=\w)|\/(?=\/)|\bwww(?=\.)/gi

/** The same in the type of code. */
export function code(text: string): string {
  return `<code>${escaped(text)}</code>`
}

/** A sentence, in which names stand between backticks. */
export function sentence(text: string): string {
  const parts = text.split('`')
  // Without its partner a backtick is one.
  if (parts.length % 2 === 0) return escaped(text)
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : escaped(part))).join('')
}

/** A link, or its text alone where the address is none that a reader should follow. */
export function link(text: string, address: string | undefined): string {
  const url = address && webAddress(address)
  return url
    ? `<a href="${url.replace(/[&"'<>]/g, (found) => `&#${found.charCodeAt(0)};`)}">${escaped(text)}</a>`
    : escaped(text)
}

/** The address when it is one of the web. */
export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
