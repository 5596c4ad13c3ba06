import { hosts } from '../hosts.ts'
import type { Position, Reporter } from './diagnostics.ts'
import type { Field } from './field.ts'
import type { Sample } from './sample.ts'

/** The host of an operation that is not, or not only, at the default one. */
export interface Endpoint {
  /** Scheme and host. */
  origin: string
  /** What precedes `/v3` in the path: `/hk`, or nothing. */
  prefix: string
  /** The default host does not have the operation. */
  required: boolean
}

const segment = /^(?:\{(?!__proto__\})[A-Za-z_]\w*\}|[\w.~-]+)$/

// Folders and types are named after the first segment after v3. The notifications have the name webhooks.
const domain = /^v3\/(?!webhooks(?:\/|$))[a-z][a-z0-9_-]*(?:\/|$)/
// Windows takes the names of devices for devices, and Node and npm read node_modules.
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d|node_modules)$/i
const longest = 512

/** The path of an operation, with a leading slash: from the samples, the file name, or both, which must agree. */
export function readRoute(
  file: string,
  sample: Sample | undefined,
  at: Position,
  reporter: Reporter,
): string | undefined {
  const named = fileRoute(file)
  const slash = sample?.path.endsWith('/{empty}') ?? false
  const called = sample?.path.replace(/\/\{empty\}$/, '').replace(/^\//, '')
  const path = called ?? named
  if (path === undefined) {
    reporter.report('path-unknown', at, 'neither the file name nor a sample has the path')
    return undefined
  }
  if (named !== undefined && called !== undefined && named !== called) {
    reporter.report('path-mismatch', sample!, `the file name has ${named}, the sample ${called}`)
    return undefined
  }
  if (!isRoute(path)) {
    reporter.report('path-unknown', at, `${path} is not a path of APIv3, such as v3/pay/transactions/jsapi`)
    return undefined
  }
  if (slash) reporter.report('path-slash', at, `/${path}/ ends with a slash`)
  return `/${path}${slash ? '/' : ''}`
}

/** Whether a path without its leading slash is one of APIv3, and can name folders and types. */
export function isRoute(path: string): boolean {
  const parts = path.length > longest ? [''] : path.split('/')
  const repeated = parts.some((part, index) => part.startsWith('{') && parts.indexOf(part) !== index)
  const dots = parts.some((part) => part === '.' || part === '..')
  const named = domain.test(path) && !reserved.test(domainOf(path))
  return named && !repeated && !dots && parts.every((part) => segment.test(part))
}

// openapi/v3/pay/transactions/jsapi.md → v3/pay/transactions/jsapi
function fileRoute(file: string): string | undefined {
  const found = /(?:^|\/)openapi\/(v3\/.+)\.md$/.exec(file)
  return found?.[1]?.replace(/\/index$/, '')
}

/** Reads a `base_uri` row: the host, and the prefix of the path. */
export function readEndpoint(row: Field, reporter: Reporter): Endpoint {
  const { prose } = row.description
  const text = /https:\/\/[^\s`（(]+/.exec(prose)?.[0] ?? ''
  const url = URL.canParse(text) ? new URL(text) : undefined
  const prefix = url?.pathname.replace(/\/$/, '') ?? ''
  // `host` with a port, and no credentials: an origin that differs in anything is another one.
  const foreign = url && (!Object.hasOwn(hosts, url.host) || url.username !== '' || url.password !== '')
  if (foreign)
    reporter.report(
      'host-unknown',
      row.description,
      `base_uri has ${url.host}, which is not one of ${Object.keys(hosts).join(', ')}`,
    )
  else if (!url || !/^(?:\/[a-z][a-z0-9_-]*)*$/.test(prefix))
    reporter.report('attribute-value', row.description, `base_uri has no https URL of a host: ${prose}`)
  return { origin: url?.origin ?? '', prefix, required: row.required }
}

/** The product domain of a path: its first segment after `v3`. */
export function domainOf(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '')
  return segments[segments.indexOf('v3') + 1] ?? ''
}

/** The names of the variables in a path, in their order. */
export function variablesOf(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((found) => found[1]!)
}
