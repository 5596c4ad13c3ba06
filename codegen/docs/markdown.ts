import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it'
import attrs from 'markdown-it-attrs'
import { parseCellsOnce } from './parse-cells.ts'

export type { Token }

/** Markdown that is no page's and would take too long. */
export class MarkdownLimitError extends Error {
  /** Counts from 1. */
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.name = 'MarkdownLimitError'
    this.line = line
  }
}

// The time of both parsers grows with the square of these. The largest page has 3,000 characters and 5 braces.
const most = { characters: 16_384, braces: 32 }

const markdown = parser()
const cells = parser()
cells.core.ruler.enableOnly(['inline', 'limit_braces', 'curly_attributes'])
parseCellsOnce(markdown, cells)

// The pair VitePress renders these pages with. Only its tokens are read; nothing is ever rendered. `rowspan` is
// left in the text: the dialect has none in a page, and markdown-it-attrs counts rows past the table's end.
function parser(): Parser {
  const markdownIt = new MarkdownIt({ html: true, maxNesting: 20 }).use(attrs, {
    allowedAttributes: [/^(?!rowspan$)/],
    errorHandler(error: Error) {
      throw error
    },
  })
  markdownIt.core.ruler.after('block', 'limit_characters', ({ tokens }) => {
    limit(tokens, ({ content }) => content.length, most.characters, 'characters')
  })
  // Behind each code or emphasis, markdown-it-attrs looks for an attribute, and starts again when it finds one.
  markdownIt.core.ruler.after('inline', 'limit_braces', ({ tokens }) => {
    const braces = ({ children }: Token) =>
      (children ?? []).reduce((count, { content }) => (content.startsWith('{') ? count + 1 : count), 0)
    limit(tokens, braces, most.braces, 'attributes in braces')
  })
  return markdownIt
}

function limit(tokens: Token[], measure: (token: Token) => number, limit: number, what: string): void {
  let line = 1
  for (const token of tokens) {
    if (token.map) line = token.map[0] + 1
    const measured = token.type === 'inline' ? measure(token) : 0
    if (measured > limit)
      throw new MarkdownLimitError(`${measured} ${what} in one paragraph, at most ${limit}`, line)
  }
}

/** An attribute of a token as text. */
export function attribute(token: Token, name: string): string | undefined {
  const value = token.attrGet(name)
  return value === null || value === undefined ? undefined : String(value)
}

/**
 * The block tokens of a page, with the attributes in braces applied. Lines of `token.map` count from 0.
 * @throws MarkdownLimitError
 */
export function tokenize(text: string): Token[] {
  return markdown.parse(text, {})
}
