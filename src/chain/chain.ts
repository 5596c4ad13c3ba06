import { internalsOf } from '../client/internals.ts'
import type { Method } from '../client/prepare.ts'
import { Nodes } from './nodes.ts'
import { chainTree } from './tree.ts'

/** What `createClient` returns, for all product domains or for one. */
export type AnyClient = { readonly [M in Method]?: (...call: never[]) => Promise<unknown> }

/**
 * The chain of a client, as an object of the type that `generate` writes.
 *
 * @param client made by `createClient`; the chain has the operations that it knows
 * @throws {ConfigError} for anything else
 */
export function chainOf<Chain>(client: AnyClient): Chain {
  const { call, operations } = internalsOf(client)
  return new Nodes(call, chainTree(operations.tables)).start() as Chain
}
