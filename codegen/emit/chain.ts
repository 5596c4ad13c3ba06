import { chainNames, chainSegments, prefixOf } from '../openapi/chain-name.ts'
import type { Document } from '../openapi/document.ts'
import { pascal } from '../openapi/pascal.ts'
import { type Call, describeCall } from './call.ts'
import { callableOperations, type PlacedOperation } from './list-operations.ts'
import { spellings } from './paths.ts'
import { template } from './template.ts'
import { uniqueNames } from './unique.ts'

/** What a domain's chain file exports, for those who put domains together. */
export interface ChainExports {
  domain: string
  paths: string
  /** What hangs below `v3`. */
  roots: Child[]
  /** What stands beside `v3`: paths of other hosts. */
  others: Child[]
}

interface Child {
  name: string
  /** The name can stand without quotes. */
  plain: boolean
  node: string
}

interface Node {
  node: string
  label: string
  /** Operations by the verb as the chain spells it. */
  calls: Call[]
  children: Map<string, Node>
  /** A verb of the parent with the name of this node: it can be called and walked through. */
  callable: Call | undefined
}

const render = template('chain.ts')

/** The TypeScript of one domain's chain: an interface a node, and the options of each call. */
export function emitChain(domain: string, document: Document): { text: string; exports: ChainExports } {
  const unique = uniqueNames()
  const create = (walked: string[]): Node => ({
    node: unique(`${pascal(walked.join('/').replace(/^v3\//, ''))}Node`),
    label: walked.join('/'),
    calls: [],
    children: new Map(),
    callable: undefined,
  })
  const root: Node = { node: '', label: '', calls: [], children: new Map(), callable: undefined }
  const entries: { spelling: string; node: string }[] = []
  const operations = callableOperations(document)
  const known = new Set<string>()
  for (const placed of operations) {
    let node = root
    const walked: string[] = []
    for (const { name, segment } of steps(placed)) {
      walked.push(segment)
      const next = node.children.get(name) ?? create(walked)
      node.children.set(name, next)
      node = next
    }
    node.calls.push(describeCall(placed))
    for (const spelling of docsPaths(placed.path)) {
      if (!known.has(spelling)) entries.push({ spelling, node: node.node })
      known.add(spelling)
    }
  }
  const paths = `${pascal(domain)}ChainPaths`
  const { v3, others } = parted(root)
  const text = render({
    hasModels: operations.length > 0,
    nodes: [v3, others].flatMap(nodesBelow).map(({ node, label, callable, ...own }) => ({
      node,
      label,
      callable,
      calls: own.calls,
      members: own.calls.filter(({ lower }) => !own.children.has(lower)),
      children: childrenOf(own),
    })),
    entries,
    paths,
  })
  return { text, exports: { domain, paths, roots: childrenOf(v3), others: childrenOf(others) } }
}

/** The steps that a chain takes to an operation, from `v3` on. */
export function steps({ path, operation }: PlacedOperation): { segment: string; name: string }[] {
  const names = operation['x-chain']?.split('.') ?? chainNames(path)
  return chainSegments(path).map((segment, index) => ({ segment, name: names[index]! }))
}

// As the pages spell them: from v3 on, and a slash at the end as {empty}.
function docsPaths(path: string): string[] {
  const own = path.slice(prefixOf(path).length + 1)
  return own.endsWith('/') ? [own, ...spellings(`${own}{empty}`)] : spellings(own)
}

// `v3` has members of all domains, so it belongs to none.
function parted(root: Node): { v3: Node; others: Node } {
  const others = new Map(root.children)
  others.delete('v3')
  return {
    v3: root.children.get('v3') ?? { ...root, children: new Map() },
    others: { ...root, children: others },
  }
}

function nodesBelow({ calls, children }: Node): Node[] {
  return [...children].flatMap(([name, child]) => {
    const callable = calls.find(({ lower }) => lower === name)
    return [{ ...child, callable }, ...nodesBelow(child)]
  })
}

function childrenOf({ children }: Pick<Node, 'children'>): Child[] {
  return [...children].map(([name, { node }]) => ({ name, plain: /^[A-Za-z_$][\w$]*$/.test(name), node }))
}
