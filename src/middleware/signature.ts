import { type AuthorizerOptions, authorizer } from '../signature/authorizer.ts'
import { setHeaders } from '../signature/set-headers.ts'

/** Who signs, with what, and whose answers are asked for. */
export type SignatureOptions = AuthorizerOptions & {
  /**
   * Id of the WeChat Pay public key (`PUB_KEY_ID_…`) that the answer shall be signed with; sent as
   * `Wechatpay-Serial`. Without it the header goes as the caller set it.
   */
  platformSerial?: string | undefined
}

/** An openapi-fetch middleware that signs. It must be the last to touch a request. */
export interface SignatureMiddleware {
  onRequest(context: { request: Request }): Promise<Request>
}

/**
 * Signs requests, on any openapi-fetch client:
 *
 * ```ts
 * const client = createClient<paths>({ baseUrl: 'https://api.mch.weixin.qq.com' })
 * client.use(verification({ platform }), signature({ mchid, serial, privateKey }))
 * ```
 *
 * Register it last: it covers the URL and the bytes as they go out. It sends `Accept` and `User-Agent`
 * unless they are set, and lets no redirect be followed, as an Authorization is for one URL.
 *
 * @throws {KeyError} at once for a key that is certainly wrong, with the first request for one that
 *   cannot be imported
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function signature(options: SignatureOptions): SignatureMiddleware {
  const { platformSerial } = options
  const authorize = authorizer(options)
  return {
    async onRequest({ request }) {
      const body = new Uint8Array(await request.arrayBuffer())
      // What is signed is what is sent: the same bytes, and the URL as the platform normalised it.
      const signed = new Request(request, { redirect: 'manual', ...(body.length > 0 && { body }) })
      const { authorization } = await authorize({ method: signed.method, url: signed.url, body })
      // Fields that are encrypted already name their key.
      setHeaders(
        signed.headers,
        authorization,
        signed.headers.has('Wechatpay-Serial') ? undefined : platformSerial,
      )
      return signed
    },
  }
}
