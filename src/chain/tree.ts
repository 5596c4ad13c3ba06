import { linesOf, type Operations } from '../operations/table.ts'
import { template } from '../url/path.ts'

/** A node of the chain: a path up to some segment. */
export interface Branch {
  /** From `v3` on, as in the documentation. */
  path: string
  /** In the spelling of the chain: `v3.smartguide.guides`. */
  chain: string
  /** By their name in the chain. */
  children: Map<string, Branch>
  /** By their segment of the path. */
  segments: Map<string, Branch>
  /** Paths on the wire, by method in lower case. */
  calls: Map<string, string>
}

const trees = new WeakMap<Operations, Branch>()

/** The tree of all paths of some tables. That of a single one is made once. */
export function chainTree(tables: readonly Operations[]): Branch {
  const [first, second] = tables
  const known = first && !second && trees.get(first)
  if (known) return known
  const root = branch('', '')
  for (const table of tables) grow(root, table)
  if (first && !second) trees.set(first, root)
  return root
}

/** Finds the branch of a path, with or without a slash at its start, with `<name>` or `{name}`. */
export function branchAt(root: Branch, path: string): Branch | undefined {
  const segments = template(path).replace(/^\//, '').split('/')
  let branch: Branch | undefined = root
  for (const segment of segments) branch = branch?.segments.get(segment === '{empty}' ? '' : segment)
  return branch
}

// A segment with an empty name is part of the path on the wire only.
function grow(root: Branch, table: Operations): void {
  const branches: Branch[] = []
  for (const { depth, segment, name = chainName(segment), path, operations } of linesOf(table)) {
    const parent = branches[depth - 1] ?? root
    branches.length = depth
    branches.push(name === '' ? parent : childOf(parent, segment, name))
    for (const [method] of operations) branches[depth]!.calls.set(method.toLowerCase(), path)
  }
}

function childOf(parent: Branch, segment: string, name: string): Branch {
  const known = parent.segments.get(segment)
  if (known) return known
  const join = (before: string, separator: string, own: string) => (before ? before + separator + own : own)
  const made = branch(join(parent.path, '/', segment || '{empty}'), join(parent.chain, '.', name))
  parent.segments.set(segment, made)
  parent.children.set(name, made)
  return made
}

function branch(path: string, chain: string): Branch {
  return { path, chain, children: new Map(), segments: new Map(), calls: new Map() }
}

// Never needed the other way round, as the table has the segments.
function chainName(segment: string): string {
  return segment.replace(/^\{(.*)\}$/, '_$1_').replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())
}
