import { ConfigError } from '../errors.ts'

/** An option of everything that takes a private key. */
export interface BrowserOption {
  /**
   * Signs in a browser with a private key. **Whoever opens the page can read the key, and pay and refund with it.** Only for
   * a page that nobody but you opens. A remote signer (`{ sign }`) needs no such option.
   */
  dangerouslyAllowBrowser?: boolean | undefined
}

/**
 * Refuses a private key in a browser's page or worker: what is there, the user of the page can read.
 *
 * @param where the option's name, for messages
 * @throws {ConfigError} ERR_CONFIG
 */
export function refuseBrowser({ dangerouslyAllowBrowser }: BrowserOption, where: string): void {
  if (dangerouslyAllowBrowser === true || !isBrowser()) return
  throw new ConfigError('ERR_CONFIG', `${where} is in a browser, where whoever opens the page can read it`, {
    hint: 'Call WeChat Pay from your server. For a page that only you open, set dangerouslyAllowBrowser: true',
  })
}

interface Global {
  window?: { document?: unknown }
  importScripts?: unknown
  WorkerGlobalScope?: unknown
  Deno?: unknown
  process?: { versions?: Readonly<Record<string, unknown>> }
  navigator?: { userAgent?: unknown }
}

/**
 * Whether this is a page or a worker of one. Node, also with jsdom, Bun, Electron's main process, Deno, Cloudflare Workers
 * and edge runtimes are not, whichever globals of a browser they have.
 */
export function isBrowser(global: Global = globalThis as Global): boolean {
  const { window, importScripts, WorkerGlobalScope, Deno, process, navigator } = global
  // A bundler's stand-in for `process` has no version.
  if (typeof process?.versions?.['node'] === 'string' || Deno !== undefined) return false
  if (/Cloudflare-Workers|Bun\//.test(String(navigator?.userAgent))) return false
  if (window?.document !== undefined) return true
  return typeof WorkerGlobalScope === 'function' && typeof importScripts === 'function'
}
