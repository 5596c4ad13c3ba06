import { RequestError } from '../errors.ts'
import type { KnownOperations, Operation } from './operation.ts'

/**
 * Refuses a URL that reaches an operation with sensitive fields under another name, as they would be sent in plain text:
 * values in place of variables, `//v3`, `%73`, `;x`, capitals, slashes at the end, a part of the path in `baseUrl`.
 *
 * @param operation that is called
 * @param pathname of the whole URL, with the variables filled in
 * @throws {RequestError} ERR_OPERATION_UNKNOWN
 */
export function refuseOtherSpelling(
  { name, unlisted }: Operation,
  pathname: string,
  operations: KnownOperations,
): void {
  const meant = operationsAt(name.slice(0, name.indexOf(' ')), pathname, operations).find(
    (one) =>
      (unlisted || one.name !== name) && (one.traits.request?.encrypted || one.traits.query?.encrypted),
  )
  if (!meant) return
  throw new RequestError('ERR_OPERATION_UNKNOWN', `the path is another spelling of ${meant.name}`, {
    operation: name,
    hint: 'Write it as documented, so that its sensitive fields are encrypted; variables belong in params.path',
  })
}

/** The operations that a lenient server may take a path for. */
export function operationsAt(method: string, pathname: string, operations: KnownOperations): Operation[] {
  const segments = segmentsOf(pathname)
  return (
    patternsOf(operations)
      .get(`${method} ${segments.length}`)
      ?.filter((pattern) => matches(pattern.segments, segments))
      .map(({ path }) => operations.find(method, path)!) ?? []
  )
}

interface Pattern {
  path: string
  /** Undefined where a variable is. */
  segments: readonly (string | undefined)[]
}

const patterns = new WeakMap<KnownOperations, Map<string, Pattern[]>>()

/** All operations by method and number of segments. */
function patternsOf(operations: KnownOperations): Map<string, Pattern[]> {
  const known = patterns.get(operations)
  if (known) return known
  const made = new Map<string, Pattern[]>()
  for (const name of operations.names()) {
    const [method = '', path = ''] = name.split(' ', 2)
    const segments = path
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => (segment.startsWith('{') ? undefined : segment.toLowerCase()))
    const key = `${method} ${segments.length}`
    made.set(key, [...(made.get(key) ?? []), { path, segments }])
  }
  patterns.set(operations, made)
  return made
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
