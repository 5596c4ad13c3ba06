import { byCodeUnit } from '../by-code-unit.ts'
import { chainNames, prefixOf } from '../openapi/chain-name.ts'
import type { Document } from '../openapi/document.ts'
import { steps } from './chain.ts'
import { callableOperations, type PlacedOperation } from './list-operations.ts'

interface Branch {
  verbs: string
  children: Map<string, Branch>
}

const initials: Partial<Record<string, string>> = { get: 'g', post: 'p', put: 'u', patch: 'h', delete: 'd' }

/** The run-time table of the chain: all paths as a tree of indented segments. */
export function chainTableLines(documents: Iterable<Document>): string[] {
  const root: Branch = { verbs: '', children: new Map() }
  for (const document of documents) {
    for (const placed of callableOperations(document)) {
      let branch = root
      for (const step of labels(placed)) {
        const next = branch.children.get(step) ?? { verbs: '', children: new Map() }
        branch.children.set(step, next)
        branch = next
      }
      branch.verbs += initials[placed.method] ?? ''
    }
  }
  return lines(root, 0)
}

// The segments from the beginning of the path, each with its name where the rule gives another; what stands before v3
// has none.
function labels(placed: PlacedOperation): string[] {
  const prefix = prefixOf(placed.path)
    .split('/')
    .slice(1)
    .map((segment) => `${segment}=`)
  const expected = chainNames(placed.path)
  const own = steps(placed).map(({ segment, name }, index) =>
    segment !== '' && name === expected[index] ? segment : `${segment}=${name}`,
  )
  return [...prefix, ...own]
}

function lines({ children }: Branch, depth: number): string[] {
  return [...children]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([label, branch]) => [
      ' '.repeat(depth) + label + (branch.verbs && ` ${branch.verbs}`),
      ...lines(branch, depth + 1),
    ])
}
