import { byKey } from '../by-code-unit.ts'
import { chainNames, chainSteps, prefixOf } from '../openapi/chain-name.ts'
import type { Document } from '../openapi/document.ts'
import type { Verb } from '../verbs.ts'
import { type CallableOperation, callableOperations } from './callable-operations.ts'

interface Branch {
  verbs: string
  children: Map<string, Branch>
}

const initials: Record<Verb, string> = { get: 'g', post: 'p', put: 'u', patch: 'h', delete: 'd' }

/** The chain's table for the runtime: all paths as a tree of indented segments. */
export function chainTableLines(documents: Iterable<Document>): string[] {
  const root: Branch = { verbs: '', children: new Map() }
  for (const document of documents) {
    for (const placed of callableOperations(document)) {
      let branch = root
      for (const label of labels(placed)) {
        const next = branch.children.get(label) ?? { verbs: '', children: new Map() }
        branch.children.set(label, next)
        branch = next
      }
      branch.verbs += initials[placed.method]
    }
  }
  return lines(root, 0)
}

// All segments of the path, each with its name in the chain where the rule gives another. The ones before v3 have none.
function labels({ path, operation }: CallableOperation): string[] {
  const prefix = prefixOf(path)
    .split('/')
    .slice(1)
    .map((segment) => `${segment}=`)
  const expected = chainNames(path)
  const own = chainSteps(path, operation['x-chain']).map(({ segment, name }, index) =>
    segment !== '' && name === expected[index] ? segment : `${segment}=${name}`,
  )
  return [...prefix, ...own]
}

function lines({ children }: Branch, depth: number): string[] {
  return [...children]
    .sort(byKey)
    .flatMap(([label, branch]) => [
      ' '.repeat(depth) + label + (branch.verbs && ` ${branch.verbs}`),
      ...lines(branch, depth + 1),
    ])
}
