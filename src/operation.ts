import { operations, type Traits } from '../generated/operations.ts'
import { RequestError } from './errors.ts'

/** An operation as the run time knows it. */
export interface Operation {
  /** Method and template path: `POST /v3/pay/transactions/jsapi`. */
  readonly name: string
  readonly traits: Traits
}

const usual: Traits = {}

/**
 * Looks an operation up by method and template path, compared whole: never by what a URL looks like.
 *
 * @param schemaPath with `{name}`, as openapi-fetch hands it to middleware
 * @throws {RequestError} ERR_OPERATION_UNKNOWN for another spelling of an operation with sensitive fields, which would
 *   go out in plain
 */
export function operationOf(method: string, schemaPath: string): Operation {
  const name = `${method} ${schemaPath}`
  if (Object.hasOwn(operations, name)) return { name, traits: operations[name]! }
  if (!harmless.has(name)) refuseTwin(name)
  return { name, traits: usual }
}

let spellings: { name: string; pattern: RegExp }[] | undefined

/** What was looked at. Names are templates, so they are few; whoever writes values into paths shall not fill memory. */
const harmless = new Set<string>()

function refuseTwin(name: string): void {
  const meant = sensitiveTwin(name)
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

function sensitiveTwin(name: string): string | undefined {
  spellings ??= Object.entries(operations)
    .filter(([, { request, query }]) => request?.encrypted || query?.encrypted)
    .map(([known]) => ({ name: known, pattern: spellingOf(known) }))
  return spellings.find(({ pattern }) => pattern.test(name))?.name
}

/** The operation with values in place of its variables, or with another end. */
function spellingOf(name: string): RegExp {
  const parts = name.replace(/\/$/, '').split(/\{[^{}]*\}/)
  return new RegExp(
    `^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]+')}/*$`,
    'i',
  )
}
