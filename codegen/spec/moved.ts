import type { Reporter } from '../docs/diagnostics.ts'
import type { CompiledPage } from '../docs/read.ts'
import { domainOf, isRoute } from '../docs/route.ts'
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

/** The redirects to a known operation. Their own paths pass the checks of any other page. */
export function movedPages(
  pages: CompiledPage[],
  operationAt: (page: string) => string | undefined,
  reporterOf: (file: string) => Reporter,
): Moved[] {
  return pages.flatMap((page): Moved[] => {
    const from = /(?:^|\/)openapi(\/v3\/.+)\.md$/.exec(page.file)?.[1]
    const known = page.moved && operationAt(page.moved.replace(/^\//, '').replace(/(#.*)?$/, '.md$1'))
    if (from === undefined || !known) return []
    if (!isRoute(from.slice(1))) {
      const message = `${from} is not a path of APIv3, such as v3/pay/transactions/jsapi`
      reporterOf(page.file).report('path-unknown', { line: 1, column: 1 }, message)
      return []
    }
    const [method, target] = known.split(' ') as [string, string]
    return [{ from, domain: domainOf(from), method, target, alias: pathShape(from) === pathShape(target) }]
  })
}
