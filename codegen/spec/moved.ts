import type { CompiledPage } from '../docs/read.ts'
import { domainOf } from '../docs/route.ts'
import { pathShape } from '../openapi/path-shape.ts'

/** A page that became a redirect: its path, and the operation that replaces it. */
export interface Moved {
  from: string
  domain: string
  method: string
  target: string
  /** Only variable names differ, so that to a server it is the same path. */
  alias: boolean
}

/** The redirects to a known operation. */
export function movedPages(
  pages: CompiledPage[],
  operationAt: (page: string) => string | undefined,
): Moved[] {
  return pages.flatMap((page): Moved[] => {
    const from = /(?:^|\/)openapi(\/v3\/.+)\.md$/.exec(page.file)?.[1]
    const known = page.moved && operationAt(page.moved.replace(/^\//, '').replace(/(#.*)?$/, '.md$1'))
    if (from === undefined || !known) return []
    const [method, target] = known.split(' ') as [string, string]
    return [{ from, domain: domainOf(from), method, target, alias: pathShape(from) === pathShape(target) }]
  })
}
