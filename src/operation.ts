import { operations, type Traits } from '../generated/operations.ts'
import { RequestError } from './errors.ts'

/** An operation and what the run time knows of it. */
export interface Operation {
  /** Method and template path: `POST /v3/pay/transactions/jsapi`. */
  readonly name: string
  readonly traits: Traits
}

const usual: Traits = {}

/**
 * Looks an operation up by its exact method and template path, never by what a URL looks like.
 *
 * @param schemaPath with `{name}`, as openapi-fetch hands it to middleware
 * @throws {RequestError} ERR_OPERATION_UNKNOWN for another spelling of an operation with sensitive fields, as they would
 *   be sent in plain text
 */
export function operationOf(method: string, schemaPath: string): Operation {
  const name = `${method} ${schemaPath}`
  if (Object.hasOwn(operations, name)) return { name, traits: operations[name]! }
  if (!harmless.has(name)) refuseOtherSpelling(name)
  return { name, traits: usual }
}

let spellings: { name: string; pattern: RegExp }[] | undefined

/** Names already checked. Templates are few; the limit is for callers who write values into paths. */
const harmless = new Set<string>()

function refuseOtherSpelling(name: string): void {
  const meant = sensitiveOperation(name)
  if (meant === undefined) {
    if (harmless.size >= 2_000) harmless.clear()
    harmless.add(name)
    return
  }
  throw new RequestError('ERR_OPERATION_UNKNOWN', `the path is another spelling of ${meant}`, {
    operation: name,
    hint: 'Write it as documented, so that its sensitive fields are encrypted; variables belong in params.path',
  })
}

function sensitiveOperation(name: string): string | undefined {
  spellings ??= Object.entries(operations)
    .filter(([, { request, query }]) => request?.encrypted || query?.encrypted)
    .map(([known]) => ({ name: known, pattern: spellingOf(known) }))
  return spellings.find(({ pattern }) => pattern.test(name))?.name
}

/** Matches the operation with values in place of its variables, or with slashes at its end. */
function spellingOf(name: string): RegExp {
  const parts = name.replace(/\/$/, '').split(/\{[^{}]*\}/)
  return new RegExp(
    `^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]+')}/*$`,
    'i',
  )
}
