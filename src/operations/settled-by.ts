import { ownProperties } from '../own.ts'
import type { SettledBy } from '../settled-by.ts'
import type { Operation } from './operation.ts'

/**
 * The query that settles a request, with the numbers that the request was sent with. Undefined when its operation has
 * none, or the request lacks a number that the query needs: half a query could find something else.
 *
 * @param request as it was sent
 */
export function settledBy(
  { name, traits, unlisted }: Operation,
  { url, body }: { url: string; body?: unknown },
): SettledBy | undefined {
  if (traits.settledBy === undefined || unlisted) return undefined
  const { pathname, searchParams } = new URL(url)
  const sent = { ...fields(body), ...Object.fromEntries(searchParams), ...variables(name, pathname) }
  const [relative = '', names = ''] = traits.settledBy.split('?')
  const [shared, ...others] = relative.split('/')
  const template = ['', ...segmentsOf(name).slice(0, Number(shared)), ...others].join('/')
  const path: Record<string, string> = {}
  const query: Record<string, string> = {}
  for (const [, variable = ''] of template.matchAll(/\{(\w+)\}/g)) {
    const value = numberOf(sent, variable)
    if (value === undefined) return undefined
    path[variable] = value
  }
  for (const parameter of names.split('&').filter(Boolean)) {
    const [, variable = '', optional, constant] = /^(\w+)(\*?)(?:=(\w+))?$/.exec(parameter) ?? []
    const value = constant ?? numberOf(sent, variable)
    if (value !== undefined) query[variable] = value
    else if (!optional) return undefined
  }
  return {
    operation: `GET ${template}`,
    params: { ...(template.includes('{') && { path }), ...(Object.keys(query).length > 0 && { query }) },
  }
}

function numberOf(sent: object, name: string): string | undefined {
  const value = Object.hasOwn(sent, name) ? (sent as Record<string, unknown>)[name] : undefined
  if (typeof value === 'string' && value !== '') return value
  return Number.isSafeInteger(value) ? String(value) : undefined
}

function fields(body: unknown): object {
  if (typeof body !== 'string') return {}
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? ownProperties(value) : {}
  } catch {
    return {}
  }
}

/** The segments of an operation's path. */
function segmentsOf(name: string): string[] {
  return name.split('/').slice(1)
}

/** The variables of a path, read from the end of the URL's: `baseUrl` may have a part of a path. */
function variables(name: string, pathname: string): object {
  const segments = name
    .slice(name.indexOf(' ') + 1)
    .split('/')
    .slice(1)
  const sent = pathname.split('/').slice(-segments.length)
  if (sent.length < segments.length) return {}
  const found: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const variable = /^\{(\w+)\}$/.exec(segment)?.[1]
    // Another path than the operation's: a middleware changed it.
    if (variable === undefined && segment !== sent[index]) return {}
    if (variable === undefined) continue
    try {
      found[variable] = decodeURIComponent(sent[index]!)
    } catch {
      return {}
    }
  }
  return found
}
