import { visible } from './visible.ts'

/**
 * Text of a page, escaped for Markdown on a code host: in a paragraph, a table cell or an HTML element. It contains no
 * markup, mentions, issue references or links.
 * https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
export function escaped(text: string): string {
  return visible(text)
    .replace(markup, (found, mark) => (mark ? `&#${found.charCodeAt(0)};` : `${found}<!-- -->`))
    .replace(/^(\s*)([-+=]|\d+(?=[.)]))/, '$1<!-- -->$2')
}

// Markup characters become character references. Hosts find mentions, issues and addresses after rendering Markdown, so
// these are split by a comment, and so are `GH-1` and what may be the hash of a commit. An underscore within a word is not markup.
const markup =
  /([&<>"'`*[\]|~\\$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))|[@#](?=\w)|\/(?=\/)|\bwww(?=\.)|\bGH(?=-\d)|\b[0-9a-f]{3}(?=[0-9a-f]{4,37}\b)/gi

/** The same as code. */
export function code(text: string): string {
  return `<code>${escaped(text)}</code>`
}

/** A sentence with names between backticks. */
export function sentence(text: string): string {
  const parts = text.split('`')
  // An unpaired backtick is literal.
  if (parts.length % 2 === 0) return escaped(text)
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : escaped(part))).join('')
}

/** A link, or only its text if the address is not safe to follow. */
export function link(text: string, address: string | undefined): string {
  const url = address && webAddress(address)
  return url
    ? `<a href="${url.replace(/[&"'<>]/g, (found) => `&#${found.charCodeAt(0)};`)}">${escaped(text)}</a>`
    : escaped(text)
}

/** The address if it is http or https. */
export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
