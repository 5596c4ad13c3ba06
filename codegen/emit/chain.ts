import { pathName } from '../openapi/operation-name.ts'
import { pascal } from '../openapi/pascal.ts'
import type { Call } from './call.ts'
import { template } from './template.ts'
import { uniqueNames } from './unique-names.ts'

/** The names that a domain's chain file exports, for `generated/chain.ts`. */
export interface ChainExports {
  domain: string
  paths: string
  /** The nodes below `v3`. */
  roots: Child[]
  /** The nodes beside `v3`: paths of other hosts. */
  others: Child[]
}

interface Child {
  name: string
  /** The name needs no quotes. */
  plain: boolean
  node: string
}

interface Node {
  node: string
  label: string
  calls: Call[]
  children: Map<string, Node>
}

/** A node, and the operation of its parent whose method has the node's name: it can be called and walked through. */
type PlacedNode = Node & { callable: Call | undefined }

const render = template('chain.ts')

/** The TypeScript of one domain's chain: an interface for each node, and the options of each call. */
export function emitChain(domain: string, calls: Call[]): { text: string; exports: ChainExports } {
  const root: Node = { node: '', label: '', calls: [], children: new Map() }
  const nodeOf = grow(root)
  const nodes = new Map<string, string>()
  for (const call of calls) {
    const node = nodeOf(call)
    node.calls.push(call)
    for (const spelling of call.chainSpellings) if (!nodes.has(spelling)) nodes.set(spelling, node.node)
  }
  const paths = `${pascal(domain)}ChainPaths`
  const { v3, others } = parted(root)
  const text = render({
    hasModels: calls.length > 0,
    ownHeaders: calls.some(({ headerModel, shadowed }) => headerModel && !shadowed),
    nodes: [v3, others].flatMap(nodesBelow).map(({ calls: own, children, ...node }) => ({
      ...node,
      calls: own,
      members: own.filter(({ method }) => !children.has(method)),
      children: childrenOf({ children }),
    })),
    entries: [...nodes].map(([spelling, node]) => ({ spelling, node })),
    paths,
  })
  return { text, exports: { domain, paths, roots: childrenOf(v3), others: childrenOf(others) } }
}

// Finds the node of a call, and makes those on the way that are missing.
function grow(root: Node): (call: Call) => Node {
  const unique = uniqueNames()
  return ({ steps }) => {
    let node = root
    for (const [index, { name }] of steps.entries()) {
      const known = node.children.get(name)
      if (known) {
        node = known
        continue
      }
      const label = steps
        .slice(0, index + 1)
        .map(({ segment }) => segment)
        .join('/')
      const next: Node = { node: unique(`${pathName(label)}Node`), label, calls: [], children: new Map() }
      node.children.set(name, next)
      node = next
    }
    return node
  }
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

function nodesBelow({ calls, children }: Node): PlacedNode[] {
  return [...children].flatMap(([name, child]) => {
    const callable = calls.find(({ method }) => method === name)
    return [{ ...child, callable }, ...nodesBelow(child)]
  })
}

function childrenOf({ children }: Pick<Node, 'children'>): Child[] {
  return [...children].map(([name, { node }]) => ({ name, plain: /^[A-Za-z_$][\w$]*$/.test(name), node }))
}
