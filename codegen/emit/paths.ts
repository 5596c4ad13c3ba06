import { groupBy } from '../group-by.ts'
import { pathName } from '../openapi/operation-name.ts'
import { pascal } from '../openapi/pascal.ts'
import { type Verb, verbs } from '../verbs.ts'
import type { Call } from './call.ts'
import { template } from './template.ts'
import { uniqueNames } from './unique-names.ts'

/** The names that a domain's path file exports, for `generated/client.ts`. */
export interface PathExports {
  domain: string
  verbs: VerbExports[]
  /** The interface of the domain's client. */
  client: string
  /** The same with `throwOnError`. */
  throwingClient: string
  /** The interface of the domain's paths. */
  pathClient: string
  /** The interface of the lists of its pages; an empty text where it has none. */
  pages: string
}

/** The interfaces that list the operations of one method by path. */
interface VerbExports {
  method: Verb
  initMap: string
  dataMap: string
  /** Of the operations that need no parameters; not there when all need some. */
  optionalMap?: string
}

const render = template('paths.ts')
const renderVerbs = template('verbs.ts')

/**
 * The TypeScript of one domain's paths: what each call takes and gives; and the client of the domain, in a file that the
 * client of all domains does not read.
 */
export function emitPaths(
  domain: string,
  calls: Call[],
): { text: string; verbs: string; exports: PathExports } {
  const prefix = pascal(domain)
  const byMethod = groupBy(calls, ({ method }) => method)
  const present = verbs.flatMap((method) => {
    const own = byMethod.get(method)
    if (!own) return []
    const entries = own.flatMap((call) => call.spellings.map((path) => ({ ...call, path })))
    const optional = entries.filter(({ needsNothing }) => needsNothing)
    return [{ method, verb: method.toUpperCase(), ...mapNames(method, prefix), entries, optional }]
  })
  const paths = pathsOf(calls)
  const clients = {
    client: `${prefix}Client`,
    throwingClient: `${prefix}ThrowingClient`,
    pathClient: `${prefix}PathClient`,
    pages: calls.some(({ pageItems }) => pageItems) ? `${prefix}GetPages` : '',
  }
  const text = render({
    hasModels: calls.length > 0,
    verbs: present,
    paths,
    entries: paths.flatMap(({ methods, calls: [call] }) =>
      call!.spellings.map((spelling) => ({ spelling, methods })),
    ),
    pageLists: calls.flatMap((call) =>
      call.pageItems ? call.spellings.map((path) => ({ ...call, path })) : [],
    ),
    ...clients,
  })
  const exports = present.map(({ method, initMap, dataMap, optionalMap, optional }) => ({
    method,
    initMap,
    dataMap,
    ...(optional.length > 0 && { optionalMap }),
  }))
  return {
    text,
    verbs: renderVerbs({
      verbs: present,
      needsSecond: present.some(({ optional }) => optional.length > 0),
      ...clients,
    }),
    exports: { domain, verbs: exports, ...clients },
  }
}

/** The names of these interfaces: with a domain's prefix, or without for all domains. */
export function mapNames(method: Verb, prefix = ''): Required<Omit<VerbExports, 'method'>> {
  const name = prefix + pascal(method)
  return { initMap: `${name}Calls`, dataMap: `${name}Responses`, optionalMap: `${name}BareCalls` }
}

function pathsOf(calls: Call[]): { path: string; methods: string; calls: Call[] }[] {
  const unique = uniqueNames()
  return [...groupBy(calls, ({ path }) => path)].map(([path, own]) => ({
    path,
    methods: unique(`${pathName(path)}Methods`),
    calls: own.sort((a, b) => verbs.indexOf(a.method) - verbs.indexOf(b.method)),
  }))
}
