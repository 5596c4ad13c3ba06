import type { Document, Operation, Parameter, PathItem, Verb } from '../spec/spec-types.ts'
import { Refusal } from './refusal.ts'

/** An operation that a request leads to. */
export interface Route {
  document: Document
  /** As the document has it. */
  path: string
  verb: Verb
  operation: Operation
  /** The path's own and the operation's. */
  parameters: Parameter[]
  /** Percent-decoded path variables. */
  variables: Record<string, string>
}

interface Entry {
  document: Document
  path: string
  segments: string[]
  item: PathItem
}

/**
 * Makes the router over the paths of some documents. A segment that is written out beats a variable.
 *
 * @returns a function from method and request target to the operation, which throws a Refusal (404, 405)
 */
export function router(documents: readonly Document[]): (method: string, target: string) => Route {
  const byLength = new Map<number, Entry[]>()
  for (const document of documents) {
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      const server = (item.servers ?? document.servers)?.[0]?.url
      const segments = (prefix(server) + path).split('/')
      byLength.set(segments.length, [
        ...(byLength.get(segments.length) ?? []),
        { document, path, segments, item },
      ])
    }
  }
  for (const entries of byLength.values()) entries.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
  return (method, target) => {
    const segments = target.replace(/\?.*$/s, '').split('/')
    const fitting = (byLength.get(segments.length) ?? []).filter((entry) => fits(entry, segments))
    if (fitting.length === 0)
      throw new Refusal(404, 'RESOURCE_NOT_EXISTS', `no operation has the path of ${target}`)
    const verb = method.toLowerCase() as Verb
    const [best] = fitting
    const found = fitting.find((entry) => rank(entry) === rank(best!) && entry.item[verb])
    const operation = found?.item[verb]
    if (!found || !operation) throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${best!.path} has no ${method}`)
    const parameters = [...(found.item.parameters ?? []), ...(operation.parameters ?? [])]
    const { document, path } = found
    return { document, path, verb, operation, parameters, variables: variables(found, segments) }
  }
}

function prefix(server: string | undefined): string {
  const path = server && URL.canParse(server) ? new URL(server).pathname : (server ?? '')
  return path.replace(/\/$/, '')
}

/** Sorts literal segments before variables, from the left. */
function rank({ segments }: Entry): string {
  return segments.map((segment) => (segment.includes('{') ? '1' : '0')).join('')
}

function fits(entry: Entry, segments: string[]): boolean {
  return entry.segments.every((segment, at) =>
    segment.includes('{') ? pattern(segment).test(segments[at] ?? '') : segment === segments[at],
  )
}

function pattern(segment: string): RegExp {
  const parts = segment.split(/\{[^{}]*\}/).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.+)')}$`, 's')
}

function variables(entry: Entry, segments: string[]): Record<string, string> {
  const found: Record<string, string> = {}
  entry.segments.forEach((segment, at) => {
    const names = segment.match(/[^{}]+(?=\})/g) ?? []
    const values = pattern(segment).exec(segments[at] ?? '') ?? []
    names.forEach((name, index) => {
      found[name] = decoded(values[index + 1] ?? '')
    })
  })
  return found
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal(400, 'PARAM_ERROR', 'the path is not percent-encoded UTF-8')
  }
}
