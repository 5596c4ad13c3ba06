import { chainTable } from '../../generated/chain-table.ts'
import type { Method } from '../client/prepare.ts'
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

/** The letters of the generated table. */
const verbs: Readonly<Record<string, Lowercase<Method>>> = {
  g: 'get',
  p: 'post',
  u: 'put',
  h: 'patch',
  d: 'delete',
}

let decoded: Branch | undefined

/** The tree of all paths. It is decoded once. */
export function chainTree(): Branch {
  decoded ??= decode(chainTable)
  return decoded
}

/** Finds the branch of a path, with or without a slash at its start, with `<name>` or `{name}`. */
export function branchAt(root: Branch, path: string): Branch | undefined {
  const segments = template(path).replace(/^\//, '').split('/')
  let branch: Branch | undefined = root
  for (const segment of segments) branch = branch?.segments.get(segment === '{empty}' ? '' : segment)
  return branch
}

/** Reads the generated table. A segment with an empty name is part of the path on the wire only. */
export function decode(table: string): Branch {
  const root = branch('', '')
  const segments: string[] = []
  const branches: Branch[] = []
  for (const line of table.split('\n')) {
    if (line === '') continue
    const depth = line.search(/[^ ]/)
    const [label = '', initials = ''] = line.slice(depth).split(' ')
    const [segment = '', name = chainName(segment)] = label.split('=')
    segments.length = depth
    segments.push(segment)
    const parent = branches[depth - 1] ?? root
    branches.length = depth
    branches.push(name === '' ? parent : childOf(parent, segment, name))
    for (const initial of initials) branches[depth]!.calls.set(verbs[initial]!, `/${segments.join('/')}`)
  }
  return root
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
