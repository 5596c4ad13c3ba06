import { ownProperties } from '../own.ts'
import { linesOf, type Operations } from './table.ts'
import type { Traits } from './traits.ts'

/** An operation and what the run time knows of it. */
export interface Operation {
  /** Method and template path: `POST /v3/pay/transactions/jsapi`. */
  readonly name: string
  readonly traits: Traits
  /** The app downloads it by its URL, and gets a stream that nothing parses, whatever its `Content-Type` says. */
  readonly downloaded?: true
  /** No table has it: the app calls it by its path and says what the table would. */
  readonly unlisted?: true
  /** Whether it may be sent twice, where the app says so. */
  readonly repeatable?: boolean
  /** The key that the app encrypted fields for. */
  readonly encryptedFor?: string | undefined
}

/** The operations that a client knows. */
export interface KnownOperations {
  /** The tables they are from. */
  readonly tables: readonly Operations[]
  /**
   * Looks an operation up by its exact method and template path, never by what a URL looks like. Its traits inherit
   * nothing, so that a polluted `Object.prototype` cannot change them.
   *
   * @param schemaPath with `{name}`, as openapi-fetch passes it to middleware
   */
  find(method: string, schemaPath: string): Operation | undefined
  /** The names of all: `POST /v3/pay/transactions/jsapi`. */
  names(): ReadonlySet<string>
}

/** The operations of each table by name: read ones, and the traits of others as text. A process reads a table once. */
const read = new WeakMap<Operations, Map<string, Operation | string>>()

/**
 * The operations of some tables. Of an operation in several tables, the first one counts.
 *
 * @throws {ConfigError} for a table that is none
 */
export function knownOperations(tables: readonly Operations[]): KnownOperations {
  const maps = tables.map(mapOf)
  const find = (name: string) => {
    for (const map of maps) {
      const found = map.get(name)
      if (found !== undefined) return typeof found === 'string' ? readInto(map, name, found) : found
    }
    return undefined
  }
  return {
    tables,
    find: (method, schemaPath) => find(`${method} ${schemaPath}`),
    names: () => new Set(maps.flatMap((map) => [...map.keys()])),
  }
}

function mapOf(table: Operations): Map<string, Operation | string> {
  const known = typeof table === 'object' && table !== null && read.get(table)
  if (known) return known
  const map = new Map<string, string>()
  for (const { path, operations } of linesOf(table))
    for (const [method, traits] of operations) map.set(`${method} ${path}`, traits)
  read.set(table, map)
  return map
}

function readInto(map: Map<string, Operation | string>, name: string, traits: string): Operation {
  const operation = { name, traits: traits === '' ? bare : ownOnly(JSON.parse(traits)) }
  map.set(name, operation)
  return operation
}

/** An operation, also one that is not known: such a one is like most others. */
export function operationOr(known: KnownOperations, method: string, schemaPath: string): Operation {
  return known.find(method, schemaPath) ?? { name: `${method} ${schemaPath}`, traits: bare }
}

const bare: Traits = /* @__PURE__ */ ownOnly({})

/** Own properties only, of nested objects too. */
function ownOnly<T extends object>(value: T): T {
  const copy = ownProperties(value) as Record<string, unknown>
  for (const [name, one] of Object.entries(copy))
    if (typeof one === 'object' && one !== null && !Array.isArray(one)) copy[name] = ownOnly(one)
  return copy as T
}
