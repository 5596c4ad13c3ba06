import { domainOf } from '../docs/operation-page.ts'
import type { CompiledPage } from '../docs/read.ts'

/** A page that became a redirect: its path, and the operation that took over. */
export interface Moved {
  from: string
  domain: string
  method: string
  target: string
  /** Only the names of variables differ: the same path to a server. */
  alias: boolean
}

/** The redirects whose target is a known operation. */
export function movedPages(
  pages: CompiledPage[],
  operationAt: (page: string) => string | undefined,
): Moved[] {
  return pages.flatMap((page): Moved[] => {
    const from = /(?:^|\/)openapi(\/v3\/.+)\.md$/.exec(page.file)?.[1]
    const known = page.moved && operationAt(page.moved.replace(/^\//, '').replace(/(#.*)?$/, '.md$1'))
    if (from === undefined || !known) return []
    const [method, target] = known.split(' ') as [string, string]
    return [{ from, domain: domainOf(from), method, target, alias: shape(from) === shape(target) }]
  })
}

/** A path with its variables unnamed: what a server tells apart. */
export function shape(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}')
}
