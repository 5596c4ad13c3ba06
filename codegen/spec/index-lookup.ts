import type { Reporter } from '../docs/diagnostics.ts'
import { type IndexEntry, pageOf } from '../docs/index-page.ts'
import type { Operation } from '../docs/operation-page.ts'
import type { Documentation } from '../docs/read.ts'

/**
 * Looks up operations in the index page. An entry of a redirect counts for the page that it leads to.
 * @param reporterOf gets the links that lead nowhere
 */
export function indexLookup(
  { pages, index }: Documentation,
  reporterOf: (file: string) => Reporter,
): (operation: Operation) => IndexEntry | undefined {
  const home = pages.find(({ kind, file }) => kind === 'index' && file.endsWith('openapi/index.md'))
  const known = new Map(pages.map((page) => [page.file, page]))
  const entries = new Map(index)
  for (const [key, entry] of index) {
    const [file, fragment] = key.split('#') as [string, string?]
    const page = known.get(file)
    const at = { line: entry.line, column: entry.column }
    if (!page) {
      if (home) reporterOf(home.file).report('link-dead', at, `${file} does not exist`)
    } else if (page.moved !== undefined) {
      const target = pageOf(page.moved)
      if (home) reporterOf(home.file).report('link-dead', at, `${file} moved to ${target}`)
      const moved = fragment === undefined || target.includes('#') ? target : `${target}#${fragment}`
      if (!entries.has(moved)) entries.set(moved, entry)
    }
  }
  return ({ file, method }) => entries.get(`${file}#${method}`) ?? entries.get(file)
}
