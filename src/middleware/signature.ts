import { knownOperations, type Operation, operationOr } from '../operations/operation.ts'
import type { Operations } from '../operations/table.ts'
import { requestOnce } from '../request-once.ts'
import { retryable } from '../retry/retryable.ts'
import { type AuthorizerOptions, authorizer } from '../signature/authorizer.ts'
import { setHeaders } from '../signature/set-headers.ts'
import { platformSerial } from '../verification/platform.ts'

/** Options of {@link signature}. */
export type SignatureOptions = AuthorizerOptions & {
  /**
   * Id of the WeChat Pay public key (`PUB_KEY_ID_…`) that the response should be signed with, sent as
   * `Wechatpay-Serial`. Without it the header is sent as the caller set it.
   */
  platformSerial?: string | undefined
  /** What the pages say of the operations that are called: which of them may be sent twice. Without it, only a GET. */
  operations?: readonly Operations[] | undefined
}

/** An openapi-fetch middleware that signs. It must be the last to change a request. */
export interface SignatureMiddleware {
  onRequest(context: { request: Request; schemaPath?: string }): Promise<Request>
}

/**
 * Signs requests, on any openapi-fetch client:
 *
 * ```ts
 * const client = createClient<paths>({ baseUrl: 'https://api.mch.weixin.qq.com' })
 * client.use(verification({ platform }), signature({ mchid, serial, privateKey }))
 * ```
 *
 * Register it last: the signature covers the URL and the bytes that are sent. It sets `Accept` and `User-Agent` unless
 * they are set, and makes redirects fail, as an Authorization is valid for one URL.
 *
 * @throws {ConfigError} for a `platformSerial` that no response can have
 * @throws {KeyError} for a key that is certainly wrong; one that fails to import rejects the first request
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function signature(options: SignatureOptions): SignatureMiddleware {
  const named = options.platformSerial
  const asked = named === undefined ? undefined : platformSerial(named, 'platformSerial is')
  const authorize = authorizer(options)
  const operations = knownOperations(options.operations ?? [])
  return {
    async onRequest({ request, schemaPath }) {
      const { method } = request
      const body = new Uint8Array(await request.arrayBuffer())
      // Signs what is sent: the same bytes, and the URL as normalised by the platform.
      const once =
        schemaPath !== undefined && !repeatable(method, body, operationOr(operations, method, schemaPath))
      const signed = once
        ? requestOnce(request, { redirect: 'manual' }, body)
        : new Request(request, { redirect: 'manual', ...(body.length > 0 && { body }) })
      const { authorization } = await authorize({ method, url: signed.url, body })
      // Encrypted fields have already named their key.
      setHeaders(signed.headers, authorization, signed.headers.has('Wechatpay-Serial') ? undefined : asked)
      return signed
    },
  }
}

function repeatable(method: string, body: Uint8Array, operation: Operation): boolean {
  if (method === 'GET') return true
  return (
    operation.traits.idempotencyKey !== undefined &&
    retryable({ method, body: new TextDecoder().decode(body) }, operation)
  )
}
