import { splitRow } from './table.ts'

/** An operation in the index page: its group, and the merchants that it is for. */
export interface IndexEntry {
  group: string
  mode: 'direct' | 'partner' | 'both'
  line: number
  column: number
}

/** The operations in the index page, by `openapi/v3/….md#get` or, without a fragment, `openapi/v3/….md`. */
export type Index = ReadonlyMap<string, IndexEntry>

const link = /\]\((\/[^()\s]+)\)/

/**
 * Reads the overview table: a group cell with `rowspan`, then a column for direct merchants and one for partners,
 * or one cell for both.
 */
export function readIndex(text: string): Index {
  const index = new Map<string, IndexEntry>()
  let group = ''
  for (const [number, line] of text.split('\n').entries()) {
    if (!line.startsWith('|')) continue
    const cells = splitRow(line)
    const first = cells[0]?.text ?? ''
    const head = /\{[^{}]*\browspan=/.exec(first)
    if (head) {
      group = first
        .slice(0, head.index)
        .replace(/<br\s*\/?>/gi, ' ')
        .trim()
      cells.shift()
    }
    for (const [column, cell] of cells.entries()) {
      const target = link.exec(cell.text)?.[1]
      if (target === undefined || group === '') continue
      const both = cell.text.includes('colspan=2')
      const mode = both ? 'both' : column === 0 ? 'direct' : 'partner'
      const key = pageOf(target)
      const known = index.get(key)
      if (known && known.mode !== mode) known.mode = 'both'
      else if (!known) index.set(key, { group, mode, line: number + 1, column: cell.column })
    }
  }
  return index
}

/** The page and fragment that an internal link leads to: `/openapi/v3/refunds#post` → `openapi/v3/refunds.md#post`. */
export function pageOf(target: string): string {
  const [path, fragment] = target.replace(/^\//, '').split('#')
  const file = `${path!.replace(/\.(?:md|html)$/, '')}${path!.endsWith('/') ? 'index' : ''}.md`
  return fragment === undefined ? file : `${file}#${fragment}`
}
