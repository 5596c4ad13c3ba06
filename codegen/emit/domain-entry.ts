import { pascal } from '../openapi/pascal.ts'

/** The declarations of `wechatpay-fetch/v3/pay` and its like, as a file in a folder beside `generated/` and `src/`. */
export function domainEntry(domain: string): string {
  const client = `${pascal(domain)}Client`
  const paths = `${pascal(domain)}PathClient`
  return `import type { ${client}, ${paths} } from '../generated/${domain}/paths.js';
import type { ClientOptions } from '../src/client/options.js';
export type * from '../generated/${domain}/models.js';
export * from '../src/public.js';
export type { ${client} as Client, ${paths} as PathClient };
/**
 * A client of WeChat Pay's APIv3 that knows the operations of \`/v3/${domain}\` alone.
 * \`createClient<Client & OtherClient>\` knows those of another domain too.
 */
export declare function createClient<C = ${client}>(options: ClientOptions): unknown extends C ? ${client} : C;
/** The client by path: \`pathClient(client)['/v3/${domain}/…'].POST(init)\`. */
export declare function pathClient(client: ${client}): ${paths};
`
}
