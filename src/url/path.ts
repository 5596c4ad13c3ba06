import { RequestError } from '../errors.ts'

const variable = /\{([^{}]*)\}/g

/** The names of the variables in a path with `{name}`. */
export function variablesOf(path: string): string[] {
  return Array.from(path.matchAll(variable), ([, name]) => name!)
}

/** Rewrites `/v3/guides/<guide_id>` as `/v3/guides/{guide_id}`: the documentation has both spellings. */
export function template(path: string): string {
  return path.replace(/<([^<>]*)>/g, '{$1}')
}

/**
 * Fills a path's variables. Each value is percent-encoded once, so that no value can direct a signed request to another
 * operation: `'../refunds/1?x=1#'` becomes a single segment.
 *
 * @param path with `{name}`
 * @param values strings, integers and booleans
 * @param operation for messages
 * @throws {RequestError} ERR_PATH_MISSING, ERR_PATH_UNSAFE, ERR_PATH_UNKNOWN
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-3.3
 */
export function fillPath(path: string, values: Readonly<Record<string, unknown>>, operation: string): string {
  const used = new Set<string>()
  const filled = path.replace(variable, (_, name: string) => {
    used.add(name)
    return encoded(name, Object.hasOwn(values, name) ? values[name] : undefined, operation)
  })
  for (const name of Object.keys(values)) {
    if (used.has(name)) continue
    throw new RequestError('ERR_PATH_UNKNOWN', `the path has no variable "${name}"`, {
      operation,
      hint: used.size > 0 ? `Its variables are ${[...used].join(', ')}` : 'It has no variables',
    })
  }
  // The URL parser has the last word: a path that it would change is not the path that was meant.
  if (
    !filled.startsWith('/') ||
    filled.includes('?') ||
    filled.includes('#') ||
    normalised(filled) !== filled
  ) {
    throw new RequestError('ERR_PATH_UNSAFE', 'the path would be changed by a URL parser', {
      operation,
      hint: 'Write it as documented, with variables in params.path and the query in params.query',
    })
  }
  return filled
}

function encoded(name: string, value: unknown, operation: string): string {
  if (value === undefined || value === null || value === '') {
    throw new RequestError(
      'ERR_PATH_MISSING',
      `path variable ${name} is ${value === '' ? 'empty' : 'missing'}`,
      {
        operation,
        hint: `Pass it in params: { path: { ${name}: … } }`,
      },
    )
  }
  const unsafe = (problem: string, hint?: string): never => {
    throw new RequestError('ERR_PATH_UNSAFE', `path variable ${name} ${problem}`, { operation, hint })
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) unsafe('must be a safe integer', 'Pass it as a string')
    return String(value)
  }
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return unsafe(`must be a string, but is of type ${typeof value}`)
  if (value === '.' || value === '..') unsafe(`is "${value}", which would change the path`)
  try {
    return encodeURIComponent(value)
  } catch {
    return unsafe('has an unpaired surrogate', 'The text was cut in the middle of a character')
  }
}

function normalised(path: string): string {
  return new URL(`http://h${path}`).pathname
}
