import type { Document, Operation, Parameter, PathItem, Verb } from '../spec/spec-types.ts'
import { Refusal } from './refusal.ts'

/** The operation that a request calls. */
export interface Route {
  document: Document
  /** The path template, as in the document. */
  path: string
  verb: Verb
  operation: Operation
  /** Parameters of the path and of the operation. */
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
 * Creates a router over the paths of the documents. A literal segment takes precedence over a variable.
 *
 * @returns a function from method and request target to the operation; it throws a Refusal (404, 405)
 */
export function operationRouter(documents: readonly Document[]): (method: string, target: string) => Route {
  const byLength = new Map<number, Entry[]>()
  for (const document of documents) {
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      const server = (item.servers ?? document.servers)?.[0]?.url
      const segments = (basePath(server) + path).split('/')
      byLength.set(segments.length, [
        ...(byLength.get(segments.length) ?? []),
        { document, path, segments, item },
      ])
    }
  }
  for (const entries of byLength.values()) entries.sort((a, b) => (precedence(a) < precedence(b) ? -1 : 1))
  return (method, target) => {
    const segments = target.replace(/\?.*$/s, '').split('/')
    const matching = (byLength.get(segments.length) ?? []).filter((entry) => matches(entry, segments))
    if (matching.length === 0)
      throw new Refusal(404, 'RESOURCE_NOT_EXISTS', `no operation has the path ${target}`)
    const verb = method.toLowerCase() as Verb
    const [best] = matching
    const found = matching.find((entry) => precedence(entry) === precedence(best!) && entry.item[verb])
    const operation = found?.item[verb]
    if (!found || !operation)
      throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${best!.path} does not allow ${method}`)
    const parameters = [...(found.item.parameters ?? []), ...(operation.parameters ?? [])]
    const { document, path } = found
    return { document, path, verb, operation, parameters, variables: pathVariables(found, segments) }
  }
}

function basePath(server: string | undefined): string {
  const path = server && URL.canParse(server) ? new URL(server).pathname : (server ?? '')
  return path.replace(/\/$/, '')
}

/** Sort key: literal segments come before variables, from left to right. */
function precedence({ segments }: Entry): string {
  return segments.map((segment) => (segment.includes('{') ? '1' : '0')).join('')
}

function matches(entry: Entry, segments: string[]): boolean {
  return entry.segments.every((segment, at) =>
    segment.includes('{') ? segmentPattern(segment).test(segments[at] ?? '') : segment === segments[at],
  )
}

function segmentPattern(segment: string): RegExp {
  const parts = segment.split(/\{[^{}]*\}/).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.+)')}$`, 's')
}

function pathVariables(entry: Entry, segments: string[]): Record<string, string> {
  const found: Record<string, string> = {}
  entry.segments.forEach((segment, at) => {
    const names = segment.match(/[^{}]+(?=\})/g) ?? []
    const values = segmentPattern(segment).exec(segments[at] ?? '') ?? []
    names.forEach((name, index) => {
      found[name] = decodeSegment(values[index + 1] ?? '')
    })
  })
  return found
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal(400, 'PARAM_ERROR', 'the path must be percent-encoded UTF-8')
  }
}
