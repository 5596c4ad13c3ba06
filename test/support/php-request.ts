import { computed, type PhpCall } from './php-sample.ts'

/** The request that wechatpay-php and Guzzle send for the call in a sample. */
export interface SampleRequest {
  method: string
  url: string
  /** JSON, as a value. */
  body: unknown
  headers: Record<string, string>
  /** The body is a form, whose content is not in the samples. */
  form: boolean
}

/** The call in a sample, completed so that it can be made. */
export interface Playable {
  /** From `v3` on. */
  path: string
  options: Record<string, unknown>
  changes: Change[]
}

/** Why a call cannot be made exactly as in its sample. */
export type Change =
  /** Where PHP writes the response, or a handler. */
  | 'an option of Guzzle alone'
  /** The sample has no value for a path variable. */
  | 'an empty path variable'
  /** The sample lacks a path variable, or has it in `query`. */
  | 'a path variable that is not given'
  /** The sample passes an option that neither the path nor the table has. */
  | 'an unknown option'

const known = new Set(['json', 'query', 'headers', 'body', 'base_uri'])

/** Completes a call that would fail as it is in the sample. */
export function playable(call: PhpCall, path: string): Playable {
  const options: Record<string, unknown> = {}
  const changes: Change[] = []
  const variables = variablesOf(path)
  for (const [name, value] of Object.entries(call.options)) {
    if (name === 'sink' || name === 'handler') changes.push('an option of Guzzle alone')
    else if (!known.has(name) && !variables.includes(name)) changes.push('an unknown option')
    else options[name] = value
  }
  for (const name of variables) {
    const value = options[name]
    if (value === undefined) changes.push('a path variable that is not given')
    else if (value === '') changes.push('an empty path variable')
    if (value === undefined || value === '') options[name] = `some ${name}/…`
  }
  const query = options['query'] as Record<string, unknown> | undefined
  if (query && variables.some((name) => name in query)) {
    options['query'] = Object.fromEntries(Object.entries(query).filter(([name]) => !variables.includes(name)))
  }
  return { path, options, changes }
}

/** The request by the rules of Guzzle: `base_uri` and path, variables by RFC 6570, the query by RFC 3986. */
export function requestOf(method: string, { path, options }: Playable): SampleRequest {
  const base = String(options['base_uri'] ?? 'https://api.mch.weixin.qq.com/')
  const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
    name === 'empty' ? '' : encodeURIComponent(String(options[name])),
  )
  const pairs = Object.entries((options['query'] ?? {}) as Record<string, unknown>).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  )
  const headers = Object.entries((options['headers'] ?? {}) as Record<string, string>)
  const url = new URL(filled, base).href + (pairs.length > 0 ? `?${pairs.join('&')}` : '')
  return {
    method: method.toUpperCase(),
    url,
    body: options['json'],
    headers: Object.fromEntries(
      headers.filter(([name, value]) => name !== 'Wechatpay-Serial' && value !== computed),
    ),
    form: 'body' in options,
  }
}

function variablesOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!).filter((name) => name !== 'empty')
}
