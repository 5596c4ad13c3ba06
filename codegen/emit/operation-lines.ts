import { byKey } from '../by-code-unit.ts'
import { chainNames, chainSteps, prefixOf } from '../openapi/chain-name.ts'
import type { Document } from '../openapi/document.ts'
import type { Verb } from '../verbs.ts'
import { type CallableOperation, callableOperations } from './callable-operations.ts'
import { traitsOf } from './traits.ts'

interface Branch {
  /** Its methods, each with its traits. */
  verbs: string[]
  children: Map<string, Branch>
}

const initials: Record<Verb, string> = { get: 'g', post: 'p', put: 'u', patch: 'h', delete: 'd' }

/** The operations of a document for the runtime: all paths as a tree of indented segments, with the traits of each. */
export function operationLines(document: Document): string[] {
  const root: Branch = { verbs: [], children: new Map() }
  for (const placed of callableOperations(document)) {
    let branch = root
    for (const label of labels(placed)) {
      const next = branch.children.get(label) ?? { verbs: [], children: new Map() }
      branch.children.set(label, next)
      branch = next
    }
    branch.verbs.push(initials[placed.method] + written(traitsOf(placed, document)))
  }
  return lines(root, 0)
}

// A blank ends the traits of a method.
function written(traits: object): string {
  return Object.keys(traits).length === 0 ? '' : JSON.stringify(traits).replaceAll(' ', '\\u0020')
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
      [' '.repeat(depth) + label, ...branch.verbs].join(' '),
      ...lines(branch, depth + 1),
    ])
}
