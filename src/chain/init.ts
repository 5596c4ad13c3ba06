import { RequestError } from '../errors.ts'
import { variablesOf } from '../url/path.ts'

/** What the client takes. */
interface Init {
  params: { path: Record<string, unknown>; query?: object }
  headers?: object
  body?: unknown
  baseUrl?: string
  signal?: unknown
  fetch?: unknown
}

/**
 * The client's parameters for a call's options, which are those of the page's table: path variables at the top,
 * beside them `json`, `query`, `headers`, `body` and `base_uri`. `null` and `undefined` count as not given.
 *
 * @param path on the wire, with `{name}`
 * @param operation for messages
 * @throws {RequestError} ERR_REQUEST; what is wrong with a value is told by the client
 */
export function initOf(path: string, given: unknown, operation: string): Init {
  const options = given ?? {}
  if (typeof options !== 'object' || Array.isArray(options)) refuse('the options are no object', operation)
  const rest = { ...options } as Record<string, unknown>
  const init: Init = { params: { path: {} } }
  for (const name of variablesOf(path)) {
    if (Object.hasOwn(rest, name)) init.params.path[name] = rest[name]
    delete rest[name]
  }
  const take = (name: string) => {
    const value = rest[name] ?? undefined
    delete rest[name]
    return value
  }
  const query = take('query')
  if (query !== undefined) init.params.query = members(query, 'query', operation)
  const json = take('json')
  const body = take('body')
  if (json !== undefined && body !== undefined) refuse('json and body exclude each other', operation)
  if (json !== undefined || body !== undefined) init.body = json ?? body
  const headers = take('headers')
  if (headers !== undefined) init.headers = headersOf(members(headers, 'headers', operation), body)
  const base = take('base_uri')
  if (base !== undefined) init.baseUrl = entryPoint(String(base), path, operation)
  for (const name of ['signal', 'fetch'] as const) {
    const value = take(name)
    if (value !== undefined) init[name] = value
  }
  // What is left is no option: the client refuses it by its name.
  Object.assign(init.params.path, rest)
  return init
}

function members(value: unknown, name: string, operation: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(`${name} is no object`, operation)
  return value as object
}

// The type of a form names its boundary, which is drawn when the form is written.
function headersOf(headers: object, body: unknown): object {
  if (!(body instanceof FormData)) return headers
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type'))
}

// A `base_uri` holds what stands before v3 in the path: `https://api.mch.weixin.qq.com/hk/`.
function entryPoint(base: string, path: string, operation: string): string {
  const prefix = path.slice(0, Math.max(path.indexOf('/v3/'), 0))
  const bare = base.replace(/\/+$/, '')
  if (!bare.endsWith(prefix)) refuse(`base_uri does not end with ${prefix}/`, operation)
  return bare.slice(0, bare.length - prefix.length)
}

function refuse(problem: string, operation: string): never {
  throw new RequestError('ERR_REQUEST', problem, { operation })
}
