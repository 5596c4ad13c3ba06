import { RequestError } from '../errors.ts'
import { methods } from './prepare.ts'

type Call = (path: string, init?: object) => Promise<unknown>

/**
 * The paths of a client, each an object of its methods.
 *
 * A name with a slash inside but none at its start throws a {@link RequestError} (`ERR_OPERATION_UNKNOWN`). A path that
 * the client does not know is refused when it is called, as by `client.POST`.
 */
export function pathsOf<Paths>(client: object): Paths {
  const calls = client as Record<string, Call>
  return new Proxy(Object.create(null), {
    get(known: Record<string | symbol, unknown>, name) {
      if (typeof name === 'symbol' || name in known || !name.includes('/')) return known[name]
      if (!name.startsWith('/')) {
        throw new RequestError('ERR_OPERATION_UNKNOWN', `${name.slice(0, 200)} is not a path`, {
          hint: `Write it with a slash before it: /${name.slice(0, 200)}`,
        })
      }
      const verbs = methods.map((verb) => [verb, (init?: object) => calls[verb]!(name, init)])
      known[name] = Object.fromEntries(verbs)
      return known[name]
    },
  }) as Paths
}
