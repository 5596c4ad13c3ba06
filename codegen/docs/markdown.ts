import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it'
import attrs from 'markdown-it-attrs'
import { LineError } from './line-error.ts'
import { parseCellsOnce } from './parse-cells.ts'

export type { Token }

// The time of both parsers grows with the square of these. The largest page has 3,000 characters and 5 braces.
const most = { characters: 16_384, braces: 32 }

const markdown = parser()
const cells = parser()
cells.core.ruler.enableOnly(['inline', 'limit_braces', 'curly_attributes'])
parseCellsOnce(markdown, cells)

// VitePress renders the pages with this pair. Only the tokens are read, nothing is rendered. `rowspan` stays in the
// text: no page uses it, and markdown-it-attrs would count rows past the end of the table.
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
  // After each code or emphasis markdown-it-attrs looks for an attribute, and it starts again when it finds one.
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
      throw new LineError(`${measured} ${what} in one paragraph, at most ${limit} are allowed`, line)
  }
}

/** The text of a token's attribute. */
export function attribute(token: Token, name: string): string | undefined {
  const value = token.attrGet(name)
  return value === null || value === undefined ? undefined : String(value)
}

/**
 * The block tokens of a page, with attributes from braces. Lines in `token.map` count from 0.
 * @throws LineError when a paragraph would take too long to parse
 */
export function tokenize(text: string): Token[] {
  return markdown.parse(text, {})
}
