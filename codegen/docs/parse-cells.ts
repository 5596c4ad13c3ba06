import type { MarkdownIt, Token } from 'markdown-it'

type State = Parameters<MarkdownIt['core']['process']>[0]

/** The text in cells that may be kept: ten times that of all pages. */
const most = 4_000_000

/**
 * Makes `markdown` parse each cell text of its tables once: seven of eight cells have the text of another one, and
 * markdown-it-attrs, which tries each of its patterns at every token, takes longer than all other steps.
 *
 * Cells with the same text share their `attrs` and `children`, so nobody may change them afterwards.
 * @param cells the same parser, but with no rules other than those that read inline tokens
 */
export function parseCellsOnce(markdown: MarkdownIt, cells: MarkdownIt): void {
  const known = new Map<string, Pick<Token, 'attrs' | 'children'>>()
  let size = 0
  const parse = (row: Token, tokens: [open: Token, inline: Token, close: Token], env: State['env']) => {
    const [open, inline] = tokens
    // The alignment of a column is an attribute too. A cell has no line break.
    const key = open.attrs ? `${open.attrs.join()}\n${inline.content}` : inline.content
    let cell = known.get(key)
    if (!cell) {
      if (inline.content.includes('{')) {
        const state = new cells.core.State('', cells, env)
        // The row has the line of an error.
        state.tokens = [row, ...tokens]
        cells.core.process(state)
      } else {
        cells.inline.parse(inline.content, cells, env, inline.children!)
      }
      cell = { attrs: open.attrs, children: inline.children }
      size += key.length
      if (size > most) {
        known.clear()
        size = key.length
      }
      known.set(key, cell)
    }
    open.attrs = cell.attrs
    inline.children = cell.children
  }

  const whole = new WeakMap<State, { tokens: Token[]; others: Set<Token> }>()
  markdown.core.ruler.before('inline', 'set_cells_apart', (state) => {
    // A link may have its target elsewhere in the page.
    if (Object.keys(state.env.references ?? {}).length > 0) return
    const { tokens } = state
    const others: Token[] = []
    for (let i = 0; i < tokens.length; i++) {
      const end = rowEnd(tokens, i)
      if (end === undefined) {
        others.push(tokens[i]!)
        continue
      }
      for (let cell = i + 1; cell < end; cell += 3)
        parse(tokens[i]!, [tokens[cell]!, tokens[cell + 1]!, tokens[cell + 2]!], state.env)
      // markdown-it-attrs expects a row in the body of a table.
      if (tokens[end + 1]?.type === 'tbody_close') others.push(tokens[i]!, tokens[end]!)
      i = end
    }
    whole.set(state, { tokens, others: new Set(others) })
    state.tokens = others
  })
  markdown.core.ruler.after('curly_attributes', 'put_cells_back', (state) => {
    const before = whole.get(state)
    if (!before) return
    const left = new Set(state.tokens)
    state.tokens = before.tokens.filter((token) => left.has(token) || !before.others.has(token))
  })
}

// Where the row that begins here ends, if its cells can be read one by one: a cell that spans others cannot.
function rowEnd(tokens: Token[], begin: number): number | undefined {
  if (tokens[begin]!.type !== 'tr_open' || tokens[begin + 1]?.type !== 'td_open') return undefined
  let end = begin + 1
  for (; tokens[end]!.type !== 'tr_close'; end++)
    if (tokens[end]!.content.includes('colspan')) return undefined
  return end
}
