import { operations, type Traits } from '../generated/operations.ts'
import { RequestError } from './errors.ts'
import { ownProperties } from './own.ts'

/** An operation and what the run time knows of it. */
export interface Operation {
  /** Method and template path: `POST /v3/pay/transactions/jsapi`. */
  readonly name: string
  readonly traits: Traits
  /** The app downloads it by its URL, and gets a stream that nothing parses, whatever its `Content-Type` says. */
  readonly downloaded?: true
}

const unlisted: Traits = ownOnly({})
const listed = new Map<string, Operation>()

/**
 * Looks an operation up by its exact method and template path, never by what a URL looks like. Its traits inherit
 * nothing, so that a polluted `Object.prototype` cannot change them.
 *
 * @param schemaPath with `{name}`, as openapi-fetch passes it to middleware
 */
export function operationOf(method: string, schemaPath: string): Operation {
  const name = `${method} ${schemaPath}`
  const known = listed.get(name)
  if (known) return known
  if (!Object.hasOwn(operations, name)) return { name, traits: unlisted }
  const operation = { name, traits: ownOnly(operations[name]!) }
  listed.set(name, operation)
  return operation
}

/**
 * Refuses a URL that reaches an operation with sensitive fields under another name, as they would be sent in plain text:
 * values in place of variables, `//v3`, `%73`, `;x`, capitals, slashes at the end, a part of the path in `baseUrl`.
 *
 * @param pathname of the whole URL, with the variables filled in
 * @throws {RequestError} ERR_OPERATION_UNKNOWN
 */
export function refuseOtherSpelling({ name }: Operation, pathname: string): void {
  // A listed path without variables is what it says, unless baseUrl has a part of the path.
  if (listed.has(name) && name.endsWith(` ${pathname}`)) return
  const method = name.slice(0, name.indexOf(' '))
  const segments = segmentsOf(pathname)
  const meant = sensitive(method, segments.length).find(
    (one) => one.name !== name && matches(one.segments, segments),
  )
  if (!meant) return
  throw new RequestError('ERR_OPERATION_UNKNOWN', `the path is another spelling of ${meant.name}`, {
    operation: name,
    hint: 'Write it as documented, so that its sensitive fields are encrypted; variables belong in params.path',
  })
}

interface Pattern {
  name: string
  /** Undefined where a variable is. */
  segments: readonly (string | undefined)[]
}

let patterns: Map<string, Pattern[]> | undefined

/** Operations with sensitive request fields, by method and number of segments. */
function sensitive(method: string, length: number): readonly Pattern[] {
  if (!patterns) {
    patterns = new Map()
    for (const [name, { request, query }] of Object.entries(operations)) {
      if (!request?.encrypted && !query?.encrypted) continue
      const [own = '', path = ''] = name.split(' ', 2)
      const segments = path
        .split('/')
        .filter((segment) => segment !== '')
        .map((segment) => (segment.startsWith('{') ? undefined : segment.toLowerCase()))
      const key = `${own} ${segments.length}`
      patterns.set(key, [...(patterns.get(key) ?? []), { name, segments }])
    }
  }
  return patterns.get(`${method} ${length}`) ?? []
}

/** A path's segments as a lenient server may read them. */
function segmentsOf(pathname: string): string[] {
  return pathname
    .split('/')
    .map((segment) => decoded(segment).replace(/;.*$/s, '').toLowerCase())
    .filter((segment) => segment !== '' && segment !== '.')
}

function decoded(text: string): string {
  return text.replace(/%[\da-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
}

function matches(pattern: Pattern['segments'], segments: readonly string[]): boolean {
  return pattern.every((segment, index) => segment === undefined || segment === segments[index])
}

/** Own properties only, of nested objects too. */
function ownOnly<T extends object>(value: T): T {
  const copy = ownProperties(value) as Record<string, unknown>
  for (const [name, one] of Object.entries(copy))
    if (typeof one === 'object' && one !== null && !Array.isArray(one)) copy[name] = ownOnly(one)
  return copy as T
}
