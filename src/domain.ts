/**
 * What every `wechatpay-fetch/v3/<domain>` exports at run time: the domains differ in their types alone, which the
 * build writes.
 */
export { createClient } from './client.ts'
export { pathsOf as pathClient } from './path-client.ts'
export * from './runtime.ts'
