import type { Traits } from '../../generated/operations.ts'

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
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 */
export function entryPoints(
  { servers }: Traits,
  { baseUrl, backupUrl }: EntryPointOptions,
): readonly string[] {
  const [first, second] =
    baseUrl === undefined
      ? (servers ?? ['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com'])
      : [baseUrl]
  return [first, backupUrl ?? second]
    .filter((url) => url !== undefined)
    .map((url) => new URL(url).href.replace(/\/+$/, ''))
}

/** The same URL at another entry point; unchanged when a middleware sent it to a third place. */
export function atEntryPoint(url: string, from: string, to: string): string {
  return url.startsWith(`${from}/`) ? to + url.slice(from.length) : url
}
