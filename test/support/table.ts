import { operations } from '../../generated/operations.ts'
import { knownOperations } from '../../src/operations/operation.ts'
import type { Traits } from '../../src/operations/traits.ts'

const known = knownOperations([operations])

/** The names of all operations: `POST /v3/pay/transactions/jsapi`. */
export const operationNames: readonly string[] = [...known.names()]

/** What the client knows of an operation; nothing of one that is not in the table. */
export function traitsOf(name: string): Traits {
  const [method = '', path = ''] = name.split(' ', 2)
  return known.find(method, path)?.traits ?? {}
}
