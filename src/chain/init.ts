import type { Init } from '../client/prepare.ts'
import { RequestError } from '../errors.ts'
import { variablesOf } from '../url/path.ts'

/**
 * Converts the options of a chain call to the client's parameters. The options are path variables, and beside them
 * `json`, `query`, `headers`, `body`, `base_uri` and those of every call. `null` and `undefined` mean that an option is absent.
 *
 * @param path on the wire, with `{name}`
 * @param given the options
 * @param operation for messages
 * @throws {RequestError} ERR_REQUEST for options of the wrong shape. Their values are checked by the client
 */
export function initOf(path: string, given: unknown, operation: string): Init {
  const options = given ?? {}
  if (typeof options !== 'object' || Array.isArray(options))
    refuse('the options must be an object', operation)
  const rest = { ...options } as Record<string, unknown>
  const init: Record<string, unknown> = {}
  const params: { path: Record<string, unknown>; query?: object } = { path: {} }
  for (const name of variablesOf(path)) {
    if (Object.hasOwn(rest, name)) params.path[name] = rest[name]
    delete rest[name]
  }
  const take = (name: string) => {
    const value = rest[name] ?? undefined
    delete rest[name]
    return value
  }
  const query = take('query')
  if (query !== undefined) params.query = members(query, 'query', operation)
  const json = take('json')
  const body = take('body')
  if (json !== undefined && body !== undefined) refuse('json and body exclude each other', operation)
  if (json !== undefined || body !== undefined) init['body'] = json ?? body
  const headers = take('headers')
  if (headers !== undefined) init['headers'] = headersOf(members(headers, 'headers', operation), body)
  const base = take('base_uri')
  if (base !== undefined) init['baseUrl'] = entryPoint(String(base), path, operation)
  for (const name of ['signal', 'fetch', 'timeout', 'deadline', 'retry', 'throwOnError']) {
    const value = take(name)
    if (value !== undefined) init[name] = value
  }
  // The rest are unknown options, which the client refuses by name as unknown path variables.
  Object.assign(params.path, rest)
  return { ...init, params } as Init
}

function members(value: unknown, name: string, operation: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(`${name} must be an object`, operation)
  return value as object
}

// A form's Content-Type has its boundary, which is chosen when the form is written.
function headersOf(headers: object, body: unknown): object {
  if (!(body instanceof FormData)) return headers
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type'))
}

// A `base_uri` includes the part of the path before v3, as in `https://api.mch.weixin.qq.com/hk/`.
function entryPoint(base: string, path: string, operation: string): string {
  const prefix = path.slice(0, Math.max(path.indexOf('/v3/'), 0))
  const bare = base.replace(/\/+$/, '')
  if (!bare.endsWith(prefix)) refuse(`base_uri must end with ${prefix}/`, operation)
  return bare.slice(0, bare.length - prefix.length)
}

function refuse(problem: string, operation: string): never {
  throw new RequestError('ERR_REQUEST', problem, { operation })
}
