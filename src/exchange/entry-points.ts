import { RequestError } from '../errors.ts'
import { isOwnHost } from '../hosts.ts'
import type { Operation } from '../operations/operation.ts'

/** Entry points that the user set. */
export interface EntryPointOptions {
  /** Default: `https://api.mch.weixin.qq.com`, or the operation's own server. */
  baseUrl?: string | undefined
  /** Used after a connection failed. Default: `https://api2.mch.weixin.qq.com`, or none when `baseUrl` is set. */
  backupUrl?: string | undefined
}

/**
 * The entry points of an operation, in the order of preference: those that the user set, else the operation's own
 * servers, else the two common ones.
 *
 * @throws {RequestError} ERR_HOST when the operation's own servers are not WeChat Pay's
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 */
export function entryPoints(
  operation: Operation,
  { baseUrl, backupUrl }: EntryPointOptions,
): readonly string[] {
  const { servers } = operation.traits
  const [first, second] =
    baseUrl === undefined
      ? (servers ?? ['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com'])
      : [baseUrl]
  if (baseUrl === undefined) for (const url of servers ?? []) refuseOtherHost(url, [], operation.name)
  return [first, backupUrl ?? second]
    .filter((url) => url !== undefined)
    .map((url) => new URL(url).href.replace(/\/+$/, ''))
}

/**
 * Refuses a URL that is neither at a host of WeChat Pay nor at an entry point that the user set: a signed request shows
 * what is ordered, and its response is believed.
 *
 * @param allowed entry points
 * @throws {RequestError} ERR_HOST
 */
export function refuseOtherHost(url: string, allowed: readonly string[], operation: string): void {
  if (allowed.some((entryPoint) => url.startsWith(`${entryPoint}/`))) return
  const parsed = new URL(url)
  if (isOwnHost(parsed) || allowed.some((entryPoint) => new URL(entryPoint).origin === parsed.origin)) return
  throw new RequestError('ERR_HOST', `${parsed.origin} is not a host of WeChat Pay, so nothing was sent`, {
    operation,
    hint: 'To reach a gateway of your own, give its address as baseUrl',
  })
}

/** The same URL at another entry point; unchanged when a middleware sent it to a third place. */
export function atEntryPoint(url: string, from: string, to: string): string {
  return url.startsWith(`${from}/`) ? to + url.slice(from.length) : url
}
