import type { Traits } from '../../generated/operations.ts'

/** Entry points as the client was told them. */
export interface EntryPointOptions {
  /** `https://api.mch.weixin.qq.com` by default, or where the operation lives. */
  baseUrl?: string | undefined
  /** Taken after a connection failed; `https://api2.mch.weixin.qq.com` by default, none when `baseUrl` is given. */
  backupUrl?: string | undefined
}

/**
 * Where an operation is sent, the first one first: what the client was told, else the operation's own servers, else
 * the usual two.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 */
export function entryPoints(
  { servers }: Traits,
  { baseUrl, backupUrl }: EntryPointOptions,
): readonly string[] {
  const [first, second] =
    baseUrl === undefined && servers
      ? servers
      : [
          baseUrl ?? 'https://api.mch.weixin.qq.com',
          baseUrl === undefined ? 'https://api2.mch.weixin.qq.com' : undefined,
        ]
  return [first, backupUrl ?? second]
    .filter((url) => url !== undefined)
    .map((url) => new URL(url).href.replace(/\/+$/, ''))
}

/** The same URL at another entry point; as it is, when it was led elsewhere meanwhile. */
export function redirected(url: string, from: string, to: string): string {
  return url.startsWith(`${from}/`) ? to + url.slice(from.length) : url
}
