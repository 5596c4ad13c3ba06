import type { Document } from '../openapi/document.ts'
import { pascal } from '../openapi/pascal.ts'
import { type Call, describeCall } from './call.ts'
import { callableOperations } from './list-operations.ts'
import { template } from './template.ts'
import { uniqueNames } from './unique.ts'

/** The names that a domain's path file exports, for those who put domains together. */
export interface PathExports {
  domain: string
  verbs: { verb: string; initMap: string; dataMap: string; optionalMap?: string }[]
  /** The interface of the domain's paths. */
  pathClient: string
}

const render = template('paths.ts')
const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE']

/** The TypeScript of one domain's paths: what each call takes and answers. */
export function emitPaths(domain: string, document: Document): { text: string; exports: PathExports } {
  const calls = callableOperations(document).map(describeCall)
  const prefix = pascal(domain)
  const present = order.filter((verb) => calls.some((call) => call.verb === verb))
  const verbs = present.map((verb) => {
    const own = calls.filter((call) => call.verb === verb)
    const entries = own.flatMap((call) => spellings(call.path).map((path) => ({ ...call, path })))
    const name = prefix + verb.charAt(0) + verb.slice(1).toLowerCase()
    return {
      verb,
      initMap: `${name}Calls`,
      dataMap: `${name}Answers`,
      optionalMap: `${name}BareCalls`,
      entries,
      optional: entries.filter((one) => one.needsNothing),
    }
  })
  const paths = pathsOf(calls)
  const text = render({
    hasModels: calls.length > 0,
    verbs,
    paths,
    entries: paths.flatMap(({ path, methods }) => spellings(path).map((spelling) => ({ spelling, methods }))),
    client: `${prefix}Client`,
    pathClient: `${prefix}PathClient`,
  })
  const exports = verbs.map(({ verb, initMap, dataMap, optionalMap, optional }) => ({
    verb,
    initMap,
    dataMap,
    ...(optional.length > 0 && { optionalMap }),
  }))
  return { text, exports: { domain, verbs: exports, pathClient: `${prefix}PathClient` } }
}

/** `{name}` and `<name>`: the second spelling is the first one's alias. */
export function spellings(path: string): string[] {
  const angled = path.replace(/\{([^{}]*)\}/g, '<$1>')
  return angled === path ? [path] : [path, angled]
}

function pathsOf(calls: Call[]): { path: string; methods: string; calls: Call[] }[] {
  const unique = uniqueNames()
  const paths = new Map<string, Call[]>()
  for (const call of calls) paths.set(call.path, [...(paths.get(call.path) ?? []), call])
  return [...paths].map(([path, own]) => ({
    path,
    methods: unique(`${pascal(path.replace(/^\/v3\//, ''))}Methods`),
    calls: own.sort((a, b) => order.indexOf(a.verb) - order.indexOf(b.verb)),
  }))
}
