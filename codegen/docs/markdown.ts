import MarkdownIt, { type Token } from 'markdown-it'
import attrs from 'markdown-it-attrs'

export type { Token }

// The pair VitePress renders these pages with. Only its tokens are read; nothing is ever rendered.
const markdown = new MarkdownIt({ html: true, maxNesting: 20 }).use(attrs, {
  errorHandler(error: Error) {
    throw error
  },
})

/** An attribute of a token as text. */
export function attribute(token: Token, name: string): string | undefined {
  const value = token.attrGet(name)
  return value === null || value === undefined ? undefined : String(value)
}

/** The block tokens of a page, with the attributes in braces applied. Lines of `token.map` count from 0. */
export function tokenize(text: string): Token[] {
  return markdown.parse(text, {})
}
