import { RequestError } from '../errors.ts'

type Call = (path: string, init?: object) => Promise<unknown>

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * The paths of a client, each an object of its methods.
 *
 * A name that is no path but looks like one throws a {@link RequestError} (`ERR_OPERATION_UNKNOWN`). A path that
 * the types do not know yet is sent as it is, as `client.POST` does it.
 */
export function pathsOf<Paths>(client: object): Paths {
  const calls = client as Record<string, Call>
  return new Proxy(Object.create(null), {
    get(known: Record<string | symbol, unknown>, name) {
      if (typeof name === 'symbol' || name in known || !name.includes('/')) return known[name]
      if (!name.startsWith('/')) {
        throw new RequestError('ERR_OPERATION_UNKNOWN', `${name.slice(0, 200)} is no path`, {
          hint: `Write it with a slash before it: /${name.slice(0, 200)}`,
        })
      }
      const methods = verbs.map((verb) => [verb, (init?: object) => calls[verb]!(name, init)])
      known[name] = Object.fromEntries(methods)
      return known[name]
    },
  }) as Paths
}
